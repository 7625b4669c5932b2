"""What funds add to which campaigns, for their public pages."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.matching.models import Fund
from voorjebuurt.pledges.matches import SHOWN_MATCH
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.holding_plans import approved_plan
from voorjebuurt.pledges.rules import MatchRung, MatchStatus, match_rung


class FundShare(NamedTuple):
    """One fund's part in a campaign now (eurocents), and how certain it is."""

    fund_name: str
    fund_slug: str
    status: str
    settled_cents: int | None
    net_cents: int

    @property
    def rung(self) -> MatchRung:
        """How certain it is."""
        return match_rung(self.status, self.settled_cents)


class FundCampaign(NamedTuple):
    """A campaign that a fund helps, with how much now (eurocents), and how certain that is."""

    title: str
    slug: str
    status: str
    settled_cents: int | None
    net_cents: int

    @property
    def rung(self) -> MatchRung:
        """How certain it is."""
        return match_rung(self.status, self.settled_cents)


_MONEY = (CampaignMatch.status, CampaignMatch.settled_cents, CampaignMatch.net_cents)


def fund_shares(session: Session, campaign_id: UUID) -> Sequence[FundShare]:
    """The funds with match that everybody may see, in the order in which they were asked.

    While donors choose about a smaller plan, each as far as that plan needs it.
    """
    statement = (
        select(CampaignMatch.application_id, Fund.name, Fund.slug, *_MONEY)
        .join(Fund, Fund.id == CampaignMatch.fund_id)
        .where(CampaignMatch.campaign_id == campaign_id, SHOWN_MATCH, CampaignMatch.net_cents > 0)
        .order_by(CampaignMatch.opened_at, CampaignMatch.application_id)
    )
    shares = {key: FundShare._make(rest) for key, *rest in session.execute(statement)}
    for application_id, less_cents in _given_way(session, campaign_id).items():
        share = shares[application_id]
        shares[application_id] = share._replace(net_cents=share.net_cents - less_cents)
    return [share for share in shares.values() if share.net_cents > 0]


def _given_way(session: Session, campaign_id: UUID) -> dict[UUID, int]:
    """How much of each match is above a smaller plan about which donors choose (eurocents).

    Of several funds the one that awarded last gives way first, as when it succeeds.
    """
    plan = approved_plan(session, campaign_id)
    if plan is None or plan.kept_cents is not None:
        return {}
    of_campaign = CampaignMatch.campaign_id == campaign_id
    total = select(func.coalesce(func.sum(CampaignMatch.net_cents), 0)).where(of_campaign)
    above_cents = balance(session, held(campaign_id)) + (session.scalar(total) or 0)
    above_cents -= plan.budget_cents
    awards = (
        select(CampaignMatch.application_id, CampaignMatch.net_cents)
        .where(of_campaign, CampaignMatch.live, CampaignMatch.status == MatchStatus.AWARDED)
        .where(CampaignMatch.net_cents > 0)
        .order_by(CampaignMatch.granted_at.desc(), CampaignMatch.application_id.desc())
    )
    given_way = {}
    for application_id, cents in session.execute(awards):
        less_cents = min(max(0, above_cents), cents)
        given_way[application_id] = less_cents
        above_cents -= less_cents
    return given_way


def fund_campaigns(session: Session, fund_id: UUID) -> Sequence[FundCampaign]:
    """The public campaigns with match of this fund that everybody may see, by title."""
    statement = (
        select(Campaign.title, Campaign.slug, *_MONEY)
        .join(Campaign, Campaign.id == CampaignMatch.campaign_id)
        .where(
            CampaignMatch.fund_id == fund_id,
            SHOWN_MATCH,
            CampaignMatch.net_cents > 0,
            Campaign.status.in_(sorted(PUBLIC)),
        )
        .order_by(Campaign.title, Campaign.id)
    )
    return [FundCampaign._make(row) for row in session.execute(statement)]
