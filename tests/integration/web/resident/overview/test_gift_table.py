"""All gifts a page at a time, and as a table that runs nothing."""

import csv
import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.rewards import RewardFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.gift_screens import plain
from tests.support.giving import paid
from tests.support.rewards import wish_for
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person

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
        return CampaignFactory(status="live", initiator=initiator)


def table(browser: FlaskClient, campaign: Campaign) -> list[list[str]]:
    answer = browser.get(f"/mijn/acties/{campaign.id}/giften.csv", headers=ENGLISH)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_table_has_each_gift_as_its_donor_allows(
    committing: Committing, browser: FlaskClient, campaign: Campaign
) -> None:
    with committing() as session:
        reward = RewardFactory(campaign=campaign, title="Pot honing", min_cents=1_000)
        gift, _ = paid(session, campaign, reward=wish_for(reward), message="Succes!")
        PledgeFactory(
            campaign=campaign,
            name="Ali",
            name_public=False,
            status="refunded",
            refund_reason="donor",
            amount_cents=1_205,
        )
    head, *rows = table(browser, campaign)
    assert head[:4] == ["Gift", "Day", "Name", "Gift in euros"]
    assert [row[2:] for row in rows] == [
        ["Noor Visser", "50,00", "Yes", "Received", "Pot honing", "Succes!", "", ""],
        ["", "12,05", "No", "Paid back", "", "", "", ""],
    ]
    assert rows[0][0] == str(gift.id)[-12:].upper()
    assert "voorbeeld.example" not in str(rows)


@pytest.mark.parametrize("hostile", ["=1+1", "+cmd", "@SUM(A1)", "-2", " =HYPERLINK(1)"])
def test_nothing_in_it_is_computed(
    committing: Committing, browser: FlaskClient, campaign: Campaign, hostile: str
) -> None:
    with committing():
        PledgeFactory(campaign=campaign, name=hostile, message=hostile)
    _, row = table(browser, campaign)
    assert row[2].startswith("'")
    assert row[7].startswith("'")


def test_each_time_that_it_is_taken_is_written_down(
    committing: Committing, browser: FlaskClient, campaign: Campaign
) -> None:
    for _ in range(2):
        table(browser, campaign)
    with committing() as session:
        number = select(func.count()).where(AuditEvent.action == "campaign.gifts_downloaded")
        assert session.scalar(number) == 2


def test_a_long_list_comes_in_pages(
    committing: Committing, browser: FlaskClient, campaign: Campaign
) -> None:
    with committing():
        for number in range(51):
            PledgeFactory(
                campaign=campaign,
                name=f"Gever nr {number}.",
                booked_at=clock.now() - timedelta(minutes=number),
            )
    address = f"/mijn/acties/{campaign.id}/giften"
    first = plain(browser.get(address, headers=ENGLISH).text)
    second = plain(browser.get(f"{address}?pagina=2", headers=ENGLISH).text)
    assert "Gever nr 49." in first
    assert "Gever nr 50." not in first
    assert "Gever nr 50." in second
    assert "Gever nr 49." not in second
    beyond = plain(browser.get(f"{address}?pagina=9", headers=ENGLISH).text)
    assert "There are no more gifts." in beyond


def test_without_gifts_it_says_so(browser: FlaskClient, campaign: Campaign) -> None:
    words = plain(browser.get(f"/mijn/acties/{campaign.id}/giften", headers=ENGLISH).text)
    assert "There is no gift yet." in words
