"""What funds add to a campaign, for its public page."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.matching.models import Fund
from voorjebuurt.pledges.matches import SHOWN_MATCH
from voorjebuurt.pledges.models import CampaignMatch


class FundShare(NamedTuple):
    """One fund's part in a campaign (eurocents)."""

    fund_name: str
    fund_slug: str
    status: str
    match_cents: int


def fund_shares(session: Session, campaign_id: UUID) -> Sequence[FundShare]:
    """The funds with match that everybody may see, in the order in which they were asked."""
    statement = (
        select(Fund.name, Fund.slug, CampaignMatch.status, CampaignMatch.match_cents)
        .join(Fund, Fund.id == CampaignMatch.fund_id)
        .where(CampaignMatch.campaign_id == campaign_id, SHOWN_MATCH, CampaignMatch.match_cents > 0)
        .order_by(CampaignMatch.opened_at, CampaignMatch.application_id)
    )
    return [FundShare._make(row) for row in session.execute(statement)]
