"""The pages of signing in, as a browser without JavaScript meets them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from voorjebuurt.app import create_app
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.people import roles, service, signin
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings

PASSWORD = "vier bomen op het plein"
NOBODY = "niemand@voorbeeld.example"


@pytest.fixture
def anna(committing: Committing) -> Person:
    """Somebody with a password."""
    with committing() as session:
        person = PersonFactory(name="Anna Bakker", email="anna@voorbeeld.example")
        signin.set_password(
            session, person_id=person.id, password=PASSWORD, current=None, actor=SYSTEM
        )
    return person


MailedPath = Callable[..., str]


@pytest.fixture
def mailed_path(client: FlaskClient, fresh_database: Database, settings: Settings) -> MailedPath:
    """Asks for a link on the page, and takes it out of the practice mailbox."""

    def ask(email: str, **form: Any) -> str:
        client.post("/inloggen", data={"email": email, **form})
        run_jobs(fresh_database, settings)
        mail = certain(re.search(r'href="(/postbus/[0-9a-f-]+)"', client.get("/postbus").text))[1]
        return certain(re.search(r"(/inloggen/[\w-]{43})", client.get(mail).text))[1]

    return ask


def test_somebody_new_signs_in_with_a_link_and_says_their_name(
    client: FlaskClient, mailed_path: MailedPath
) -> None:
    path = mailed_path("iris@voorbeeld.example", volgende="/mijn/wachtwoord")
    assert "iris@voorbeeld.example" in client.get(path).text
    answer = client.post(path)
    assert answer.location == "/mijn/profiel?volgende=/mijn/wachtwoord"
    profile = client.get(answer.location)
    assert "Welkom" in profile.text
    assert 'value="/mijn/wachtwoord"' in profile.text
    reply = client.post(
        "/mijn/profiel", data={"name": "Iris", "locale": "nl", "volgende": "/mijn/wachtwoord"}
    )
    assert reply.location == "/mijn/wachtwoord"
    assert "Iris" in client.get("/mijn/profiel").text


def test_a_mail_scanner_does_not_use_up_the_link(
    client: FlaskClient, mailed_path: MailedPath
) -> None:
    path = mailed_path("iris@voorbeeld.example")
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert client.post(path).status_code == 302


def test_a_used_or_expired_link_leads_to_a_new_one(
    client: FlaskClient, mailed_path: MailedPath
) -> None:
    path = mailed_path("iris@voorbeeld.example")
    client.post(path)
    client.post("/uitloggen")
    for answer in (client.get(path), client.post(path), client.get("/inloggen/" + "x" * 43)):
        assert answer.status_code == 404
        assert 'href="/inloggen"' in answer.text


def test_the_answer_is_the_same_for_known_and_unknown_addresses(
    client: FlaskClient, app: Flask, anna: Person
) -> None:
    def answer(email: str, browser: FlaskClient) -> tuple[int, str, str]:
        reply = browser.post("/inloggen", data={"email": email})
        page = browser.get(reply.location)
        return reply.status_code, reply.location, page.text.replace(email, "")

    assert answer(anna.email, client) == answer(NOBODY, app.test_client())


def test_a_wrong_password_and_an_unknown_address_look_the_same(
    client: FlaskClient, app: Flask, anna: Person
) -> None:
    def answer(email: str, browser: FlaskClient) -> tuple[int, str]:
        page = browser.post(
            "/inloggen/wachtwoord", data={"email": email, "password": "niet het goede"}
        )
        token = re.compile(r'name="csrf_token" value="[^"]+"')
        return page.status_code, token.sub("", page.text.replace(email, ""))

    ours, theirs = answer(anna.email, client), answer(NOBODY, app.test_client())
    assert ours == theirs
    assert "horen niet bij elkaar" in ours[1]


def test_a_password_signs_in_and_keeps_what_was_typed_when_it_does_not(
    client: FlaskClient, anna: Person
) -> None:
    form = {"email": anna.email, "password": "fout", "volgende": "/mijn/profiel"}
    reply = client.post("/inloggen/wachtwoord", data=form)
    assert f'value="{anna.email}"' in reply.text
    assert "fout" not in reply.text.replace("fout:", "").replace("Fout:", "")
    answer = client.post("/inloggen/wachtwoord", data={**form, "password": PASSWORD})
    assert answer.location == "/mijn/profiel"
    assert "Anna Bakker" in client.get("/mijn/profiel").text


@pytest.mark.parametrize(
    "elsewhere",
    ["https://kwaad.example/", "//kwaad.example", "/\\kwaad.example", "javascript:alert(1)", ""],
)
def test_nobody_is_led_to_another_site(client: FlaskClient, anna: Person, elsewhere: str) -> None:
    form = {"email": anna.email, "password": PASSWORD, "volgende": elsewhere}
    assert client.post("/inloggen/wachtwoord", data=form).location == "/"


def test_a_page_for_members_asks_to_sign_in_and_comes_back(
    client: FlaskClient, anna: Person
) -> None:
    reply = client.get("/mijn/wachtwoord?a=1&b=2")
    assert reply.status_code == 302
    page = client.get(reply.location)
    target = certain(re.search(r'name="volgende" type="hidden" value="([^"]*)"', page.text))[1]
    assert target == "/mijn/wachtwoord?a=1&amp;b=2"


def test_signing_in_throws_away_what_the_browser_had_before(
    client: FlaskClient, anna: Person
) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["csrf_token"] = "known to somebody else"
    client.post("/inloggen/wachtwoord", data={"email": anna.email, "password": PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != "known to somebody else"


def test_signing_out_takes_a_post(client: FlaskClient, signed_in: SignIn, anna: Person) -> None:
    browser = signed_in(anna)
    assert browser.get("/uitloggen").status_code == 405
    assert browser.get("/mijn/profiel").status_code == 200
    browser.post("/uitloggen")
    assert browser.get("/mijn/profiel").status_code == 302


def test_signing_out_everywhere_ends_other_browsers(signed_in: SignIn, anna: Person) -> None:
    phone, laptop = signed_in(anna), signed_in(anna)
    phone.post("/mijn/overal-uitloggen")
    assert laptop.get("/mijn/profiel").status_code == 302


def test_a_new_password_keeps_this_browser_and_ends_others(signed_in: SignIn, anna: Person) -> None:
    phone, laptop = signed_in(anna), signed_in(anna)
    form = {"current": PASSWORD, "password": "een heel nieuw woord"}
    assert phone.post("/mijn/wachtwoord", data=form).status_code == 302
    assert phone.get("/mijn/profiel").status_code == 200
    assert laptop.get("/mijn/profiel").status_code == 302


def test_a_stolen_cookie_does_not_work_in_another_browser(signed_in: SignIn, anna: Person) -> None:
    browser = signed_in(anna)
    browser.environ_base["HTTP_USER_AGENT"] = "another"
    assert browser.get("/mijn/profiel").status_code == 302


def test_a_blocked_person_is_out_at_once(
    signed_in: SignIn, committing: Committing, anna: Person
) -> None:
    browser = signed_in(anna)
    with committing() as session:
        service.block_person(session, person_id=anna.id, reason="x", actor=SYSTEM)
    assert browser.get("/mijn/profiel").status_code == 302


def test_a_blocked_person_reads_why_a_link_does_not_sign_in(
    client: FlaskClient, committing: Committing, mailed_path: MailedPath
) -> None:
    path = mailed_path("iris@voorbeeld.example")
    with committing():
        PersonFactory(email="iris@voorbeeld.example", blocked_at=clock.now())
    answer = client.post(path)
    assert "Dit account is geblokkeerd" in answer.text


def test_a_role_taken_away_is_gone_at_the_next_request(
    signed_in: SignIn, committing: Committing, anna: Person, app: Flask
) -> None:
    with committing() as session:
        grant = RoleGrantFactory(person_id=anna.id, role="staff")
    browser = signed_in(anna)
    page = browser.get("/mijn/profiel").text
    with committing() as session:
        roles.revoke_role(session, grant_id=grant.id, actor=SYSTEM)
    assert ("/beheer" in page) == ("staff.show_desk" in app.view_functions)
    assert "/beheer" not in browser.get("/mijn/profiel").text


def test_forms_without_a_token_are_refused(
    settings: Settings, fresh_database: Database, anna: Person
) -> None:
    app = create_app(settings, fresh_database)
    browser = app.test_client()
    form = {"email": anna.email, "password": PASSWORD}
    assert browser.post("/inloggen/wachtwoord", data=form).status_code == 400
    assert browser.post("/uitloggen").status_code == 400
    page = browser.get("/inloggen/wachtwoord").text
    token = certain(re.search(r'name="csrf_token" value="([^"]+)"', page))[1]
    answer = browser.post("/inloggen/wachtwoord", data={**form, "csrf_token": token})
    assert answer.status_code == 302


def test_too_many_attempts_on_one_address_are_stopped_and_forgotten(
    client: FlaskClient, anna: Person
) -> None:
    form = {"email": anna.email, "password": "fout"}
    answers = [client.post("/inloggen/wachtwoord", data=form).status_code for _ in range(9)]
    assert answers == [200] * 8 + [429]
    variant = {"email": f" {anna.email.upper()} ", "password": PASSWORD}
    reply = client.post("/inloggen/wachtwoord", data=variant)
    assert reply.status_code == 429
    assert "te snel" in reply.text
    other = {"email": "bram@voorbeeld.example", "password": "fout"}
    assert client.post("/inloggen/wachtwoord", data=other).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert client.post("/inloggen/wachtwoord", data=variant).status_code == 302


def test_too_many_links_for_one_address_are_stopped(client: FlaskClient) -> None:
    form = {"email": NOBODY}
    answers = [client.post("/inloggen", data=form).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_one_network_address_does_not_ask_for_links_without_end(client: FlaskClient) -> None:
    answers = {
        client.post("/inloggen", data={"email": f"n{number}@voorbeeld.example"}).status_code
        for number in range(240)
    }
    assert answers == {302}
    assert client.post("/inloggen", data={"email": NOBODY}).status_code == 429
