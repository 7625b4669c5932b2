"""How much match still fits: crowd and all match together never pass what the plan needs.

Several funds on one campaign: never more than its goal. A plan that was made smaller: never more
than that costs, however many funds help.
"""

from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.pledges.closing import raised
from voorjebuurt.pledges.models import CampaignMatch, MatchClaim
from voorjebuurt.pledges.near_miss.holding_plans import holding_plan
from voorjebuurt.pledges.rules import MatchStatus


def room_to_goal(session: Session, *, campaign: Campaign) -> int | None:
    """How much match still fits (eurocents); None where one fund helps a plan that is as it was.

    The campaign's row must be locked: every gift and every move takes that lock.
    """
    active = select(func.count(), func.coalesce(func.sum(CampaignMatch.match_cents), 0)).where(
        CampaignMatch.campaign_id == campaign.id,
        CampaignMatch.status != MatchStatus.RELEASED,
    )
    funds, match_cents = session.execute(active).one()
    plan = holding_plan(session, campaign)
    most_cents = campaign.goal_cents if plan is None else plan.goal_cents
    if plan is not None and funds < 2:
        most_cents = plan.budget_cents
    elif funds < 2 or most_cents is None:
        return None
    crowd_cents = raised(session, campaign.id) if plan is None else _left(session, campaign.id)
    return max(0, most_cents - crowd_cents - int(match_cents))


def _left(session: Session, campaign_id: UUID) -> int:
    """What counts of all gifts now, also where a part went back (eurocents)."""
    signed_cents = case((MatchClaim.kind == "gift", 1), else_=-1) * MatchClaim.amount_cents
    statement = select(func.coalesce(func.sum(signed_cents), 0))
    return int(session.scalar(statement.where(MatchClaim.campaign_id == campaign_id)) or 0)
