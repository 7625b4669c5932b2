"""The start page of a campaign: one thing first, and how it goes."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.gift_screens import plain
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.visits.buffer import VisitKey
from voorjebuurt.campaigns.visits.rules import VisitSource
from voorjebuurt.campaigns.visits.service import write_visits
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.comparison.service import renew_comparison

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def initiator(committing: Committing) -> Person:
    with committing():
        return PersonFactory(locale="en")


@pytest.fixture
def browser(signed_in: SignIn, initiator: Person) -> FlaskClient:
    return signed_in(initiator)


@pytest.fixture
def campaign(committing: Committing, initiator: Person) -> Campaign:
    with committing():
        return CampaignFactory(
            status="live", initiator=initiator, opened_at=clock.now() - timedelta(days=9)
        )


def desk(browser: FlaskClient, campaign: Campaign) -> str:
    answer = browser.get(f"/mijn/acties/{campaign.id}", headers=ENGLISH)
    assert answer.status_code == 200
    return plain(answer.text)


def test_one_thing_stands_first_and_the_rest_after_it(
    browser: FlaskClient, campaign: Campaign
) -> None:
    words = desk(browser, campaign)
    assert "What you can best do now Ask ten people you know" in words
    assert "After that Let people know how it goes Tell more people" in words
    assert words.index("What you can best do now") < words.index("How far you are")


def test_gifts_come_in_with_what_donors_wrote(
    committing: Committing, browser: FlaskClient, campaign: Campaign
) -> None:
    with committing():
        for number in range(7):
            PledgeFactory(
                campaign=campaign,
                name=f"Gever {number}",
                message=f"Bericht {number}",
                name_public=number != 6,
                booked_at=clock.now() - timedelta(hours=10 - number),
            )
    words = desk(browser, campaign)
    assert "Someone from the neighbourhood €25 Bericht 6" in words
    assert "Gever 6" not in words
    assert "Gever 4" in words
    assert "Bericht 3" not in words
    assert "@" not in words.split("Latest gifts")[1].split("Visits to your page")[0]


def test_visits_are_a_sentence_a_drawing_and_a_table(
    committing: Committing, browser: FlaskClient, campaign: Campaign
) -> None:
    today = clock.today()
    with committing() as session:
        write_visits(
            session,
            {
                VisitKey(campaign.id, today, VisitSource.PAGE): 8,
                VisitKey(campaign.id, today - timedelta(days=3), VisitSource.SHORT): 4,
                VisitKey(campaign.id, today - timedelta(days=40), VisitSource.PAGE): 99,
            },
        )
    answer = browser.get(f"/mijn/acties/{campaign.id}", headers=ENGLISH).text
    assert "your page was opened 12 times." in plain(answer)
    assert "By the short address: posters, flyers and shared links: 4" in plain(answer)
    chart = answer.split('class="vjb-visits', 1)[1]
    assert chart.count('class="vjb-bar__crowd"') == 2
    assert chart.count('scope="row"') >= 10


def test_without_visits_nothing_is_drawn(browser: FlaskClient, campaign: Campaign) -> None:
    answer = browser.get(f"/mijn/acties/{campaign.id}", headers=ENGLISH).text
    assert "was opened 0 times." in plain(answer)
    assert "The figures in a table" not in answer


def test_it_is_compared_with_campaigns_that_made_it(
    committing: Committing, browser: FlaskClient, campaign: Campaign
) -> None:
    assert "that made it" not in desk(browser, campaign)
    with committing() as session:
        PledgeFactory(campaign=campaign, amount_cents=42_001, booked_at=clock.now())
        for _ in range(5):
            opened_at = clock.now() - timedelta(days=60)
            other = CampaignFactory(
                neighbourhood=NeighbourhoodFactory(),
                status="succeeded",
                opened_at=opened_at,
                deadline_on=clock.today() - timedelta(days=20),
                decided_at=clock.now() - timedelta(days=19),
            )
            PledgeFactory(campaign=other, amount_cents=49_300, booked_at=opened_at)
        renew_comparison(session)
    words = desk(browser, campaign)
    assert (
        "On day 10, campaigns of your size that made it had 41% of their goal from neighbours."
        " You have 35%. That is the middle one of 5 campaigns." in words
    )


@pytest.mark.parametrize(
    ("status", "first"),
    [
        ("succeeded", "Tell us your bank account"),
        ("failed", "Let people know how it goes"),
        ("cancelled", "You don’t have to do anything now"),
        ("closing", "You don’t have to do anything now"),
    ],
)
def test_each_end_has_its_own_first_thing(
    committing: Committing, browser: FlaskClient, initiator: Person, status: str, first: str
) -> None:
    with committing():
        campaign = CampaignFactory(
            status=status,
            initiator=initiator,
            opened_at=clock.now() - timedelta(days=40),
            deadline_on=clock.today() - timedelta(days=2),
            decided_at=None if status == "closing" else clock.now() - timedelta(days=1),
        )
    words = desk(browser, campaign)
    assert first in words
    assert "Time left" not in words


def test_a_draft_has_the_page_it_had(
    committing: Committing, browser: FlaskClient, initiator: Person
) -> None:
    with committing():
        draft = CampaignFactory(status="draft", initiator=initiator)
    words = desk(browser, draft)
    assert "Your plan has not been sent in yet." in words
    assert "Visits to your page" not in words


def test_nobody_else_sees_gifts_and_money(
    committing: Committing, signed_in: SignIn, client: FlaskClient, campaign: Campaign
) -> None:
    with committing():
        stranger = PersonFactory()
    strangers = signed_in(stranger)
    for rest in ("", "/giften", "/giften.csv", "/geld"):
        address = f"/mijn/acties/{campaign.id}{rest}"
        assert strangers.get(address).status_code == 404
        assert client.get(address).status_code == 302


def test_the_payout_is_explained_before_and_after(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = make.payable_campaign(session)
    browser = signed_in(_person(committing, case))
    address = f"/mijn/acties/{case.campaign.id}/geld?taal=en"
    words = plain(browser.get(address).text)
    assert "Still to be paid to you €900" in words
    assert "First tell us to which bank account." in words
    with committing() as session:
        payout = make.payout_in(session, case, "executed")
    words = plain(browser.get(address).text)
    assert "For your campaign €900" in words
    assert "Paid to your bank account −€900" in words
    assert "Still to be paid to you €0" in words
    assert payout.end_to_end_id in words
    assert make.IBAN not in words.replace(" ", "")


def _person(committing: Committing, case: make.Payable) -> Person:
    with committing() as session:
        return session.get_one(Person, case.initiator.person_id)


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_before_a_campaign_is_live_there_is_no_money_to_show(
    committing: Committing, browser: FlaskClient, initiator: Person, status: str
) -> None:
    with committing():
        campaign = CampaignFactory(status=status, initiator=initiator)
    assert browser.get(f"/mijn/acties/{campaign.id}/geld").status_code == 404
