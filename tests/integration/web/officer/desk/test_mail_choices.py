"""An officer chooses on the site which mails to get, and in a mail to get them no more."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.officer_mails.bundles import mail_officer, waiting_in
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import cadences_of
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.subscriptions import unsubscribe_path
from voorjebuurt.settings import Settings

MAILS = "/gemeente/mails"
USUAL = {
    "application": "daily",
    "completion": "daily",
    "plan": "daily",
    "proposal": "at_once",
    "objection": "daily",
    "views": "daily",
    "term": "at_once",
}


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in)


def shown(client: FlaskClient) -> dict[str, str]:
    """The choices that are ticked on the page."""
    inputs = re.findall(r"<input[^>]*type=\"radio\"[^>]*>", page(client, MAILS))
    return {
        re.findall(r'name="(\w+)"', tag)[0]: re.findall(r'value="(\w+)"', tag)[0]
        for tag in inputs
        if " checked" in tag
    }


def test_an_officer_chooses_by_kind_and_finds_the_choices_again(at_desk: Desk) -> None:
    assert shown(at_desk.olga) == USUAL
    choices = {**USUAL, "application": "at_once", "term": "never"}
    assert "Uw keuzes zijn opgeslagen." in page(at_desk.olga, MAILS, **choices)
    assert shown(at_desk.olga) == choices
    assert shown(at_desk.piet) == USUAL


def test_a_choice_that_is_missing_is_asked_for_and_the_others_stay(at_desk: Desk) -> None:
    choices = {**USUAL, "objection": "never"}
    del choices["term"]
    answer = page(at_desk.olga, MAILS, **choices)
    assert "Kies hoe vaak." in answer
    (tag,) = re.findall(r'<input[^>]*name="objection"[^>]*value="never"[^>]*>', answer)
    assert " checked" in tag


def test_unsubscribing_in_a_mail_is_the_choice_on_the_page(
    at_desk: Desk, committing: Committing, client: FlaskClient, settings: Settings
) -> None:
    place, reader = at_desk.case.fund.municipality_id, certain(at_desk.case.olga.person_id)
    with committing() as session:
        waiting = {place: waiting_in(session, place)}
        assert mail_officer(session, officer_id=reader, waiting=waiting, cadence=Cadence.DAILY)
        mail = session.scalars(
            select(MailMessage).where(
                MailMessage.template == "officer_news",
                MailMessage.context["reader_id"].astext == str(reader),
            )
        ).one()
        path = certain(unsubscribe_path(settings.secret_key, mail))
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert shown(at_desk.olga) == {**USUAL, "application": "never"}
    assert client.post(f"{path}/aanmelden").status_code == 200
    with committing() as session:
        assert cadences_of(session, reader) == {"application": "daily"}
