"""What a donor is told beforehand is no more than the fund would give."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import (
    ApplicationFactory,
    closing_fund,
    grant_first,
    open_fund,
)
from tests.support.live_funds import give
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.matching.live.preview import match_preview


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live")


def told(session: Session, campaign: Campaign) -> int | None:
    preview = match_preview(session, campaign_id=campaign.id, amounts=[2_500])
    return None if preview is None else preview.adds(2_500)


@pytest.mark.parametrize(
    ("status", "adds"), [("admitted", None), ("proposed", None), ("awarded", 2_500)]
)
def test_a_live_fund_promises_nothing_before_its_award_is_announced(
    session: Session, campaign: Campaign, status: str, adds: int | None
) -> None:
    ApplicationFactory(fund=open_fund(), campaign=campaign, status=status)
    assert told(session, campaign) == adds


def test_a_live_fund_promises_no_more_than_its_maximum(
    session: Session, campaign: Campaign
) -> None:
    application = ApplicationFactory(fund=open_fund(), campaign=campaign, status="received")
    grant_first(session, application, 1_500)
    assert told(session, campaign) == 1_500
    give(session, campaign, 2_000, "a")
    preview = certain(match_preview(session, campaign_id=campaign.id, amounts=[2_500]))
    assert preview.adds(2_500) == 0
    assert "hoogste bedrag" in preview.why_nothing(2_500)["nl"]


def test_a_fund_that_divides_promises_nothing_for_gifts_after_it_closed(
    session: Session, campaign: Campaign
) -> None:
    fund = closing_fund()
    ApplicationFactory(fund=fund, campaign=campaign)
    assert told(session, campaign) == 2_500
    with clock.at(certain(fund.closes_at) - timedelta(microseconds=1)):
        assert told(session, campaign) == 2_500
    with clock.at(certain(fund.closes_at)):
        assert told(session, campaign) is None
