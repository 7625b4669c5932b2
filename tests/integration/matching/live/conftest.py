"""A case of a live fund with two gifts."""

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import (
    applied,
    officer,
    town_fund,
)
from tests.support.giving import paid
from tests.support.live_cases import MOST, Live


@pytest.fixture
def case(session: Session) -> Live:
    campaign = CampaignFactory(status="live", minimum_cents=5_000, goal_cents=MOST)
    place = campaign.municipality_id
    olga, piet = officer(session, place), officer(session, place, "Piet")
    fund = town_fund(place, live=True)
    _, first = paid(session, campaign, amount_cents=5_000, tip_cents=0, email="a@x.example")
    application = applied(session, fund, campaign)
    _, second = paid(session, campaign, amount_cents=2_500, tip_cents=0, email="b@x.example")
    return Live(fund, campaign, application, olga, piet, first, second)
