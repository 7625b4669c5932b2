"""What stands in the way of an officer who would decide, told before anybody tries."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.outcomes import refuse_who_decided
from voorjebuurt.decisions.rulings.approvals import (
    refuse_approver,
    refuse_lower_claim,
    refuse_overtaken,
)
from voorjebuurt.decisions.rulings.rows import Case
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Application


def obstacle_to_approval(
    session: Session, *, decision_id: UUID, actor: Actor
) -> DomainError | None:
    """Why this officer can't approve a proposal as it is now; None when they can."""
    case = _case(session, decision_id)
    try:
        refuse_approver(session, case, actor)
        refuse_overtaken(session, case)
        refuse_lower_claim(session, case)
    except DomainError as error:
        return error
    return None


def obstacle_to_objection(
    session: Session, *, decision_id: UUID, actor: Actor
) -> DomainError | None:
    """Why this officer can't decide on an objection to a decision; None when they can."""
    try:
        refuse_who_decided(session, _case(session, decision_id), actor)
    except DomainError as error:
        return error
    return None


def _case(session: Session, decision_id: UUID) -> Case:
    """The rows, not held: nothing is changed."""
    decision = session.get_one(Decision, decision_id)
    application = session.get_one(Application, decision.application_id)
    return Case(session.get_one(Campaign, application.campaign_id), application, decision)
