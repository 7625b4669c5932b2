"""The changed plan that holds for a campaign: what its rules and its room are measured by."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.pledges.matches import live_match_cents
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.rules import NearMissOutcome, NearMissState
from voorjebuurt.pledges.rules import fitting_match


class HoldingPlan(NamedTuple):
    """What a changed plan costs, and the goal that goes with it (eurocents).

    ``kept_cents``: what neighbours had given when it was decided on; None while they choose.
    """

    budget_cents: int
    goal_cents: int
    kept_cents: int | None


def holding_plan(session: Session, campaign: Campaign) -> HoldingPlan | None:
    """The last plan that a coach approved: while donors choose, and for good once it succeeded.

    None where the plan is as it was at first, or costs no less than that.
    """
    statement = select(NearMiss).where(
        NearMiss.campaign_id == campaign.id,
        NearMiss.asked_at.is_not(None),
        or_(
            NearMiss.state != NearMissState.OVER,
            NearMiss.outcome == NearMissOutcome.SUCCESS,
        ),
    )
    row = session.scalars(statement.order_by(NearMiss.begun_at.desc()).limit(1)).first()
    if row is None or row.budget_cents is None:
        return None
    if row.budget_cents >= first_budget_cents(campaign):
        return None
    return HoldingPlan(
        row.budget_cents, plan_goal(campaign, row.budget_cents), row.decided_crowd_cents
    )


def plan_goal(campaign: Campaign, budget_cents: int) -> int:
    """The goal of a plan that costs ``budget_cents``: no more than that, and never a higher one.

    It is at least a cent, as percentages are taken of it.
    """
    return max(1, min(campaign.goal_cents or budget_cents, budget_cents))


def first_budget_cents(campaign: Campaign) -> int:
    """What the plan cost as it was published (eurocents)."""
    return sum(line.amount_cents for line in campaign.budget)


def approved_plan(session: Session, campaign_id: UUID) -> HoldingPlan | None:
    """As ``holding_plan``, by the campaign's id."""
    return holding_plan(session, session.get_one(Campaign, campaign_id))


def usable_match_cents(session: Session, campaign: Campaign, *, crowd_cents: int) -> int:
    """The match that counts for a minimum, as far as the plan that holds needs it (eurocents)."""
    match_cents = live_match_cents(session, campaign.id)
    plan = holding_plan(session, campaign)
    if plan is None:
        return match_cents
    return fitting_match(
        budget_cents=plan.budget_cents, crowd_cents=crowd_cents, match_cents=match_cents
    )
