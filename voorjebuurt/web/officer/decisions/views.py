"""A decision with all that its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from markupsafe import Markup
from sqlalchemy.orm import Session

from voorjebuurt.decisions import letters
from voorjebuurt.decisions.cases.queries import decision_by_id
from voorjebuurt.decisions.overviews.case_file import objections_of
from voorjebuurt.decisions.overviews.consequences import LOSSES, Consequences, consequences_of
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.decisions.reports.queries import maximums_of
from voorjebuurt.decisions.rules.grounds import GROUNDS, article_of
from voorjebuurt.decisions.rules.kinds import OPEN, DecisionKind, at_stake
from voorjebuurt.decisions.views.queries import views_of_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import DUTCH
from voorjebuurt.matching.applications.queries import ApplicationRow, application_row
from voorjebuurt.people.appointments.register import mandate_at
from voorjebuurt.people.queries import names_of

PATIENCE = timedelta(minutes=15)
"""Sending is tried every few minutes."""


@dataclass(frozen=True)
class DecisionView:
    """``stake_cents`` is what the approver's mandate must reach; ``grounds`` are sentences.

    ``mandate_cents`` is what that mandate was when it was approved, whatever it is now.
    ``is_maximum``: its amount is one at most; ``views``: on what it rests as to views, if any.
    ``after``: what a loss that waits to be approved or sent means for the campaign.
    """

    decision: Any
    application: ApplicationRow
    letter: Markup
    grounds: list[str]
    objections: list[Any]
    names: Mapping[UUID, str]
    stake_cents: int
    gone: Any
    mandate_cents: int | None
    is_maximum: bool
    views: Any
    after: Consequences | None

    @property
    def stuck(self) -> bool:
        """Whether it should have been sent by now: then something stands in its way."""
        send_at = self.decision.send_at
        return send_at is not None and clock.now() - send_at > PATIENCE

    @property
    def minutes_left(self) -> int:
        """How long an approved decision can still be recalled, in whole minutes upwards."""
        if self.decision.send_at is None:
            return 0
        seconds = (self.decision.send_at - clock.now()).total_seconds()
        return max(0, -int(-seconds // 60))


def decision_view(session: Session, decision_id: UUID) -> DecisionView | None:
    """See ``DecisionView``; None when there is no such decision."""
    decision = decision_by_id(session, decision_id)
    row = application_row(session, decision.application_id) if decision else None
    if decision is None or row is None:
        return None
    objections = objections_of(session, decision.application_id)
    people = (
        decision.proposed_by,
        decision.approved_by,
        decision.dismissed_by,
        decision.recalled_by,
    )
    loss = revocations(session, [decision.application_id]).get(decision.id)
    return DecisionView(
        gone=loss,
        decision=decision,
        application=row,
        letter=letters.show(decision.snapshot, _announced(decision)),
        grounds=[_ground(code, decision.kind) for code in decision.grounds],
        objections=[objection for objection in objections if objection.decision_id == decision.id],
        names=names_of(session, people),
        stake_cents=at_stake(
            DecisionKind(decision.kind),
            amount=decision.amount_cents,
            before=decision.before_cents,
            claim=decision.claim_cents,
        ),
        mandate_cents=_mandate_of_then(session, decision, row),
        is_maximum=decision.id in maximums_of(session, decision.application_id),
        views=views_of_decision(session, decision.id),
        after=_consequences(session, decision),
    )


def _consequences(session: Session, decision: Any) -> Consequences | None:
    if decision.status not in OPEN or decision.kind not in LOSSES:
        return None
    return consequences_of(session, decision.application_id)


def _mandate_of_then(session: Session, decision: Any, row: ApplicationRow) -> int | None:
    if decision.approved_by is None:
        return None
    return mandate_at(
        session,
        person_id=decision.approved_by,
        municipality_id=row.municipality_id,
        moment=decision.approved_at,
    )


def _announced(decision: Any) -> letters.Announcement | None:
    return letters.read_announcement(decision.announcement) if decision.announcement else None


def _ground(code: str, kind: str) -> str:
    ground = GROUNDS[code]
    return f"{ground.text(DUTCH, kind)} ({article_of(ground, kind)})"
