"""A draft that somebody begins with another's address: neither learns anything of the other."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.people import PersonFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.fixtures_site import BROWSER, Committing, SignIn
from tests.support.mailed_links import mailed_path
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import GUEST as GUEST_ACTOR
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import signin
from voorjebuurt.people.models import Person

IDEA = {"title": "Een bankje", "summary": "Om te zitten.", "email": "anna@voorbeeld.example"}
GUEST, REGISTERED = "Gast Gijs", "Anna Geregistreerd"


@pytest.fixture
def anna(committing: Committing) -> Person:
    with committing():
        NeighbourhoodFactory()
        person: Person = PersonFactory(email=IDEA["email"], name=REGISTERED)
    return person


@pytest.fixture
def page(client: FlaskClient, anna: Person) -> str:
    """The address of the desk of a draft that a guest began with Anna's address."""
    answer = client.post("/mijn/acties/nieuw", data={**IDEA, "name": GUEST})
    assert answer.status_code == 302
    match = re.match(r"/mijn/acties/[0-9a-f-]{36}", answer.location)
    assert match is not None
    return match[0]


def mailed_link(database: Database) -> str:
    """The secret link in the mail about the draft."""
    with database.writing() as session:
        statement = select(MailMessage).where(MailMessage.template == "campaign_draft")
        return mailed_path(session, session.scalars(statement).one())


@pytest.mark.parametrize(
    "step", ["idee", "plek", "begroting", "verhaal", "controleren", "voorbeeld"]
)
def test_a_guest_sees_what_they_typed_and_nothing_of_the_account(
    client: FlaskClient, page: str, step: str
) -> None:
    text = client.get(f"{page}/{step}").text
    assert REGISTERED not in text
    assert "Een bankje" in text or step in ("plek", "begroting", "verhaal")


def test_the_preview_has_the_name_of_who_began(client: FlaskClient, page: str) -> None:
    assert GUEST in client.get(f"{page}/voorbeeld").text


def test_nothing_of_the_draft_is_in_the_account(anna: Person, page: str, signed_in: SignIn) -> None:
    browser = signed_in(anna)
    for address in ("/", "/mijn/acties", "/mijn/acties/nieuw", page):
        text = browser.get(address).text
        assert "Een bankje" not in text, address
        assert GUEST not in text, address
    assert "Is dit plan van u?" in browser.get(page).text
    for step in ("idee", "controleren", "voorbeeld", "intrekken"):
        assert browser.get(f"{page}/{step}").status_code == 404
    assert browser.post(f"{page}/indienen").status_code == 404


def test_the_link_in_the_mail_makes_it_theirs(
    app: Flask, anna: Person, page: str, signed_in: SignIn, fresh_database: Database
) -> None:
    reader = app.test_client()
    reader.environ_base.update(BROWSER)
    assert reader.post(mailed_link(fresh_database)).location == page
    assert "Een bankje" in reader.get(page).text
    assert "Een bankje" in signed_in(anna).get("/mijn/acties").text
    preview = signed_in(anna).get(f"{page}/voorbeeld").text
    assert REGISTERED in preview
    assert GUEST not in preview


def test_who_began_it_is_out_when_it_is_theirs(
    app: Flask, client: FlaskClient, page: str, fresh_database: Database
) -> None:
    assert client.get(f"{page}/idee").status_code == 200
    reader = app.test_client()
    reader.environ_base.update(BROWSER)
    reader.post(mailed_link(fresh_database))
    for step in ("idee", "verhaal", "voorbeeld"):
        assert client.get(f"{page}/{step}").location.startswith("/inloggen")
    assert client.post(f"{page}/idee", data={**IDEA, "title": "Gekaapt"}).status_code in (302, 401)
    with fresh_database.reading() as session:
        assert session.scalars(select(Campaign.title)).one() == "Een bankje"


def test_so_does_saying_so_but_for_nobody_else(
    anna: Person, page: str, signed_in: SignIn, committing: Committing
) -> None:
    with committing():
        other = PersonFactory()
    assert signed_in(other).get(page).status_code == 404
    assert signed_in(other).post(f"{page}/van-mij").status_code == 404
    browser = signed_in(anna)
    for _ in range(2):
        assert browser.post(f"{page}/van-mij").location == page
    assert "Een bankje" in browser.get("/mijn/acties").text


def test_a_link_that_leads_elsewhere_claims_nothing(
    app: Flask, anna: Person, page: str, fresh_database: Database
) -> None:
    reader = app.test_client()
    reader.environ_base.update(BROWSER)
    reader.post("/inloggen", data={"email": anna.email})
    with fresh_database.writing() as session:
        statement = select(MailMessage).where(MailMessage.template == "sign_in")
        link = mailed_path(session, session.scalars(statement).one())
    assert reader.post(link).status_code == 302
    assert "Een bankje" not in reader.get("/mijn/acties").text
    with fresh_database.reading() as session:
        assert session.scalars(select(Campaign.guest_name)).one() == GUEST


def test_who_began_it_in_this_browser_and_signs_in_here_goes_on(
    app: Flask, committing: Committing, fresh_database: Database
) -> None:
    password = "een lang genoeg wachtwoord"
    with committing() as session:
        NeighbourhoodFactory()
        person = PersonFactory(email=IDEA["email"], name=REGISTERED)
        signin.set_password(
            session, person_id=person.id, password=password, current=None, actor=GUEST_ACTOR
        )
    browser = app.test_client()
    browser.environ_base.update(BROWSER)
    page = browser.post("/mijn/acties/nieuw", data={**IDEA, "name": GUEST}).location[
        : len("/mijn/acties/") + 36
    ]
    form = {"email": IDEA["email"], "password": password, "volgende": f"{page}/controleren"}
    assert browser.post("/inloggen/wachtwoord", data=form).location == f"{page}/controleren"
    assert browser.get(f"{page}/controleren").status_code == 200


def begun_by_guest(browser: FlaskClient) -> str:
    """A draft that a guest begins with an address that nobody signed in with before."""
    answer = browser.post("/mijn/acties/nieuw", data={**IDEA, "name": GUEST})
    return str(answer.location)[: len("/mijn/acties/") + 36]


def test_what_a_guest_is_called_is_not_the_name_of_who_reads_the_address(
    app: Flask, client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        NeighbourhoodFactory()
    page = begun_by_guest(client)
    reader = app.test_client()
    reader.environ_base.update(BROWSER)
    answer = reader.post(mailed_link(fresh_database))
    assert answer.location.startswith("/mijn/profiel"), "they are asked"
    assert GUEST not in reader.get(answer.location).text
    assert reader.post(answer.location, data={"name": "Anna", "locale": "nl"}).status_code == 302
    preview = reader.get(f"{page}/voorbeeld").text
    assert "Anna" in preview
    assert GUEST not in preview


def test_who_goes_on_in_the_same_browser_is_called_as_they_said(
    client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        NeighbourhoodFactory()
    page = begun_by_guest(client)
    assert client.post(mailed_link(fresh_database)).location == page
    with fresh_database.reading() as session:
        assert session.scalars(select(Person.name)).one() == GUEST
