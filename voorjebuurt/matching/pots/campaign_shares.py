"""What funds add to which campaigns, for their public pages."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.matching.models import Fund
from voorjebuurt.pledges.matches import SHOWN_MATCH
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchRung, match_rung


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
    """The funds with match that everybody may see, in the order in which they were asked."""
    statement = (
        select(Fund.name, Fund.slug, *_MONEY)
        .join(Fund, Fund.id == CampaignMatch.fund_id)
        .where(CampaignMatch.campaign_id == campaign_id, SHOWN_MATCH, CampaignMatch.net_cents > 0)
        .order_by(CampaignMatch.opened_at, CampaignMatch.application_id)
    )
    return [FundShare._make(row) for row in session.execute(statement)]


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
