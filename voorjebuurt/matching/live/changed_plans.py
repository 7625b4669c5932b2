"""A changed plan where funds help: sent with the match that it would get, approved with it.

The approval lets go what the rules do not give to the smaller plan, in the same transaction: what
donors then read is what counts for the choice that they make.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.matching.live.following import release_surplus
from voorjebuurt.matching.live.plan_forecasts import plan_forecast
from voorjebuurt.pledges.near_miss import planning
from voorjebuurt.pledges.near_miss.holding_plans import usable_match_cents
from voorjebuurt.pledges.near_miss.rules import Plan


def send_plan(session: Session, *, campaign_id: UUID, plan: Plan, actor: Actor) -> None:
    """Hand the changed plan in to a coach. Raises as ``planning.send_plan`` does."""
    locked_campaign(session, campaign_id)
    budget_cents = sum(plan.line_cents)
    forecast = plan_forecast(session, campaign_id=campaign_id, budget_cents=budget_cents)
    planning.send_plan(
        session,
        campaign_id=campaign_id,
        plan=plan,
        match_cents=forecast.match_cents,
        actor=actor,
    )


def approve_plan(session: Session, *, campaign_id: UUID, note: str, actor: Actor) -> None:
    """Let the donors choose, with the match of this plan. Raises as ``planning.approve_plan``."""
    near_miss = planning.approve_plan(session, campaign_id=campaign_id, note=note, actor=actor)
    session.flush()
    release_surplus(session, campaign_id=campaign_id, actor=actor)
    near_miss.asked_match_cents = usable_match_cents(
        session,
        session.get_one(Campaign, campaign_id),
        crowd_cents=balance(session, held(campaign_id)),
    )
