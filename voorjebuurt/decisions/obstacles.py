"""What stands in the way of approving a decision, told before anybody tries."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.approvals import (
    refuse_approver,
    refuse_lower_claim,
    refuse_overtaken,
)
from voorjebuurt.decisions.decision_rows import Case
from voorjebuurt.decisions.models import Decision
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Application


def obstacle_to_approval(
    session: Session, *, decision_id: UUID, actor: Actor
) -> DomainError | None:
    """Why this officer can't approve a proposal as it is now; None when they can."""
    decision = session.get_one(Decision, decision_id)
    application = session.get_one(Application, decision.application_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    case = Case(campaign, application, decision)
    try:
        refuse_approver(session, case, actor)
        refuse_overtaken(session, case)
        refuse_lower_claim(session, case)
    except DomainError as error:
        return error
    return None
