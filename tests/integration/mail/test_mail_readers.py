"""To whom mail goes: words of strangers to confirmed addresses, and only so many in an hour."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.support.jobs import run_jobs
from tests.support.mailed_links import mailed_token
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.tasks import forget_mails, sweep_mail
from voorjebuurt.people import signin
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
WORDS = {
    "name": "Koop nu",
    "title": "Gratis geld",
    "amount_cents": 1250,
    "campaign_path": "/acties/bomen",
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With an allowance as in production; journeys have a larger one."""
    return replace(settings, mail=replace(settings.mail, per_hour=6))


OURS: dict[str, Any] = {
    "path": "/mijn/acties/1",
    "page_path": "/mijn/acties/1",
    "expires_on": "2026-06-08T12:00:00+02:00",
    "minutes": 30,
}
"""What mails of our own words take."""


def queue(database: Database, template: str, number: int = 1, *, to: str = NOOR) -> None:
    words = WORDS if template == "campaign_won_donor" else OURS
    with database.writing() as session:
        queue_mail(
            session,
            key=f"{template}:{number}",
            template=template,
            recipient=to,
            locale="nl",
            **words,
        )


def sent(database: Database) -> Counter[str]:
    with database.reading() as session:
        statement = select(MailMessage.template).where(MailMessage.sent_at.is_not(None))
        return Counter(session.scalars(statement))


def dropped(database: Database) -> Counter[str]:
    with database.reading() as session:
        statement = select(MailMessage.template).where(MailMessage.dropped_at.is_not(None))
        return Counter(session.scalars(statement))


def test_words_of_strangers_wait_until_the_address_is_confirmed(
    fresh_database: Database, settings: Settings
) -> None:
    queue(fresh_database, "campaign_won_donor", to="Noor@voorbeeld.example")
    run_jobs(fresh_database, settings)
    assert sent(fresh_database) == {}
    with clock.at(clock.now() + timedelta(hours=2)):
        sweep_mail(Runtime(fresh_database, settings))
        assert run_jobs(fresh_database, settings) == [], "nothing to do for it yet"
    with fresh_database.writing() as session:
        signin.request_link(session, email=NOOR, next_path=None, locale="nl", actor=GUEST)
        statement = select(MailMessage).where(MailMessage.template == "sign_in")
        token = mailed_token(session, session.scalars(statement).one())
        signin.use_link(session, token=token, locale="nl", actor=GUEST)
    sweep_mail(Runtime(fresh_database, settings))
    run_jobs(fresh_database, settings)
    assert sent(fresh_database) == {"campaign_won_donor": 1, "sign_in": 1}


def test_words_that_nobody_came_to_read_are_thrown_away(
    fresh_database: Database, settings: Settings
) -> None:
    queue(fresh_database, "campaign_won_donor")
    run_jobs(fresh_database, settings)
    with clock.at(clock.now() + timedelta(days=29)):
        forget_mails(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        assert session.scalars(select(MailMessage)).all() != []
    with clock.at(clock.now() + timedelta(days=31)):
        forget_mails(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        assert session.scalars(select(MailMessage)).all() == []


def test_what_anybody_may_begin_with_an_address_mails_it_a_few_times_an_hour(
    fresh_database: Database, settings: Settings
) -> None:
    for number in range(7):
        queue(fresh_database, "campaign_draft", number)
    run_jobs(fresh_database, settings)
    assert sent(fresh_database) == {"campaign_draft": settings.mail.attempts_per_hour}
    assert dropped(fresh_database) == {"campaign_draft": 7 - settings.mail.attempts_per_hour}


def test_above_the_allowance_mail_of_ones_own_comes_later_and_none_is_lost(
    fresh_database: Database, settings: Settings
) -> None:
    limit = settings.mail.per_hour
    with fresh_database.writing() as session:
        confirm_address(session, email=NOOR, means=Means.PAYMENT)
    for number in range(limit + 2):
        queue(fresh_database, "campaign_won_donor", number)
    run_jobs(fresh_database, settings)
    assert sent(fresh_database) == {"campaign_won_donor": limit}
    queue(fresh_database, "campaign_won_donor", 100, to="ali@voorbeeld.example")
    with fresh_database.writing() as session:
        confirm_address(session, email="ali@voorbeeld.example", means=Means.PAYMENT)
    run_jobs(fresh_database, settings)
    assert sent(fresh_database) == {"campaign_won_donor": limit + 1}, "others get theirs"
    with clock.at(clock.now() + timedelta(minutes=61)):
        run_jobs(fresh_database, settings)
    assert sent(fresh_database) == {"campaign_won_donor": limit + 3}


def test_other_mails_keep_nobody_from_signing_in(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session:
        confirm_address(session, email=NOOR, means=Means.PAYMENT)
    for number in range(settings.mail.per_hour):
        queue(fresh_database, "campaign_won_donor", number)
    run_jobs(fresh_database, settings)
    for number in range(settings.mail.sign_in_per_hour + 1):
        queue(fresh_database, "sign_in", number)
    run_jobs(fresh_database, settings)
    assert sent(fresh_database)["sign_in"] == settings.mail.sign_in_per_hour
    assert dropped(fresh_database) == {"sign_in": 1}


def test_links_to_sign_in_keep_no_other_mail_away(
    fresh_database: Database, settings: Settings
) -> None:
    for number in range(settings.mail.sign_in_per_hour):
        queue(fresh_database, "sign_in", number)
    run_jobs(fresh_database, settings)
    with fresh_database.writing() as session:
        confirm_address(session, email=NOOR, means=Means.PAYMENT)
    queue(fresh_database, "campaign_won_donor")
    run_jobs(fresh_database, settings)
    assert sent(fresh_database)["campaign_won_donor"] == 1


def test_the_allowance_is_a_setting(fresh_database: Database, settings: Settings) -> None:
    settings = replace(settings, mail=replace(settings.mail, attempts_per_hour=1))
    for number in range(2):
        queue(fresh_database, "campaign_draft", number)
    run_jobs(fresh_database, settings)
    assert sent(fresh_database) == {"campaign_draft": 1}


def test_an_address_is_confirmed_once_however_it_is_spelled(fresh_database: Database) -> None:
    with fresh_database.writing() as session:
        confirm_address(session, email=" Noor@Voorbeeld.example ", means=Means.SIGN_IN)
        confirm_address(session, email=NOOR, means=Means.PAYMENT)
        rows = session.execute(text("SELECT email, means FROM confirmed_addresses")).all()
    assert [tuple(row) for row in rows] == [(NOOR, "sign_in")]
