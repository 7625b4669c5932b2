"""Choosing a reward with a gift: optional, honest about what is left, and never sold twice."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.rewards import RewardFactory
from tests.support.fixtures_site import Committing
from tests.support.gift_screens import Page, SendForm, form_of, page_of, pay, plain, rows
from tests.support.giving import attempt, paid, pledge, tell
from tests.support.rewards import wish_for
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.models import RewardChoice

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen op het plein")


@pytest.fixture
def honey(committing: Committing, campaign: Campaign) -> Reward:
    with committing():
        return RewardFactory(campaign=campaign, title="Pot honing", stock=1, min_cents=1000)


@pytest.fixture
def card(committing: Committing, campaign: Campaign) -> Reward:
    with committing():
        return RewardFactory(
            campaign=campaign, title="Kaart", stock=None, min_cents=500, delivery="post"
        )


@pytest.fixture
def form(client: FlaskClient, campaign: Campaign) -> SendForm:
    return form_of(client, campaign)


@pytest.fixture
def page(client: FlaskClient) -> Page:
    return page_of(client)


def choose(reward: Reward) -> dict[str, str]:
    return {"reward": str(reward.id)}


ADDRESS = {
    "reward_street": "Rozenplein 12",
    "reward_postcode": "1234ab",
    "reward_town": "Bloemendam",
}


def test_the_page_tells_what_there_is_and_how_many_are_left(
    page: Page, campaign: Campaign, honey: Reward, card: Reward
) -> None:
    words = page(f"/acties/{campaign.slug}")
    for part in ("Pot honing", "€10", "One of 1 is left.", "By post", "Rozenplein 1"):
        assert part in words
    form_words = page(f"/acties/{campaign.slug}/geef?beloning={honey.id}")
    assert "Pot honing, for a gift from €10" in form_words


def test_no_reward_is_first_and_chosen_beforehand(
    client: FlaskClient, campaign: Campaign, honey: Reward
) -> None:
    html = client.get(f"/acties/{campaign.slug}/geef", headers=ENGLISH).text
    assert html.index('value="none"') < html.index(f'value="{honey.id}"')
    radio = next(tag for tag in re.findall("<input[^>]*>", html) if 'value="none"' in tag)
    assert "checked" in radio


def test_a_campaign_without_rewards_asks_nothing_about_them(
    client: FlaskClient, campaign: Campaign, form: SendForm, fresh_database: Database
) -> None:
    assert 'name="reward"' not in client.get(f"/acties/{campaign.slug}/geef").text
    assert form(reward="none").status_code == 302
    assert rows(fresh_database, RewardChoice) == []


def test_a_gift_without_a_reward_is_as_it_was(
    form: SendForm, honey: Reward, fresh_database: Database
) -> None:
    assert form().status_code == 302
    assert rows(fresh_database, RewardChoice) == []


def test_from_the_form_to_the_gift_page(
    form: SendForm, page: Page, honey: Reward, fresh_database: Database
) -> None:
    gift = form(**choose(honey)).headers["Location"]
    words = page(gift)
    assert "Pot honing" in words
    assert "we keep it for you for 20 minutes" in words
    (choice,) = rows(fresh_database, RewardChoice)
    assert (choice.state, choice.recipient, choice.street) == ("wish", "Noor Visser", "")


def test_an_address_is_asked_for_what_is_sent_and_nothing_typed_is_lost(
    form: SendForm, card: Reward, fresh_database: Database
) -> None:
    answer = form(**choose(card), reward_town="Bloemendam")
    words = plain(answer.text)
    assert answer.status_code == 200
    assert "Enter the street and number to send it to." in words
    assert 'value="Bloemendam"' in answer.text
    assert 'value="12,50"' in answer.text
    gift = form(**choose(card), **ADDRESS).headers["Location"]
    assert gift.startswith("/giften/")
    (choice,) = rows(fresh_database, RewardChoice)
    assert (choice.street, choice.postcode, choice.town) == (
        "Rozenplein 12",
        "1234 AB",
        "Bloemendam",
    )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"other": "9,99"}, "This reward is for gifts from €10."),
        ({"name": "", "name_public": "no"}, "Enter your name: the initiators need it"),
    ],
)
def test_what_does_not_go_together_is_told_at_its_field(
    form: SendForm,
    honey: Reward,
    fresh_database: Database,
    changes: dict[str, str],
    error: str,
) -> None:
    answer = form(**choose(honey), **changes)
    assert answer.status_code == 200
    assert error in plain(answer.text)
    assert rows(fresh_database, Pledge) == []


@pytest.mark.parametrize("value", ["x", "0190a6f8-0000-7000-8000-000000000000", "1" * 400])
def test_a_reward_that_is_none_is_refused_at_its_field(
    form: SendForm, honey: Reward, value: str
) -> None:
    answer = form(reward=value)
    assert answer.status_code == 200
    assert "This reward is gone. Choose another one, or none." in plain(answer.text)


def test_who_pays_too_late_is_told_before_paying_and_can_choose_again(
    client: FlaskClient,
    campaign: Campaign,
    form: SendForm,
    page: Page,
    honey: Reward,
    fresh_database: Database,
) -> None:
    gift = form(**choose(honey)).headers["Location"]
    with fresh_database.writing() as session:
        other = pledge(session, campaign, email="bram@voorbeeld.example", reward=wish_for(honey))
        attempt(session, other)
    answer = pay(client, gift)
    assert answer.headers["Location"] == gift
    words = page(gift)
    assert "Your reward is gone. Nothing was paid." in words
    assert "Choose another reward, or none, before you pay." in words
    address = f"/acties/{campaign.slug}/geef?gift={gift.rpartition('/')[2]}"
    assert 'name="reward"' in client.get(address).text
    answer = form_of(client, campaign)(reward="none")
    assert answer.status_code == 302


def late_gift(session: Session, campaign: Campaign, reward: Reward) -> str:
    """A gift that was paid after the last one had gone to somebody else; its address."""
    slow = pledge(session, campaign, reward=wish_for(reward))
    payment = attempt(session, slow)
    with clock.at(clock.now() + timedelta(minutes=30)):
        quick = pledge(session, campaign, email="bram@voorbeeld.example", reward=wish_for(reward))
        for each in (attempt(session, quick), payment):
            tell(session, each)
            book_payment(session, payment_id=each.id)
    return f"/giften/{slow.token}"


def test_who_paid_after_the_last_one_was_gone_is_told_and_takes_the_gift_back(
    client: FlaskClient, campaign: Campaign, page: Page, honey: Reward, fresh_database: Database
) -> None:
    with fresh_database.writing() as session:
        gift = late_gift(session, campaign, honey)
    words = page(gift)
    assert "Pot honing ’ was gone" in words
    assert "Your gift counts, without a reward." in words
    assert f'href="{gift}/terugnemen"' in client.get(gift).text
    words = page(f"{gift}/terugnemen")
    assert "We’ll send €52 back" in words
    assert "You then no longer have your reward" not in words
    for _ in range(2):
        answer = client.post(f"{gift}/terugnemen", headers=ENGLISH)
        assert answer.headers["Location"] == gift
    assert "is on its way to you" in page(gift)
    (row,) = [row for row in rows(fresh_database, Pledge) if gift.endswith(row.token)]
    assert (row.status, row.refund_reason) == ("refunding", "donor_choice")


def test_who_takes_a_gift_back_is_told_that_the_reward_goes_and_it_does(
    client: FlaskClient,
    campaign: Campaign,
    page: Page,
    honey: Reward,
    fresh_database: Database,
) -> None:
    with fresh_database.writing() as session:
        gift, _ = paid(session, campaign, reward=wish_for(honey))
        address = f"/giften/{gift.token}"
    assert "You then no longer have your reward, ‘ Pot honing ’." in page(f"{address}/terugnemen")
    assert client.post(f"{address}/terugnemen").headers["Location"] == address
    (choice,) = rows(fresh_database, RewardChoice)
    assert choice.state == "release"
    assert "Your reward" not in page(address)
    assert "One of 1 is left." in page(f"/acties/{campaign.slug}")


@pytest.mark.parametrize("what", ["chosen", "typed", "wrong"])
def test_the_rewards_are_folded_until_there_is_something_to_see(
    client: FlaskClient, campaign: Campaign, form: SendForm, honey: Reward, card: Reward, what: str
) -> None:
    fold = '<details class="vjb-more vjb-reward" id="rewards">'
    address = f"/acties/{campaign.slug}/geef"
    assert fold in client.get(address).text
    html = {
        "chosen": lambda: client.get(f"{address}?beloning={honey.id}"),
        "typed": lambda: form(reward="none", reward_town="Bloemendam", consent=""),
        "wrong": lambda: form(reward="x"),
    }[what]().text
    assert fold not in html
    assert fold.replace(">", " open>") in html
