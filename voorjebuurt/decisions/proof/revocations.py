"""Which decisions do not hold any more: revoked after an objection, or annulled by the court."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.objection_models import Appeal, ObjectionRuling
from voorjebuurt.decisions.rules.court import JudgmentOutcome
from voorjebuurt.decisions.rules.kinds import DecisionStatus
from voorjebuurt.decisions.rules.objections import FOUNDED
from voorjebuurt.kernel import clock


class Revocation(NamedTuple):
    """What took a decision away: a decision on an objection or a court's judgment, and its day.

    ``by_court``: the number is that of the court's case. ``public_reason`` is all that others than
    who objected may read of why; empty where officers wrote nothing for them.
    """

    number: str
    on: date
    by_court: bool = False
    public_reason: str = ""


def revocations(session: Session, application_ids: Collection[UUID]) -> dict[UUID, Revocation]:
    """By decision of these applications.

    A judgment that annuls a decision on an objection takes away what came in the place of the
    first decision; that one holds again, until the objection is decided on anew.
    """
    rulings = select(ObjectionRuling).where(
        ObjectionRuling.application_id.in_(application_ids),
        ObjectionRuling.status == DecisionStatus.SENT,
        ObjectionRuling.outcome.in_([outcome.value for outcome in FOUNDED]),
    )
    judgments = {
        row.ruling_id: row
        for row in session.scalars(
            select(Appeal).where(
                Appeal.application_id.in_(application_ids),
                Appeal.outcome == JudgmentOutcome.ANNULMENT,
            )
        )
    }
    losses: dict[UUID, Revocation] = {}
    for ruling in session.scalars(rulings.order_by(ObjectionRuling.sent_at)):
        judgment = judgments.get(ruling.id)
        if judgment is None or judgment.judged_on is None:
            if ruling.sent_at is not None:
                on = clock.local(ruling.sent_at).date()
                losses[ruling.decision_id] = Revocation(
                    ruling.number, on, public_reason=ruling.public_reason
                )
        elif ruling.replacement_id is not None:
            losses[ruling.replacement_id] = Revocation(
                judgment.case_number, judgment.judged_on, by_court=True
            )
    return losses
