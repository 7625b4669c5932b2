"""Holding a campaign for whoever may act for it."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor


def own_campaign(session: Session, campaign_id: UUID, actor: Actor) -> Campaign:
    """The campaign, held until the commit. Raises ``ForbiddenError`` for somebody else."""
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    return campaign
