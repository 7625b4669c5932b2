"""Who is blocked learns it before they type, keeps what they typed, and reads whom to ask."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.mailed_links import mailed_path
from voorjebuurt.kernel.actor import GUEST, SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import signin
from voorjebuurt.people.models import Person
from voorjebuurt.people.service import block_person, unblock_person

STORY = "Wij willen een moestuin, met bakken op hoogte."
NOTICE = "Uw account is geblokkeerd. U bent uitgelogd"


@pytest.fixture
def noor(committing: Committing) -> Person:
    with committing():
        return PersonFactory(email="noor@voorbeeld.example")


def block(committing: Committing, person: Person) -> None:
    with committing() as session:
        block_person(session, person_id=person.id, reason="Nep.", actor=SYSTEM)


@pytest.mark.parametrize("path", ["/", "/mijn/acties/nieuw", "/inloggen"])
def test_the_first_page_says_so_and_whom_to_ask(
    noor: Person, signed_in: SignIn, committing: Committing, client: FlaskClient, path: str
) -> None:
    browser = signed_in(noor)
    assert NOTICE not in browser.get("/").text
    block(committing, noor)
    page = browser.get(path).text
    assert NOTICE in page
    assert re.search(r'href="/contact">Vraag ons waarom', page)
    assert NOTICE not in client.get(path).text, "others are told nothing"
    with committing() as session:
        unblock_person(session, person_id=noor.id, reason="Toch echt.", actor=SYSTEM)
    assert NOTICE not in browser.get(path).text


def test_who_was_typing_keeps_the_words(
    app: Flask, noor: Person, signed_in: SignIn, committing: Committing
) -> None:
    with committing():
        draft = CampaignFactory(status="draft", initiator=None, initiator_id=noor.id)
    browser, path = signed_in(noor), f"/mijn/acties/{draft.id}/verhaal"
    assert browser.get(path).status_code == 200
    block(committing, noor)
    origin = {"Origin": "http://localhost"}
    answer = browser.post(path, data={"story": STORY, "worse_off": "Niemand."}, headers=origin)
    assert answer.status_code == 401
    assert "Uw account is geblokkeerd terwijl u typte." in answer.text
    assert STORY in answer.text
    assert "U bent niet meer ingelogd." not in answer.text


def test_a_link_to_sign_in_says_so_before_it_is_pressed(
    noor: Person, client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    block(committing, noor)
    with fresh_database.writing() as session:
        signin.request_link(session, email=noor.email, next_path=None, locale="nl", actor=GUEST)
        session.flush()
        statement = select(MailMessage).where(MailMessage.template == "sign_in")
        path = mailed_path(session, session.scalars(statement).one())
    for page in (client.get(path).text, client.post(path).text):
        assert page.count("Dit account is geblokkeerd.") == 1
        assert "Vraag ons via de contactpagina waarom." in page
