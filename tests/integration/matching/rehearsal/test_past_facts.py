"""Past campaigns of a municipality as facts: what counted, from whom, where, in which order."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import (
    AreaFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
)
from tests.support.factories.pledges import PledgeFactory
from tests.support.rules_and_facts import as_read
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.matching.rehearsal.inputs import read_all
from voorjebuurt.matching.rehearsal.past_campaigns import (
    PastFacts,
    past_campaigns,
    past_facts,
    past_titles,
)
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.rulebook.presets import PRESETS, Preset

INDICATORS = ("p_hh_120",)
OPENING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def town(session: Session) -> Municipality:
    """A municipality with two buurten; one of them has a figure and 900 residents."""
    town = MunicipalityFactory(code="GM7701")
    for code, name in (("BU77010101", "De Vaart"), ("BU77010102", "Oost")):
        NeighbourhoodFactory(
            municipality=town, code=code, kind="buurt", parent_code="WK770101", name=name
        )
    AreaFigureFactory(area_code="BU77010101", value=Decimal("18.4"))
    AreaFigureFactory(area_code="BU77010101", indicator="a_inw", value=900)
    return town


@pytest.fixture
def vaart(session: Session, town: Municipality) -> Neighbourhood:
    """A buurt of the town."""
    return NeighbourhoodFactory(municipality=town, code="BU77010103", parent_code="WK770101")


def campaign(vaart: Neighbourhood, status: str = "succeeded", **others: Any) -> Campaign:
    return CampaignFactory(neighbourhood=vaart, status=status, opened_at=OPENING, **others)


def gift(campaign: Campaign, **others: Any) -> Pledge:
    return PledgeFactory(campaign=campaign, **others)


def facts_of(session: Session, town: Municipality, secret: str = "s") -> tuple[PastFacts, Any]:
    past = past_facts(session, municipality_id=town.id, indicators=INDICATORS, secret=secret)
    return past, json.loads(past.text)


def test_a_campaign_with_its_gifts_and_every_area_of_the_municipality(
    session: Session, town: Municipality, vaart: Neighbourhood
) -> None:
    bench = campaign(vaart, slug="bank", title="Een bank", theme="green")
    gift(bench, donor_key="k1", local_code="BU77010101", amount_cents=2500)
    past, facts = facts_of(session, town)
    (application,) = facts["applications"]
    (contribution,) = application.pop("contributions")
    assert application == {
        "id": "bank",
        "received_at": "2026-01-05T09:00:00+00:00",
        "goal_cents": 120_000,
        "area": {"BU77010103": "1"},
        "theme": "green",
        "first_time": True,
    }
    assert contribution == {
        "donor": "k1",
        "amount_cents": 2500,
        "area": "BU77010101",
        "matchable": True,
        "paid_at": "2026-02-01T10:05:00+00:00",
    }
    assert {"BU77010101", "BU77010102", "BU77010103", "WK770101"} <= facts["areas"].keys()
    assert facts["areas"]["BU77010101"]["values"] == {"p_hh_120": "18.4"}
    assert past.campaigns == 1
    assert past_titles(session, ["bank"]) == {"bank": "Een bank"}


def test_the_same_rows_give_the_same_hash(
    session: Session, town: Municipality, vaart: Neighbourhood
) -> None:
    gift(campaign(vaart))
    first, _ = facts_of(session, town)
    again, _ = facts_of(session, town)
    assert first == again
    gift(campaign(vaart))
    assert facts_of(session, town)[0].sha256 != first.sha256


@pytest.mark.parametrize("status", ["draft", "submitted", "live", "closing", "cancelled"])
def test_what_is_not_over_or_was_stopped_is_not_in_it(
    session: Session, town: Municipality, vaart: Neighbourhood, status: str
) -> None:
    campaign(vaart, status=status)
    campaign(NeighbourhoodFactory())
    assert past_campaigns(session, town.id) == 0
    assert facts_of(session, town)[0].campaigns == 0


def test_gifts_count_as_they_did_for_their_campaign(
    session: Session, town: Municipality, vaart: Neighbourhood
) -> None:
    failure = campaign(vaart, status="failed")
    gift(failure, amount_cents=100, status="refunded", refund_reason="campaign_failed")
    gift(failure, amount_cents=200, status="refunded", refund_reason="donor")
    gift(failure, amount_cents=300, status="charged_back")
    gift(failure, amount_cents=400, status="open")
    _, facts = facts_of(session, town)
    amounts = [each["amount_cents"] for each in facts["applications"][0]["contributions"]]
    assert amounts == [100]


def test_an_address_is_one_donor_and_nobody_can_read_it(
    session: Session, town: Municipality, vaart: Neighbourhood
) -> None:
    action = campaign(vaart)
    for email in ("Anna@voorbeeld.example", "anna@voorbeeld.example"):
        gift(action, email=email)
    for _ in range(2):
        gift(action, email=None, name="", message="", name_public=False, postcode=None)
    past, facts = facts_of(session, town)
    donors = [each["donor"] for each in facts["applications"][0]["contributions"]]
    assert len(set(donors)) == 3
    assert "voorbeeld" not in past.text
    _, elsewhere = facts_of(session, town, secret="another")
    assert donors[0] != elsewhere["applications"][0]["contributions"][0]["donor"]


def test_what_initiators_give_to_their_own_campaign_is_not_matched(
    session: Session, town: Municipality, vaart: Neighbourhood
) -> None:
    initiator = PersonFactory(email="ik@voorbeeld.example")
    action = campaign(vaart, initiator=initiator)
    gift(action, donor_id=initiator.id, amount_cents=100)
    gift(action, email="IK@voorbeeld.example", amount_cents=200)
    gift(action, matchable=False, amount_cents=300)
    gift(action, amount_cents=400)
    _, facts = facts_of(session, town)
    matchable = {
        each["amount_cents"]: each["matchable"]
        for each in facts["applications"][0]["contributions"]
    }
    assert matchable == {100: False, 200: False, 300: False, 400: True}


def test_who_did_it_before_is_not_there_for_the_first_time(
    session: Session, town: Municipality, vaart: Neighbourhood
) -> None:
    initiator = PersonFactory()
    CampaignFactory(
        neighbourhood=vaart,
        initiator=initiator,
        status="succeeded",
        slug="eerder",
        opened_at=OPENING - timedelta(days=9),
    )
    campaign(vaart, initiator=initiator, slug="later")
    _, facts = facts_of(session, town)
    assert {
        application["id"]: application["first_time"] for application in facts["applications"]
    } == {
        "eerder": True,
        "later": False,
    }


def test_gifts_of_one_instant_follow_each_other(
    session: Session, town: Municipality, vaart: Neighbourhood
) -> None:
    """A live rule takes them one by one, over all campaigns together."""
    for action in (campaign(vaart), campaign(vaart)):
        gift(action)
        gift(action)
    _, facts = facts_of(session, town)
    moments = [
        each["paid_at"]
        for application in facts["applications"]
        for each in application["contributions"]
    ]
    assert len(set(moments)) == 4
    live = {**PRESETS[Preset.FIRST_COME](10_000), "moment": "live"}
    files = read_all(as_read(live), None, as_read(facts), indicators=INDICATORS)
    assert files[0].live


def test_rules_that_draw_lots_can_be_tried_too(
    session: Session, town: Municipality, vaart: Neighbourhood
) -> None:
    gift(campaign(vaart))
    _, facts = facts_of(session, town)
    lottery = {**PRESETS[Preset.FIRST_COME](10_000), "divide": {"kind": "lottery"}}
    assert read_all(as_read(lottery), None, as_read(facts), indicators=INDICATORS)
