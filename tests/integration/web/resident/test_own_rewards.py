"""Rewards at their initiator: in the plan, on a live page, and handed over."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.rewards import RewardFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.gift_screens import plain, rows
from tests.support.giving import close, paid
from tests.support.rewards import wish_for
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.erasing.detaching import detach_donor
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.deliveries import forget_addresses
from voorjebuurt.pledges.rewards.models import RewardChoice

ENGLISH = {"Accept-Language": "en"}
FORM = {
    "title": "Pot honing",
    "description": "Van de bijen op het dak.",
    "min_amount": "25",
    "stock": "10",
    "delivery": "pickup",
    "place": "Rozenplein 1, op 12 juni",
    "deliver_by": (clock.today() + timedelta(days=120)).isoformat(),
}


@pytest.fixture
def initiator(committing: Committing) -> Person:
    with committing():
        return PersonFactory(email="ini@voorbeeld.example", locale="en")


@pytest.fixture
def browser(signed_in: SignIn, initiator: Person) -> FlaskClient:
    return signed_in(initiator)


def campaign_of(committing: Committing, initiator: Person, status: str) -> Campaign:
    with committing():
        return CampaignFactory(status=status, initiator=initiator, minimum_cents=5000)


def address(campaign: Campaign, rest: str = "") -> str:
    return f"/mijn/acties/{campaign.id}/beloningen{rest}"


@pytest.mark.parametrize("status", ["draft", "returned", "live"])
def test_a_reward_is_added(
    committing: Committing,
    browser: FlaskClient,
    initiator: Person,
    fresh_database: Database,
    status: str,
) -> None:
    campaign = campaign_of(committing, initiator, status)
    answer = browser.post(address(campaign), data=FORM, headers=ENGLISH)
    assert answer.headers["Location"] == address(campaign)
    (reward,) = rows(fresh_database, Reward)
    assert (reward.title, reward.min_cents, reward.stock) == ("Pot honing", 2500, 10)
    words = plain(browser.get(address(campaign), headers=ENGLISH).text)
    assert "Pot honing" in words
    assert ("Stop this reward" in words) == (status == "live")
    assert ("Remove this reward" in words) == (status != "live")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": ""}, "Enter what people get."),
        ({"title": "x" * 81}, "Use at most 80."),
        ({"min_amount": ""}, "Enter an amount."),
        ({"min_amount": "0,50"}, "Enter an amount from €1 up to €5,000."),
        ({"stock": "0"}, "Enter a number from 1 up to 10000"),
        ({"stock": "veel"}, "Enter a whole number"),
        ({"place": ""}, "Enter where and when people can pick it up."),
        ({"delivery": ""}, "Choose how people get it."),
        ({"deliver_by": ""}, "Choose a day."),
        ({"deliver_by": clock.today().isoformat()}, "Choose a day after the last day"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    committing: Committing,
    browser: FlaskClient,
    initiator: Person,
    fresh_database: Database,
    changes: dict[str, str],
    error: str,
) -> None:
    campaign = campaign_of(committing, initiator, "live")
    answer = browser.post(address(campaign), data={**FORM, **changes}, headers=ENGLISH)
    assert answer.status_code == 200
    assert error in plain(answer.text)
    assert "Van de bijen op het dak." in answer.text
    assert rows(fresh_database, Reward) == []


def test_in_a_plan_it_can_be_removed_and_on_a_page_only_stopped(
    committing: Committing, browser: FlaskClient, initiator: Person, fresh_database: Database
) -> None:
    draft, live = (campaign_of(committing, initiator, state) for state in ("draft", "live"))
    with committing():
        in_plan = RewardFactory(campaign=draft)
        on_page = RewardFactory(campaign=live)
    for _ in range(2):
        browser.post(address(draft, f"/{in_plan.id}/verwijder"), headers=ENGLISH)
        browser.post(address(live, f"/{on_page.id}/verwijder"), headers=ENGLISH)
        browser.post(address(live, f"/{on_page.id}/stop"), headers=ENGLISH)
    (reward,) = rows(fresh_database, Reward)
    assert (reward.id, reward.stopped_by) == (on_page.id, initiator.id)
    assert on_page.title not in browser.get(f"/acties/{live.slug}").text


def test_a_plan_in_review_and_one_of_somebody_else_stay_as_they_are(
    committing: Committing,
    browser: FlaskClient,
    initiator: Person,
    fresh_database: Database,
) -> None:
    waiting = campaign_of(committing, initiator, "submitted")
    with committing():
        strange = CampaignFactory(status="live")
    answer = browser.post(address(waiting), data=FORM, headers=ENGLISH)
    assert "This is no longer possible." in plain(answer.text)
    assert browser.post(address(strange), data=FORM).status_code == 404
    assert browser.get(address(strange, "/uitdelen.csv")).status_code == 404
    assert rows(fresh_database, Reward) == []


def test_a_plan_with_a_reward_before_its_last_day_is_not_sent_in(
    committing: Committing, browser: FlaskClient, initiator: Person
) -> None:
    campaign = campaign_of(committing, initiator, "draft")
    with committing():
        RewardFactory(campaign=campaign, deliver_by=campaign.deadline_on)
    answer = browser.post(
        f"/mijn/acties/{campaign.id}/indienen", headers=ENGLISH, follow_redirects=True
    )
    assert "One of your rewards is there before the last day" in plain(answer.text)


@pytest.fixture
def sale(
    committing: Committing, initiator: Person, fresh_database: Database
) -> tuple[Campaign, Pledge]:
    """A campaign with one gift whose reward is to be sent."""
    campaign = campaign_of(committing, initiator, "live")
    with committing():
        card = RewardFactory(campaign=campaign, title="Kaart", delivery="post")
    with fresh_database.writing() as session:
        gift, _ = paid(session, session.get_one(Campaign, campaign.id), reward=wish_for(card))
    return campaign, gift


def won(database: Database, campaign: Campaign) -> None:
    with database.writing() as session:
        close(session, session.get_one(Campaign, campaign.id))


def test_addresses_are_there_once_the_campaign_has_succeeded(
    browser: FlaskClient, sale: tuple[Campaign, Pledge], fresh_database: Database
) -> None:
    campaign, gift = sale
    list_page = address(campaign, "/uitdelen")
    words = plain(browser.get(list_page, headers=ENGLISH).text)
    assert "Noor Visser · Kaart" in words
    assert "Rozenplein 12" not in words
    assert "Rozenplein 12" not in browser.get(f"{list_page}.csv").text
    answer = browser.post(f"{list_page}/{gift.id}", data={"done": "1"}, follow_redirects=True)
    assert rows(fresh_database, RewardChoice)[0].delivered_at is None
    assert answer.status_code == 200
    won(fresh_database, campaign)
    words = plain(browser.get(list_page, headers=ENGLISH).text)
    assert "Rozenplein 12 1234 AB Bloemendam" in words
    table = browser.get(f"{list_page}.csv", headers=ENGLISH)
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "Kaart;Noor Visser;" in table.text
    assert "Rozenplein 12;1234 AB;Bloemendam" in table.text


def test_delivery_is_ticked_off_and_taken_back_as_the_button_says(
    browser: FlaskClient,
    client: FlaskClient,
    sale: tuple[Campaign, Pledge],
    fresh_database: Database,
) -> None:
    campaign, gift = sale
    won(fresh_database, campaign)
    button = address(campaign, f"/uitdelen/{gift.id}")
    for _ in range(2):
        browser.post(button, data={"done": "1"}, headers=ENGLISH)
    assert rows(fresh_database, RewardChoice)[0].delivered_at is not None
    words = plain(client.get(f"/giften/{gift.token}", headers=ENGLISH).text)
    assert "that you have it, or that it is on its way" in words
    for _ in range(2):
        browser.post(button, data={"done": ""}, headers=ENGLISH)
    assert rows(fresh_database, RewardChoice)[0].delivered_at is None


def test_an_address_is_kept_for_ninety_days_after_it_was_sent(
    browser: FlaskClient, sale: tuple[Campaign, Pledge], fresh_database: Database
) -> None:
    campaign, gift = sale
    won(fresh_database, campaign)
    browser.post(address(campaign, f"/uitdelen/{gift.id}"), data={"done": "1"})

    def forget(days: int) -> str:
        with (
            clock.at(clock.now() + timedelta(days=days)),
            fresh_database.writing() as session,
        ):
            forget_addresses(session)
        return rows(fresh_database, RewardChoice)[0].street

    assert forget(89) == "Rozenplein 12"
    assert forget(91) == ""


def test_who_is_erased_leaves_a_row_without_a_name(
    browser: FlaskClient, sale: tuple[Campaign, Pledge], fresh_database: Database
) -> None:
    campaign, gift = sale
    won(fresh_database, campaign)

    def erase(session: Session) -> None:
        detach_donor(session, session.get_one(Pledge, gift.id))

    with fresh_database.writing() as session:
        erase(session)
    words = plain(browser.get(address(campaign, "/uitdelen"), headers=ENGLISH).text)
    assert "Somebody who had their data erased · Kaart" in words
    assert "Noor" not in words
    (choice,) = rows(fresh_database, RewardChoice)
    assert (choice.recipient, choice.street, choice.town) == ("", "", "")
