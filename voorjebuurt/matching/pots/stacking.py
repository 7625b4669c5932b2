"""Several funds on one campaign: crowd and all match together never pass the goal."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.pledges.closing import raised
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus


def room_to_goal(session: Session, *, campaign: Campaign) -> int | None:
    """How much match still fits below the goal (eurocents); None where one fund helps.

    The campaign's row must be locked: every gift and every move takes that lock.
    """
    active = select(func.count(), func.coalesce(func.sum(CampaignMatch.match_cents), 0)).where(
        CampaignMatch.campaign_id == campaign.id,
        CampaignMatch.status != MatchStatus.RELEASED,
    )
    funds, match_cents = session.execute(active).one()
    if funds < 2 or campaign.goal_cents is None:
        return None
    return max(0, campaign.goal_cents - raised(session, campaign.id) - int(match_cents))
