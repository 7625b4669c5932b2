"""No row of the outbox holds a secret that opens something: not before it is sent, nor after."""

import dataclasses
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.matching import closing_fund
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.fixtures_site import Committing
from tests.support.jobs import run_jobs
from tests.support.smtp_server import SmtpServer, smtp_server
from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.pitch_steps import Idea
from voorjebuurt.campaigns.rules import Theme
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.sending import PAUSES
from voorjebuurt.mail.templates import TEMPLATES
from voorjebuurt.matching.questions.service import ask
from voorjebuurt.owndata.mailed_access import ask_for_link
from voorjebuurt.people import signin
from voorjebuurt.people.address_changes import ask_address_change, confirm_change
from voorjebuurt.places.wishes import ask_for_place
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
SECRET = re.compile(r"/(?:inloggen|gegevens|gemeente-volgen|fondsvragen|adres/\w+)/([\w-]{43})")


def ask_link(session: Session) -> None:
    signin.request_link(session, email=NOOR, next_path=None, locale="nl", actor=GUEST)


def ask_change(session: Session) -> None:
    ask_address_change(
        session,
        person_id=PersonFactory(email=NOOR).id,
        new_email="noor@nieuw.example",
        reason="Noor belde.",
        actor=Actor("person", PersonFactory().id, frozenset({"staff"})),
    )


def begin_draft(session: Session) -> None:
    pitch.start_pitch(
        session,
        initiator_id=PersonFactory(email=NOOR).id,
        municipality_id=NeighbourhoodFactory().municipality_id,
        idea=Idea("Bomen op het plein", "Het wordt groen.", "De straat", Theme.GREEN, "De Bloem"),
        actor=GUEST,
    )


def ask_wish(session: Session) -> None:
    ask_for_place(session, place="Waterdal", email=NOOR, locale="nl")


def ask_own_data(session: Session) -> None:
    ask_for_link(session, email=NOOR, locale="nl")


def ask_about_fund(session: Session) -> None:
    ask(session, fund_id=closing_fund().id, text="Mag het?", email=NOOR, locale="nl")


ASKS: dict[str, Callable[[Session], None]] = {
    "sign_in": ask_link,
    "campaign_draft": begin_draft,
    "own_data_link": ask_own_data,
    "place_wish_confirm": ask_wish,
    "fund_question_confirm": ask_about_fund,
    "address_change_confirm": ask_change,
    "address_change_stop": ask_change,
}


def everything_kept(database: Database) -> str:
    """All mails and all jobs as text, in every column."""
    with database.reading() as session:
        rows = session.execute(
            text(
                "SELECT mail_messages::text FROM mail_messages"
                " UNION ALL SELECT procrastinate_jobs::text FROM procrastinate_jobs"
            )
        )
        return "\n".join(rows.scalars())


def mailed_secrets(smtp: SmtpServer) -> set[str]:
    """The secrets in the mails that the server got."""
    texts = [certain(mail.get_body(("plain",))).get_content() for mail in smtp.received]
    return {match for words in texts for match in SECRET.findall(words)}


def test_every_mail_with_a_secret_is_tried_here() -> None:
    assert ASKS.keys() == {name for name, template in TEMPLATES.items() if template.secret}


@pytest.mark.parametrize("template", ASKS)
def test_a_secret_is_in_the_mail_and_in_no_row(
    template: str, fresh_database: Database, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        ASKS[template](session)
    assert not SECRET.search(everything_kept(fresh_database)), "before it is sent"
    with smtp_server() as smtp:
        settings = dataclasses.replace(settings, smtp_url=smtp.url)
        smtp.refusal = "451 later"
        run_jobs(fresh_database, settings)
        assert not SECRET.search(everything_kept(fresh_database)), "while it is tried again"
        smtp.refusal = ""
        with clock.at(clock.now() + PAUSES[0] + timedelta(seconds=1)):
            run_jobs(fresh_database, settings)
        secrets = mailed_secrets(smtp)
    assert secrets
    rows = everything_kept(fresh_database)
    assert [secret for secret in secrets if secret in rows] == [], "after it was sent"


def test_what_was_given_up_keeps_none(fresh_database: Database, settings: Settings) -> None:
    with fresh_database.writing() as session:
        ask_link(session)
    with smtp_server() as smtp:
        settings = dataclasses.replace(settings, smtp_url=smtp.url)
        smtp.refusal = "550 no such user"
        run_jobs(fresh_database, settings)
    assert not SECRET.search(everything_kept(fresh_database))


@pytest.mark.parametrize("template", ["sign_in", "address_change_confirm"])
def test_the_mailed_secret_opens_what_it_is_for(
    template: str, fresh_database: Database, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        ASKS[template](session)
    with smtp_server() as smtp:
        run_jobs(fresh_database, dataclasses.replace(settings, smtp_url=smtp.url))
        mails = [mail for mail in smtp.received if template == "sign_in" or "nieuw" in mail["To"]]
        (words,) = [certain(mail.get_body(("plain",))).get_content() for mail in mails]
    (token,) = set(SECRET.findall(words))
    with fresh_database.writing() as session:
        if template == "sign_in":
            assert signin.use_link(session, token=token, locale="nl", actor=GUEST).is_new
        else:
            confirm_change(session, token=token, actor=GUEST)
