"""Offering help on the screen, from the page to the calendar; and answering it."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.needs import NeedFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.gift_screens import Page, page_of, plain, rows
from tests.support.mailed_links import mailed_path
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person

ENGLISH = {"Accept-Language": "en"}
FORM = {"number": "2", "name": "Bram Bos", "email": "bram@voorbeeld.example", "message": "Graag!"}
NEED = {
    "kind": "hands",
    "title": "Helpen planten",
    "description": "Van 10 tot 12 uur.",
    "number": "8",
    "on_day": (clock.today() + timedelta(days=20)).isoformat(),
}


@pytest.fixture
def initiator(committing: Committing) -> Person:
    with committing():
        return PersonFactory(email="ini@voorbeeld.example", name="Ine Initiatief", locale="en")


@pytest.fixture
def campaign(committing: Committing, initiator: Person) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen op het plein", initiator=initiator)


@pytest.fixture
def need(committing: Committing, campaign: Campaign) -> Need:
    with committing():
        return NeedFactory(campaign=campaign, title="Helpen planten", number=3)


@pytest.fixture
def page(client: FlaskClient) -> Page:
    return page_of(client)


def form_address(campaign: Campaign, need: Need) -> str:
    return f"/acties/{campaign.slug}/help/{need.id}"


def link_of(database: Database, template: str) -> str:
    """Where the last mail of a kind leads."""
    with database.writing() as session:
        statement = select(MailMessage).where(MailMessage.template == template)
        message = session.scalars(statement.order_by(MailMessage.created_at.desc())).first()
        return mailed_path(session, certain(message))


@pytest.fixture
def link(client: FlaskClient, campaign: Campaign, need: Need, fresh_database: Database) -> str:
    """The mailed link of an offer that was made."""
    answer = client.post(form_address(campaign, need), data=FORM, headers=ENGLISH)
    assert answer.headers["Location"] == f"/acties/{campaign.slug}"
    return link_of(fresh_database, "need_offer_confirm")


def test_the_page_shows_a_meter_that_is_no_money(
    page: Page, campaign: Campaign, need: Need
) -> None:
    words = page(f"/acties/{campaign.slug}")
    assert "0 of 3 are there" in words
    assert "Offer this: Helpen planten" in words
    assert "not your email address" in page(form_address(campaign, need))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"number": ""}, "Enter a number."),
        ({"number": "4"}, "Enter a number from 1 up to 3"),
        ({"name": ""}, "Enter your name."),
        ({"email": "bram@"}, "Enter an email address"),
        ({"message": "x" * 501}, "Use at most 500."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    client: FlaskClient,
    campaign: Campaign,
    need: Need,
    fresh_database: Database,
    changes: dict[str, str],
    error: str,
) -> None:
    data = {**FORM, **changes}
    answer = client.post(form_address(campaign, need), data=data, headers=ENGLISH)
    assert answer.status_code == 200
    assert error in plain(answer.text)
    assert data["message"] in answer.text
    assert rows(fresh_database, NeedOffer) == []


def test_from_the_mail_to_the_calendar(
    client: FlaskClient,
    signed_in: SignIn,
    initiator: Person,
    campaign: Campaign,
    need: Need,
    link: str,
    page: Page,
    fresh_database: Database,
) -> None:
    desk = signed_in(initiator)
    offers_page = f"/mijn/acties/{campaign.id}/hulp/aanbod"
    assert "Nobody has offered help yet." in plain(desk.get(offers_page).text)
    assert "Send your offer?" in page(link)
    client.post(link, headers=ENGLISH)
    assert "As soon as they answer, we’ll email you." in page(link)
    words = plain(desk.get(offers_page).text)
    assert "Bram Bos · 2 × Helpen planten" in words
    assert "bram@voorbeeld.example" not in words
    (offer,) = rows(fresh_database, NeedOffer)
    answer_page = f"{offers_page}/{offer.id}/antwoord"
    assert "Choose an answer." in plain(desk.post(answer_page, data={"answer": ""}).text)
    desk.post(answer_page, data={"answer": "accept", "text": "Tot dan."})
    assert "bram@voorbeeld.example" in plain(desk.get(offers_page).text)
    newest = link_of(fresh_database, "need_offer_accepted")
    words = page(newest)
    assert "Your help is welcome" in words
    assert "ini@voorbeeld.example" in words
    assert client.get(link).status_code == 404, "the older link no longer works"
    calendar = client.get(f"{newest}/agenda.ics")
    assert calendar.headers["Content-Type"] == "text/calendar; charset=utf-8"
    day = certain(need.on_day)
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n" in calendar.text
    assert "SUMMARY:Helpen planten · Bomen op het plein\r\n" in calendar.text
    assert "2 of 3 are there" in page(f"/acties/{campaign.slug}")
    hours = f"{offers_page}/{offer.id}/uren"
    assert "Enter whole hours" in plain(desk.post(hours, data={"hours": "501"}).text)
    desk.post(hours, data={"hours": "4"})
    assert "4 hours given" in page(f"/acties/{campaign.slug}")


def test_an_offer_is_taken_back_with_one_press(
    client: FlaskClient, link: str, fresh_database: Database
) -> None:
    assert client.post(f"{link}/intrekken").status_code == 302
    assert rows(fresh_database, NeedOffer) == []
    assert client.post(f"{link}/intrekken").status_code == 404
    assert client.get(f"{link}/agenda.ics").status_code == 404


def test_what_is_not_asked_for_has_no_form(
    committing: Committing, client: FlaskClient, campaign: Campaign
) -> None:
    with committing():
        no_longer = NeedFactory(campaign=campaign, stopped_at=clock.now())
        strange = NeedFactory()
        over = NeedFactory(campaign=CampaignFactory(status="failed"))
    for each in (no_longer, strange, over):
        assert client.get(form_address(campaign, each)).status_code == 404


@pytest.mark.parametrize("status", ["draft", "live", "succeeded"])
def test_an_initiator_asks_for_help(
    committing: Committing,
    signed_in: SignIn,
    initiator: Person,
    fresh_database: Database,
    status: str,
) -> None:
    with committing():
        own = CampaignFactory(status=status, initiator=initiator)
    desk, address = signed_in(initiator), f"/mijn/acties/{own.id}/hulp"
    assert "Enter what you need." in plain(desk.post(address, data={**NEED, "title": ""}).text)
    late = {**NEED, "on_day": (clock.today() - timedelta(days=1)).isoformat()}
    assert "Choose a day that is not over." in plain(desk.post(address, data=late).text)
    assert desk.post(address, data=NEED).headers["Location"] == address
    (row,) = rows(fresh_database, Need)
    assert (row.title, row.number, row.kind) == ("Helpen planten", 8, "hands")
    for _ in range(2):
        desk.post(f"{address}/{row.id}/verwijder")
        desk.post(f"{address}/{row.id}/stop")
    needs = rows(fresh_database, Need)
    assert [each.stopped_by for each in needs] == ([] if status == "draft" else [initiator.id])


def test_staff_take_a_question_for_help_off_the_page(
    committing: Committing, client: FlaskClient, signed_in: SignIn, campaign: Campaign, need: Need
) -> None:
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
    desk, address = signed_in(anna), f"/beheer/acties/{campaign.id}/hulp"
    desk.post(address, data={"need": str(need.id), "reason": ""})
    assert "Helpen planten" in client.get(f"/acties/{campaign.slug}").text
    desk.post(address, data={"need": str(need.id), "reason": "Dit mag niet."})
    assert not re.search("Helpen planten", client.get(f"/acties/{campaign.slug}").text)
