"""Reporting abuse on the screens: anybody reports, staff decide, and both sides read of it."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from tests.support.pages import words
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings

NL = {"Accept-Language": "nl"}
NOOR = "noor@voorbeeld.example"
TEXT, REASON, ANSWER = "Dit is een oude foto.", "De foto is niet van hier.", "U had gelijk."
FORM = {"reason": "fraud", "text": TEXT, "email": NOOR}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen", initiator=PersonFactory())


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing():
        person = PersonFactory()
        RoleGrantFactory(person_id=person.id, role="staff")
    return signed_in(person)


def send(client: FlaskClient, campaign: Campaign, **form: str) -> TestResponse:
    return client.post(
        f"/misbruik/actie/{campaign.id}", data=FORM | form, headers=NL, follow_redirects=True
    )


def path_of_report(database: Database) -> str:
    with database.reading() as session:
        return f"/beheer/misbruik/{session.scalars(select(AbuseReport.id)).one()}"


def link_in(database: Database, settings: Settings, template: str) -> str:
    run_jobs(database, settings)
    with database.reading() as session:
        mail = session.scalars(select(MailMessage).where(MailMessage.template == template)).one()
    return str(re.findall(r"/misbruik/melding/[^\s\"]+", mail.text or "")[0])


def test_from_a_report_to_what_both_sides_read(
    client: FlaskClient,
    campaign: Campaign,
    staff: FlaskClient,
    fresh_database: Database,
    settings: Settings,
) -> None:
    page = client.get(f"/acties/{campaign.slug}", headers=NL)
    assert f"/misbruik/actie/{campaign.id}" in page.text
    assert "Wij kijken naar uw melding" in words(send(client, campaign))
    link = link_in(fresh_database, settings, "abuse_report_confirm")
    assert "Is dit uw adres?" in words(client.get(link, headers=NL))
    client.post(link)
    path = path_of_report(fresh_database)
    assert "Bomen" in words(staff.get("/beheer/misbruik", headers=NL))
    page_of_staff = staff.get(path, headers=NL)
    assert TEXT in words(page_of_staff)
    assert NOOR not in page_of_staff.text
    staff.post(f"{path}/nemen")
    staff.post(f"{path}/vraag", data={"question": "Waar is hij van?"})
    link_to_answer = link_in(fresh_database, settings, "abuse_report_asked")
    assert "Waar is hij van?" in words(client.get(link_to_answer, headers=NL))
    client.post(f"{link_to_answer}/antwoord", data={"reply": "Van Arnhem."})
    assert "Van Arnhem." in words(staff.get(path, headers=NL))
    form = {"measure": "pause", "statement": REASON, "answer": ANSWER}
    reply = staff.post(f"{path}/besluit", data=form, headers=NL, follow_redirects=True)
    assert "Over de melding is besloten." in words(reply)
    for address in (link, link_to_answer):
        page_words = words(client.get(address, headers=NL))
        assert ANSWER in page_words
        assert REASON not in page_words
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        initiator = session.get_one(Person, campaign.initiator_id).email
        mails = session.scalars(select(MailMessage).where(MailMessage.recipient == initiator))
        texts = [mail.text or "" for mail in mails]
    assert any(REASON in text for text in texts)
    assert not any(NOOR in text or TEXT in text for text in texts)


def test_without_an_address_it_is_heard_too(
    client: FlaskClient, campaign: Campaign, staff: FlaskClient, fresh_database: Database
) -> None:
    assert "Wij kijken naar uw melding" in words(send(client, campaign, email=""))
    page = words(staff.get(path_of_report(fresh_database), headers=NL))
    assert TEXT in page
    assert "Vraag het aan wie het meldde" not in page


def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, campaign: Campaign
) -> None:
    for form, says in (
        ({"text": ""}, "Schrijf op wat er mis is."),
        ({"reason": ""}, "Kies wat er mis is."),
        ({"reason": "nonsense"}, "Kies opnieuw"),
        ({"email": "noor@"}, "Vul een e-mailadres in"),
        ({"text": "x" * 2_001}, "2.000"),
    ):
        page = send(client, campaign, **form)
        assert says in words(page), form
        if "text" not in form:
            assert TEXT in page.text


def test_a_double_click_is_one_report(
    client: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    for _ in range(2):
        send(client, campaign)
    path_of_report(fresh_database)


def test_a_message_with_a_gift_is_reported_and_hidden(
    client: FlaskClient,
    committing: Committing,
    campaign: Campaign,
    staff: FlaskClient,
    fresh_database: Database,
) -> None:
    with committing():
        gift = PledgeFactory(campaign=campaign, message="Weg met haar.")
    address = f"/misbruik/bericht/{gift.id}"
    assert address in client.get(f"/acties/{campaign.slug}").text
    client.post(address, data=FORM | {"email": ""})
    path = path_of_report(fresh_database)
    form = {"measure": "hide", "statement": REASON, "answer": ANSWER}
    staff.post(f"{path}/besluit", data=form)
    assert "Weg met haar." not in words(client.get(f"/acties/{campaign.slug}"))
    assert client.get(address).status_code == 404


def test_giving_is_stopped_by_one_press_and_decided_later(
    client: FlaskClient, campaign: Campaign, staff: FlaskClient, fresh_database: Database
) -> None:
    send(client, campaign)
    path = path_of_report(fresh_database)
    reply = staff.post(f"{path}/stilzetten", headers=NL, follow_redirects=True)
    assert "Geven is gestopt." in words(reply)
    assert "Zet geven meteen stil" not in words(reply)
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign.id).pledges_stopped_at is not None


def test_what_is_missing_in_a_decision_is_told_and_what_was_typed_stays(
    client: FlaskClient, campaign: Campaign, staff: FlaskClient, fresh_database: Database
) -> None:
    send(client, campaign)
    path = f"{path_of_report(fresh_database)}/besluit"
    form = {"measure": "pause", "statement": "", "answer": ANSWER}
    page = staff.post(path, data=form, headers=NL)
    assert "Geef een reden." in words(page)
    assert ANSWER in page.text
    page = staff.post(path, data={"measure": "hide", "answer": ANSWER}, headers=NL)
    assert "Kies opnieuw" in words(page)


def test_who_runs_the_campaign_and_who_is_not_of_staff_see_no_report(
    client: FlaskClient,
    committing: Committing,
    campaign: Campaign,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    send(client, campaign)
    path = path_of_report(fresh_database)
    assert client.get(path).status_code == 302
    with committing():
        RoleGrantFactory(person_id=campaign.initiator_id, role="staff")
        auditor = PersonFactory()
        RoleGrantFactory(person_id=auditor.id, role="auditor")
    assert signed_in(auditor).get(path).status_code == 403
    with fresh_database.reading() as session:
        initiator = session.get_one(Person, campaign.initiator_id)
        session.expunge(initiator)
    own = signed_in(initiator)
    assert own.get(path).status_code == 404
    assert "Bomen" not in words(own.get("/beheer/misbruik"))


def test_a_link_of_nothing_says_so(client: FlaskClient) -> None:
    link = f"/misbruik/melding/{'x' * 43}"
    for reply in (
        client.get(link, headers=NL),
        client.post(link, headers=NL),
        client.post(f"{link}/antwoord", data={"reply": "Hallo"}, headers=NL),
    ):
        assert reply.status_code == 404
        assert "Deze link werkt niet" in reply.text
