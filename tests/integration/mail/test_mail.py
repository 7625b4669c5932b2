"""The outbox: once per key, sent by the worker over real SMTP, kept as it was sent."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.support.certain import certain
from tests.support.jobs import run_jobs
from tests.support.smtp_server import SmtpServer, smtp_server
from voorjebuurt.audit.models import Alert
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.queries import latest_mail
from voorjebuurt.mail.sending import MAX_ATTEMPTS, PAUSES, WORRY_AFTER
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.tasks import sweep_mail
from voorjebuurt.settings import Settings

CONTEXT = {
    "name": "Jan *de Bakker* & zoon",
    "title": "Bomen_op_het_plein",
    "amount_cents": 1250,
    "tip_cents": 0,
    "gift_path": "/giften/geheim",
    "campaign_path": "/acties/bomen",
}
JAN = "jan@voorbeeld.example"


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with smtp_server() as server:
        yield server


def _confirm(database: Database, email: str = JAN) -> None:
    with database.writing() as session:
        confirm_address(session, email=email, means=Means.PAYMENT)


def _queue(
    database: Database,
    key: str = "won:1",
    template: str = "campaign_won_donor",
    recipient: str = JAN,
    **context: Any,
) -> bool:
    with database.writing() as session:
        return queue_mail(
            session,
            key=key,
            template=template,
            recipient=recipient,
            locale="nl",
            **{**CONTEXT, **context},
        )


def _only(database: Database) -> MailMessage:
    with database.reading() as session:
        return session.scalars(select(MailMessage)).one()


def _queued_jobs(database: Database) -> int:
    with database.reading() as session:
        statement = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
        return session.scalar(text(statement)) or 0


def _alert_kinds(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(Alert.kind)))


def test_a_mail_is_sent_once_over_smtp(
    fresh_database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    settings = dataclasses.replace(settings, smtp_url=smtp.url)
    _confirm(fresh_database)
    assert _queue(fresh_database) is True
    assert _queue(fresh_database) is False
    run_jobs(fresh_database, settings)
    run_jobs(fresh_database, settings)
    (message,) = smtp.received
    assert message["To"] == "jan@voorbeeld.example"
    assert message["Subject"] == "Bomen_op_het_plein heeft genoeg geld opgehaald"
    words = certain(message.get_body(("plain",))).get_content()
    assert "Jan *de Bakker* & zoon" in words
    assert "€ 12,50" in words.replace("\xa0", " ")
    assert f"{settings.base_url}/acties/bomen" in words
    html = certain(message.get_body(("html",))).get_content()
    assert "Jan *de Bakker* &amp; zoon" in html
    assert "Bomen_op_het_plein" in html


def test_without_smtp_it_stays_in_the_practice_mailbox(
    fresh_database: Database, settings: Settings
) -> None:
    _confirm(fresh_database)
    _queue(fresh_database)
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        (message,) = latest_mail(session, limit=10)
    assert message.sent_at is not None
    assert message.subject == "Bomen_op_het_plein heeft genoeg geld opgehaald"


def test_the_practice_mailbox_has_on_top_what_was_written_last(
    fresh_database: Database, settings: Settings
) -> None:
    """Whatever day it is of: where people let a later day come, there is mail of the future."""
    _confirm(fresh_database)
    with clock.at(clock.now() + timedelta(days=7)):
        _queue(fresh_database, key="of a week later")
    _queue(fresh_database, key="of today")
    with clock.at(clock.now() + timedelta(days=8)):
        run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        keys = [message.key for message in latest_mail(session, limit=10)]
    assert keys == ["of today", "of a week later"]


def test_a_mail_of_a_rolled_back_transaction_never_existed(fresh_database: Database) -> None:
    def fail() -> None:
        with fresh_database.writing() as session:
            queue_mail(
                session,
                key="gone",
                template="campaign_won_donor",
                recipient="jan@voorbeeld.example",
                locale="nl",
                **CONTEXT,
            )
            raise RuntimeError("the fact did not happen")

    with pytest.raises(RuntimeError):
        fail()
    with fresh_database.reading() as session:
        assert session.scalar(select(MailMessage.id)) is None


def test_a_refusing_mail_server_is_tried_again_later(
    fresh_database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    settings = dataclasses.replace(settings, smtp_url=smtp.url)
    smtp.refusal = "451 later"
    _confirm(fresh_database)
    _queue(fresh_database)
    run_jobs(fresh_database, settings)
    assert smtp.received == []
    assert certain(_only(fresh_database).failure).startswith("451 later")
    smtp.refusal = ""
    with clock.at(clock.now() + PAUSES[0] + timedelta(seconds=1)):
        run_jobs(fresh_database, settings)
    assert len(smtp.received) == 1
    assert _only(fresh_database).failure is None


def test_a_waiting_mail_has_one_job_however_often_it_is_swept(
    fresh_database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    settings = dataclasses.replace(settings, smtp_url=smtp.url)
    smtp.refusal = "451 later"
    _confirm(fresh_database)
    _queue(fresh_database)
    run_jobs(fresh_database, settings)
    with clock.at(clock.now() + timedelta(hours=5)):
        for _ in range(3):
            sweep_mail(Runtime(fresh_database, settings))
    assert _queued_jobs(fresh_database) == 1


def test_a_lost_job_is_made_up_for(fresh_database: Database, settings: Settings) -> None:
    _confirm(fresh_database)
    _queue(fresh_database)
    with fresh_database.writing() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))
    sweep_mail(Runtime(fresh_database, settings))
    assert _queued_jobs(fresh_database) == 0, "its job may be on its way"
    later = clock.now() + timedelta(hours=1)
    with clock.at(later):
        sweep_mail(Runtime(fresh_database, settings))
    with fresh_database.writing() as session:
        session.execute(text("UPDATE procrastinate_jobs SET queue_name = 'default'"))
    run_jobs(fresh_database, settings)
    assert _only(fresh_database).sent_at is not None


def test_the_last_attempt_ends_as_undeliverable_with_one_alert_for_all(
    fresh_database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    settings = dataclasses.replace(settings, smtp_url=smtp.url)
    smtp.refusal = "451 later"
    _confirm(fresh_database)
    for number in range(3):
        _queue(fresh_database, key=f"won:{number}")
    moment = clock.now()
    for attempt, pause in enumerate([timedelta(), *PAUSES], start=1):
        moment += pause + timedelta(seconds=1)
        with clock.at(moment):
            run_jobs(fresh_database, settings)
        expected = ["mail_server_silent"] if attempt >= WORRY_AFTER else []
        if attempt == MAX_ATTEMPTS:
            expected.append("mail_undeliverable")
        assert _alert_kinds(fresh_database) == expected
    with fresh_database.reading() as session:
        messages = session.scalars(select(MailMessage)).all()
    assert [message.attempts for message in messages] == [MAX_ATTEMPTS] * 3
    assert all(message.undeliverable_at is not None for message in messages)
    with clock.at(moment + timedelta(days=30)):
        sweep_mail(Runtime(fresh_database, settings))
        assert _queued_jobs(fresh_database) == 0, "it has ended"


def test_an_address_that_does_not_exist_is_tried_once(
    fresh_database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    settings = dataclasses.replace(settings, smtp_url=smtp.url)
    smtp.refusal = "550 no such user"
    _confirm(fresh_database)
    _queue(fresh_database)
    run_jobs(fresh_database, settings)
    message = _only(fresh_database)
    assert (message.attempts, message.failure) == (1, "550 no such user")
    assert message.undeliverable_at is not None
    assert _alert_kinds(fresh_database) == ["mail_undeliverable"]


def test_an_address_that_no_mail_can_carry_is_undeliverable_at_once(
    fresh_database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    settings = dataclasses.replace(settings, smtp_url=smtp.url)
    _confirm(fresh_database, "zoë@voorbeeld.example")
    _queue(fresh_database, recipient="zoë@voorbeeld.example")
    run_jobs(fresh_database, settings)
    assert _only(fresh_database).undeliverable_at is not None
    assert smtp.received == []


def test_a_fault_of_ours_is_counted_raised_and_ends_too(
    fresh_database: Database, settings: Settings
) -> None:
    _confirm(fresh_database)
    _queue(fresh_database, amount_cents="no number")
    moment = clock.now()
    for _ in range(MAX_ATTEMPTS):
        moment += timedelta(hours=5)
        with clock.at(moment):
            assert run_jobs(fresh_database, settings, failing=True) == ["mail.send"]
    message = _only(fresh_database)
    assert (message.attempts, message.undeliverable_at is None) == (MAX_ATTEMPTS, False)
    assert _alert_kinds(fresh_database) == ["job_failed", "mail_undeliverable"]
