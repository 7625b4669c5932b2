"""What a campaign that succeeded still has, held against its minimum."""

from collections.abc import Set
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignKind, CampaignStatus, reaches_minimum
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.rules import PayoutStatus
from voorjebuurt.pledges.matches import live_match_cents
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.holding_plans import holding_plan
from voorjebuurt.pledges.rules import OWED_MATCH

GONE: Set[PayoutStatus] = frozenset(
    {PayoutStatus.RELEASED, PayoutStatus.EXPORTED, PayoutStatus.EXECUTED}
)
"""A payout in these states left, or two people let it go: the money is not ours to hold."""


class Remainder(NamedTuple):
    """What is left of a success (eurocents): what neighbours gave, and what live funds add."""

    crowd_cents: int
    match_cents: int


def remainder_of(session: Session, campaign_id: UUID) -> Remainder:
    """What is there now, before anything was paid out: the ledger tells, less what funds owe."""
    owed_cents = select(func.coalesce(func.sum(CampaignMatch.match_cents), 0)).where(
        CampaignMatch.campaign_id == campaign_id, CampaignMatch.status.in_(sorted(OWED_MATCH))
    )
    crowd_cents = balance(session, payable(campaign_id)) - int(session.scalar(owed_cents) or 0)
    return Remainder(max(0, crowd_cents), live_match_cents(session, campaign_id))


def falls_short(session: Session, campaign: Campaign, *, match_change: int = 0) -> bool:
    """Whether a success no longer has its minimum, and its money is still here.

    ``match_change``: by how much its match is about to be another amount (eurocents).
    One that keeps what comes has no minimum to lose.
    """
    if campaign.status != CampaignStatus.SUCCEEDED or campaign.kind != CampaignKind.ALL_OR_NOTHING:
        return False
    if money_left(session, campaign.id):
        return False
    remainder = remainder_of(session, campaign.id)
    return not reaches_minimum(
        CampaignKind(campaign.kind),
        crowd_cents=remainder.crowd_cents,
        match_cents=remainder.match_cents + match_change,
        minimum_cents=campaign.minimum_cents or 0,
    )


def match_above_plan(session: Session, campaign: Campaign) -> int:
    """How much match a success on a smaller plan has above what that costs (eurocents).

    Nothing once a payout was released. Of live funds it gives way by itself; an amount that
    officers awarded as such is for them to lower.
    """
    plan = holding_plan(session, campaign)
    if plan is None or plan.kept_cents is None or money_left(session, campaign.id):
        return 0
    crowd_cents = remainder_of(session, campaign.id).crowd_cents
    match_cents = balance(session, payable(campaign.id)) - crowd_cents
    return max(0, min(match_cents, crowd_cents + match_cents - plan.budget_cents))


def money_left(session: Session, campaign_id: UUID) -> bool:
    """Whether a payout of a campaign was released, or is further."""
    statement = select(Payout.id).where(
        Payout.campaign_id == campaign_id, Payout.status.in_(sorted(GONE))
    )
    return session.scalars(statement.limit(1)).first() is not None
