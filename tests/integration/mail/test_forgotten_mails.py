"""What mails said, and who wanted none, is kept for a term, and no longer."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.forgetting import erase_mails, forget_unsubscriptions
from voorjebuurt.mail.models import MailMessage, MailUnsubscription
from voorjebuurt.mail.queries import undeliverable_count
from voorjebuurt.mail.service import queue_mail, send_again
from voorjebuurt.mail.tasks import forget_mails
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"


def mail(session: Session, *, end: str | None, template: str = "receipt", **context: str) -> UUID:
    """A mail that was written now, and ended so."""
    key = f"{template}:{end}"
    queue_mail(session, key=key, template=template, recipient=NOOR, locale="nl", **context)
    message = session.scalars(select(MailMessage).where(MailMessage.key == key)).one()
    message.subject, message.text, message.html = "Dank", "Dag Noor", "<p>Dag Noor</p>"
    if end is not None:
        setattr(message, end, clock.now())
    session.flush()
    return message.id


def test_what_a_mail_said_is_erased_on_the_day_of_the_settings(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session:
        message_id = mail(session, end="sent_at", name="Noor")
    days = settings.retention.mail_days
    for age, words in ((days - 1, "Dag Noor"), (days + 1, None)):
        with clock.at(clock.now() + timedelta(days=age)):
            forget_mails(Runtime(fresh_database, settings))
        with fresh_database.reading() as session:
            message = session.get_one(MailMessage, message_id)
            assert message.text == words
    assert (message.subject, message.html, message.context) == (None, None, {})
    assert (message.recipient, message.template) == (NOOR, "receipt")
    assert message.sent_at is not None


def test_a_mail_that_waits_is_left_alone_and_one_that_failed_is_dropped(session: Session) -> None:
    waiting_id, lost_id = mail(session, end=None), mail(session, end="undeliverable_at")
    with clock.at(clock.now() + timedelta(days=1)):
        assert erase_mails(session, before=clock.now(), limit=10) == 1
        assert erase_mails(session, before=clock.now(), limit=10) == 0
    assert session.get_one(MailMessage, waiting_id).text == "Dag Noor"
    assert undeliverable_count(session) == 0
    with pytest.raises(DomainError, match="mail_not_undeliverable"):
        send_again(session, message_id=lost_id, recipient=NOOR, actor=GUEST)


def test_the_link_to_unsubscribe_still_knows_what_it_needs(session: Session) -> None:
    message_id = mail(
        session,
        end="sent_at",
        template="officer_news",
        reader_id="1",
        kinds="k",
        cadence="daily",
        names="Noor",
    )
    with clock.at(clock.now() + timedelta(days=1)):
        erase_mails(session, before=clock.now(), limit=10)
    context = session.get_one(MailMessage, message_id).context
    assert context == {"reader_id": "1", "kinds": "k", "cadence": "daily"}


def test_the_database_refuses_a_mail_that_is_half_erased(session: Session) -> None:
    message = session.get_one(MailMessage, mail(session, end="sent_at"))
    message.erased_at = clock.now()
    with pytest.raises(IntegrityError, match="ck_mail_messages_erased"):
        session.flush()


def test_an_unsubscription_goes_once_nothing_is_written_to_its_address(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session:
        for email in (NOOR, "bo@voorbeeld.example"):
            row = MailUnsubscription(
                email=email, template="gift_digest", unsubscribed_at=clock.now()
            )
            session.add(row)
    later = timedelta(days=settings.retention.unsubscription_days)
    with clock.at(clock.now() + timedelta(days=100)), fresh_database.writing() as session:
        mail(session, end="dropped_at")
    with clock.at(clock.now() + later - timedelta(days=1)):
        forget_mails(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        assert len(session.scalars(select(MailUnsubscription)).all()) == 2
    with clock.at(clock.now() + later + timedelta(days=1)):
        forget_mails(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        assert session.scalars(select(MailUnsubscription.email)).all() == [NOOR]


def test_only_so_many_at_once(session: Session) -> None:
    for email in (NOOR, "bo@voorbeeld.example"):
        session.add(
            MailUnsubscription(email=email, template="gift_digest", unsubscribed_at=clock.now())
        )
    session.flush()
    before = clock.now() + timedelta(days=1)
    assert forget_unsubscriptions(session, before=before, limit=1) == 1
    assert forget_unsubscriptions(session, before=before, limit=5) == 1
