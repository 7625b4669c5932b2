"""What funds add to a smaller plan: by the same rules, before anybody decides on it.

Rules that read the goal (so much of it at most, so many percent reached) read the smaller one, and
crowd and match together are never more than the plan costs: then there is less match.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.matching.live.gift_earnings import earned_so_far
from voorjebuurt.pledges.matches import AWARD_MATCH
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.holding_plans import plan_goal
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.near_miss.rules import NearMissState
from voorjebuurt.pledges.rules import MatchStatus, fitting_match


@dataclass(frozen=True)
class PlanForecast:
    """The match of a plan that costs ``budget_cents``, by the gifts that stand now (eurocents).

    ``now_cents`` is set apart for the plan that holds. Of it the rules give ``rule_cents`` to the
    other one, and ``match_cents`` fit beside ``crowd_cents``.
    """

    budget_cents: int
    crowd_cents: int
    now_cents: int
    rule_cents: int
    match_cents: int

    @property
    def is_less(self) -> bool:
        """Whether funds would add less than they do now."""
        return self.match_cents < self.now_cents


def forecast_in_review(session: Session, campaign_id: UUID) -> PlanForecast | None:
    """The match of a plan that a coach looks at now; None where there is none, or no match."""
    near_miss = last_near_miss(session, campaign_id)
    if near_miss is None or near_miss.state != NearMissState.REVIEW or not near_miss.budget_cents:
        return None
    forecast = plan_forecast(session, campaign_id=campaign_id, budget_cents=near_miss.budget_cents)
    return forecast if forecast.now_cents else None


def plan_forecast(session: Session, *, campaign_id: UUID, budget_cents: int) -> PlanForecast:
    """What funds would add to a campaign whose plan costs ``budget_cents``; nothing is locked.

    An amount that officers awarded as such stays: only they can lower it.
    """
    campaign = session.get_one(Campaign, campaign_id)
    goal_cents = plan_goal(campaign, budget_cents)
    crowd_cents = balance(session, held(campaign_id))
    statement = select(CampaignMatch).where(
        CampaignMatch.campaign_id == campaign_id,
        AWARD_MATCH,
        or_(CampaignMatch.live, CampaignMatch.granted_at < campaign.closes_at),
    )
    now_cents, rule_cents, fixed_cents = 0, 0, 0
    for match in session.scalars(statement):
        now_cents += match.match_cents
        if match.live and match.status == MatchStatus.AWARDED:
            by_rule_cents = earned_so_far(session, match.application_id, goal_cents=goal_cents)
            rule_cents += min(match.match_cents, by_rule_cents)
        else:
            fixed_cents += match.match_cents
    fitting_cents = fitting_match(
        budget_cents=budget_cents,
        crowd_cents=crowd_cents + fixed_cents,
        match_cents=rule_cents,
    )
    return PlanForecast(
        budget_cents=budget_cents,
        crowd_cents=crowd_cents,
        now_cents=now_cents,
        rule_cents=fixed_cents + rule_cents,
        match_cents=fixed_cents + fitting_cents,
    )
