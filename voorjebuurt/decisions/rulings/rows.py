"""A decision's row: held with its case, moved from state to state, and written down."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.kinds import (
    DECISION_TRANSITIONS,
    FIRST,
    GRANTS,
    DecisionKind,
    DecisionStatus,
)
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.matching.applications.rows import locked_application, move_application
from voorjebuurt.matching.arrangements import Arrangement, Way, arrangement_of
from voorjebuurt.matching.models import Application, PotMove
from voorjebuurt.matching.pots.service import move
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import PROMISED_MATCH, MatchStatus


class Case(NamedTuple):
    """A decision with its application and campaign, all held until the commit."""

    campaign: Campaign
    application: Application
    decision: Decision

    @property
    def kind(self) -> DecisionKind:
        """The kind of the decision."""
        return DecisionKind(self.decision.kind)


def locked_decision(session: Session, decision_id: UUID) -> Case:
    """Hold the campaign, then the application, then the decision. Raises ``NotFoundError``."""
    application_id = session.scalar(
        select(Decision.application_id).where(Decision.id == decision_id)
    )
    if application_id is None:
        raise NotFoundError("decision_not_found")
    campaign, application = locked_application(session, application_id)
    decision = session.get_one(Decision, decision_id, with_for_update=True, populate_existing=True)
    return Case(campaign, application, decision)


def status_after(decision: Decision, action: str) -> str:
    """The state that an action leads to. Raises ``TransitionError``."""
    return DECISION_TRANSITIONS.after(DecisionStatus(decision.status), action).value


def decision_subject(decision: Decision) -> Subject:
    """The decision, for the trail of its application."""
    return Subject(
        SubjectKind.APPLICATION,
        decision.application_id,
        decision.municipality_id,
        {
            "decision": str(decision.id),
            "number": decision.number,
            "kind": decision.kind,
            "amount_cents": decision.amount_cents,
        },
    )


def fixed_arrangement(decision: Decision) -> Arrangement | None:
    """How an award is accounted for, as it says; None of what is no award, or older than that."""
    if DecisionKind(decision.kind) not in GRANTS:
        return None
    return arrangement_of(read(decision.snapshot).arrangement)


def determines_directly(decision: Decision) -> bool:
    """Whether an award determines the amount at once."""
    arrangement = fixed_arrangement(decision)
    return arrangement is not None and arrangement.way is Way.DIRECT


def match_of(session: Session, application_id: UUID) -> CampaignMatch:
    """The match of an application, as the database has it now."""
    return session.get_one(CampaignMatch, application_id, populate_existing=True)


def awards_first(match: CampaignMatch) -> bool:
    """Whether an award would be of a maximum: a live fund that has not come to an amount."""
    return match.live and match.status in (MatchStatus.OPEN, MatchStatus.AWARDED)


def set_apart(session: Session, case: Case, actor: Actor) -> None:
    """Keep what is proposed out of the pot, so that all open proposals fit below the ceiling.

    A live fund sets it apart gift by gift, once its award is announced; what is owed already moves
    when it is sent.
    Raises ``DomainError`` ``ceiling_reached`` and the like for more than there is.
    """
    match = match_of(session, case.application.id)
    if awards_first(match):
        return
    more = case.decision.amount_cents - match.match_cents
    if case.kind in GRANTS and match.status in PROMISED_MATCH and more > 0:
        move(
            session,
            application_id=case.application.id,
            kind="reserve",
            key=f"decision:{case.decision.id}:reserve",
            cents=more,
            actor=actor,
        )


def reopen_case(session: Session, case: Case, actor: Actor, reason: str) -> None:
    """Undo an unsent decision: release the money it reserved, and reopen the case."""
    reserved_cents = session.scalar(
        select(PotMove.cents).where(PotMove.key == f"decision:{case.decision.id}:reserve")
    )
    if reserved_cents and match_of(session, case.application.id).status != MatchStatus.RELEASED:
        move(
            session,
            application_id=case.application.id,
            kind="release",
            key=f"decision:{case.decision.id}:let_go",
            cents=-reserved_cents,
            actor=actor,
        )
    if case.kind in FIRST:
        action = "return" if case.application.admitted_at else "return_unadmitted"
        move_application(
            session, application=case.application, action=action, actor=actor, reason=reason
        )
