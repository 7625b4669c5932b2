"""What donors read about match money: before paying, in a moment, afterwards, and on the page."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.fixtures_site import Committing
from tests.support.giving import attempt, give_back, pledge, tell
from tests.support.live_funds import follow, give
from tests.support.pages import words
from tests.support.promised import from_the_start
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import CampaignMatch, Pledge

RATIO = {"base": {"kind": "ratio", "ratio": "1/2"}}
NL = {"Accept-Language": "nl"}
FORM = {
    "amount": "other",
    "other": "30",
    "tip": "0",
    "name": "Noor Visser",
    "email": "noor@voorbeeld.example",
    "name_public": "yes",
    "consent": "y",
}


@pytest.fixture
def scene(committing: Committing) -> tuple[Fund, Campaign, Application]:
    """A live fund of € 40 that adds half, and its award to a campaign."""
    with committing():
        fund = open_fund({**RATIO, "ceiling_cents": 4_000}, name="Buurtfonds Zuid")
        campaign = CampaignFactory(status="live", minimum_cents=5_000)
        application = ApplicationFactory(fund=fund, campaign=campaign)
    return fund, campaign, application


def form_of(client: FlaskClient, campaign: Campaign) -> str:
    return words(client.get(f"/acties/{campaign.slug}/geef", headers=NL))


def test_each_preset_says_what_it_becomes_against_the_pot_that_is_left(
    client: FlaskClient, scene: tuple[Fund, Campaign, Application]
) -> None:
    _, campaign, _ = scene
    page = form_of(client, campaign)
    assert "€ 10 met gemeente: € 15" in page
    assert "€ 25 met gemeente: € 37,50" in page
    assert "€ 100 met gemeente: € 140" in page, "more than the pot has is not promised"
    assert "De gemeente kende geld uit Buurtfonds Zuid toe aan deze actie, als de actie" in page
    assert "Er is nu nog € 40." in page


def test_gifts_that_the_fund_has_yet_to_deal_with_are_reckoned_in(
    client: FlaskClient, committing: Committing, scene: tuple[Fund, Campaign, Application]
) -> None:
    _, campaign, _ = scene
    with committing() as session:
        give(session, session.get_one(Campaign, campaign.id), 6_000, "a")
    page = form_of(client, campaign)
    assert "€ 25 met gemeente: € 35" in page
    assert "Er is nu nog € 10." in page


def test_the_typed_amount_is_worked_out_and_nothing_typed_is_lost(
    client: FlaskClient, scene: tuple[Fund, Campaign, Application]
) -> None:
    _, campaign, _ = scene
    address = f"/acties/{campaign.slug}/geef"
    answer = client.post(address, data={**FORM, "email": "", "reckon": "1"}, headers=NL)
    page = answer.get_data(as_text=True)
    assert "Uw gift: € 30. Met het matchgeld: € 45." in words(answer)
    assert 'value="Noor Visser"' in page
    assert "Vul uw e-mailadres in" not in page, "only the amount was asked about"
    wrong = client.post(address, data={**FORM, "other": "dertig", "reckon": "1"}, headers=NL)
    assert 'value="dertig"' in wrong.get_data(as_text=True)


def test_the_check_page_says_it_again(
    client: FlaskClient, scene: tuple[Fund, Campaign, Application]
) -> None:
    _, campaign, _ = scene
    answer = client.post(f"/acties/{campaign.slug}/geef", data=FORM, headers=NL)
    page = words(client.get(answer.headers["Location"], headers=NL))
    assert "Uw gift: € 30. Met het matchgeld: € 45." in page
    assert "Lukt de actie niet? Dan blijft dit geld in het fonds." in page
    assert "beslissen twee ambtenaren" not in page


def test_a_fund_that_is_empty_says_so(
    client: FlaskClient, committing: Committing, scene: tuple[Fund, Campaign, Application]
) -> None:
    _, campaign, application = scene
    with committing() as session:
        pots.move(
            session,
            application_id=application.id,
            kind="test",
            key="all",
            cents=4_000,
            actor=SYSTEM,
        )
    page = form_of(client, campaign)
    assert "op dit moment is er niets meer over voor deze actie" in page
    assert "Er is nu geen geld van de gemeente meer" in page
    assert "De gemeente legt geld bij uw gift" not in page
    assert "wordt" not in page.partition("Ander bedrag")[0]


def test_money_that_is_divided_later_is_not_promised(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        campaign = CampaignFactory(status="live")
        fund = closing_fund(RATIO, name="Rondefonds")
        ApplicationFactory(fund=fund, campaign=campaign)
    page = form_of(client, campaign)
    assert "€ 25 tot € 37,50" in page
    assert "Rondefonds verdeelt het geld na" in page


@pytest.mark.parametrize("status", ["received", "refused"])
def test_before_an_officer_admitted_it_nothing_is_said(
    client: FlaskClient, committing: Committing, status: str
) -> None:
    with committing():
        campaign = CampaignFactory(status="live")
        ApplicationFactory(fund=open_fund(), campaign=campaign, status=status)
    assert "gemeente legt" not in form_of(client, campaign)


@pytest.fixture
def gift(committing: Committing, scene: tuple[Fund, Campaign, Application]) -> Pledge:
    """A gift of € 30 that was paid and booked a moment ago."""
    _, campaign, _ = scene
    with committing() as session:
        here = session.get_one(Campaign, campaign.id)
        promise = pledge(session, here, amount_cents=3_000, tip_cents=0)
        payment = tell(session, attempt(session, promise))
        book_payment(session, payment_id=payment.id)
    return promise


def gift_page(client: FlaskClient, gift: Pledge, **query: Any) -> TestResponse:
    return client.get(f"/giften/{gift.token}", query_string=query, headers=NL)


def follow_now(committing: Committing, fund: Fund) -> None:
    with committing() as session:
        follow(session, session.get_one(Fund, fund.id))


def test_until_the_allocator_was_there_the_page_says_so_and_looks_again(
    client: FlaskClient, scene: tuple[Fund, Campaign, Application], gift: Pledge
) -> None:
    answer = gift_page(client, gift, terug=0)
    assert "Buurtfonds Zuid rekent uit hoeveel het bij uw gift kan leggen." in words(answer)
    assert answer.headers["Refresh"].endswith(f"/giften/{gift.token}?terug=1")


def test_afterwards_it_says_how_much_and_by_which_rules(
    client: FlaskClient,
    committing: Committing,
    scene: tuple[Fund, Campaign, Application],
    gift: Pledge,
) -> None:
    follow_now(committing, scene[0])
    answer = gift_page(client, gift, terug=1)
    page = words(answer)
    assert "Uw gift: € 30. Met het matchgeld: € 45." in page
    assert "Bij de gift van € 30 reserveerde het fonds € 15." in page
    assert (
        "Buurtfonds Zuid, versie 1 van de regels. Dit bedrag is toegekend, als de actie lukt."
        in page
    )
    assert "Refresh" not in answer.headers


def test_or_why_nothing_was_added(
    client: FlaskClient, committing: Committing, scene: tuple[Fund, Campaign, Application]
) -> None:
    fund, campaign, _ = scene
    with committing() as session:
        here = session.get_one(Campaign, campaign.id)
        give(session, here, 8_000, "a")
        last = give(session, here, 3_000, "b")
    follow_now(committing, fund)
    page = words(gift_page(client, last))
    assert "Bij uw gift kwam niets bij. Er was geen geld meer in het fonds." in page


def test_or_that_it_went_back_to_the_fund(
    client: FlaskClient,
    committing: Committing,
    scene: tuple[Fund, Campaign, Application],
    gift: Pledge,
) -> None:
    fund, _, application = scene
    follow_now(committing, fund)
    with committing() as session:
        pots.release_match(session, application_id=application.id, actor=SYSTEM)
    assert "had € 15 bij uw gift gelegd. Dat ging terug" in words(gift_page(client, gift))


def test_after_the_decision_it_says_that_it_was_granted(
    client: FlaskClient,
    committing: Committing,
    scene: tuple[Fund, Campaign, Application],
    gift: Pledge,
) -> None:
    fund, _, application = scene
    follow_now(committing, fund)
    with committing() as session:
        pots.award_match(
            session, application_id=application.id, cents=1_500, key="award", actor=SYSTEM
        )
        session.get_one(CampaignMatch, application.id).status = "committed"
    page = words(gift_page(client, gift))
    assert "Wat legde de gemeente erbij?" in page
    assert "Toen u gaf, kwam er € 15 bij uw gift." in page
    assert "Buurtfonds Zuid heeft deze actie € 15 toegekend." in page
    assert "Met het matchgeld" not in page


@pytest.mark.parametrize("kind", ["all_or_nothing", "keep_what_comes"])
def test_what_is_promised_beside_a_gift_is_not_told_as_done(
    client: FlaskClient,
    committing: Committing,
    scene: tuple[Fund, Campaign, Application],
    gift: Pledge,
    kind: str,
) -> None:
    """And a campaign that keeps what comes does not depend on a success."""
    fund, campaign, _ = scene
    follow_now(committing, fund)
    with committing() as session, from_the_start(session):
        session.get_one(Campaign, campaign.id).kind = kind
        session.flush()
    page = words(gift_page(client, gift))
    assert "Wat legt de gemeente erbij?" in page
    assert ("als de actie lukt" in page) == (kind == "all_or_nothing")


def test_a_gift_that_went_back_tells_nothing_of_match(
    client: FlaskClient,
    committing: Committing,
    scene: tuple[Fund, Campaign, Application],
    gift: Pledge,
) -> None:
    follow_now(committing, scene[0])
    with committing() as session:
        give_back(session, session.get_one(Pledge, gift.id))
    assert "de gemeente erbij?" not in words(gift_page(client, gift))


def test_of_a_campaign_to_which_nothing_was_awarded_yet(
    client: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="live")
        ApplicationFactory(
            fund=open_fund(name="Buurtfonds Zuid"), campaign=campaign, status="received"
        )
        promise = give(session, campaign, 3_000, "a")
    page = words(gift_page(client, promise))
    assert "De actie vroeg geld aan bij Buurtfonds Zuid. Er is nog geen besluit." in page


def test_the_campaigns_page_shows_the_match_as_its_own_part(
    client: FlaskClient,
    committing: Committing,
    scene: tuple[Fund, Campaign, Application],
    gift: Pledge,
) -> None:
    fund, campaign, application = scene
    follow_now(committing, fund)
    answer = client.get(f"/acties/{campaign.slug}", headers=NL)
    page = words(answer)
    assert "€ 45 van € 1.200" in page
    assert "€ 30 van de buurt € 15 toegekend door de gemeente, als de actie lukt" in page
    assert "Buurtfonds Zuid € 15 Toegekend door de gemeente, als de actie lukt." in page
    assert "vjb-bar__match" in answer.get_data(as_text=True)
    answer = client.get("/acties", headers=NL)
    assert "gereserveerd" not in words(answer)
    cards = answer.get_data(as_text=True)
    assert "vjb-bar__match" in cards
    with committing() as session:
        assert session.get_one(Application, application.id).status == "awarded"
        pots.release_match(session, application_id=application.id, actor=SYSTEM)
    again = client.get(f"/acties/{campaign.slug}", headers=NL).get_data(as_text=True)
    assert "vjb-bar__match" not in again


def test_what_a_round_proposes_is_nobodys_business_until_it_is_decided(
    client: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="live")
        application = ApplicationFactory(fund=closing_fund(), campaign=campaign)
        pots.move(
            session,
            application_id=application.id,
            kind="reserve",
            key="k",
            cents=9_000,
            actor=SYSTEM,
        )
    page = client.get(f"/acties/{campaign.slug}", headers=NL).get_data(as_text=True)
    assert "vjb-bar__match" not in page
