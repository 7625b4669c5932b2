"""Sending one mail, and what follows when that does not work.

A mail is claimed, handed over and settled: two short transactions, and none while the mail server
speaks. A claim lasts for ``LEASE``, longer than any delivery, and is nobody else's meanwhile: two
workers never send a mail both. A crash after the mail server's answer and before ours is committed
sends it again when the lease is over; the Message-ID, made of our own id, lets mail programs show
it once. Without a mail server nobody is spoken to: then both are one transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.kernel import clock
from voorjebuurt.mail import conditions
from voorjebuurt.mail.addresses import is_confirmed
from voorjebuurt.mail.allowance import room_from
from voorjebuurt.mail.envelope import as_email, write_words
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.secret_links import secret_context
from voorjebuurt.mail.service import send_later
from voorjebuurt.mail.subscriptions import is_unsubscribed
from voorjebuurt.mail.templates import Purpose, Words, mail_template
from voorjebuurt.mail.transport import DELIVERY_SECONDS, MailRefusedError, MailServerError, deliver
from voorjebuurt.settings import Settings

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240, 480, 720, 720, 720))
"""How long to wait after each attempt that failed: two days in all. The next one is the last."""
MAX_ATTEMPTS = len(PAUSES) + 1
LEASE = timedelta(seconds=4 * DELIVERY_SECONDS)
"""How long a mail is left to who claimed it."""
FAULT_PAUSE = timedelta(hours=4)
"""Longer than the worker takes for all its attempts of a job that raised an error."""
WORRY_AFTER = 3
"""After so many attempts of one mail, staff are told that the mail server is out of reach."""

_log = structlog.get_logger("voorjebuurt.mail")


@dataclass(frozen=True)
class Delivery:
    """A mail that is ours to hand over, since ``at`` and for ``LEASE``, and as what.

    ``email`` is None without a mail server: the outbox is all that its reader gets.
    """

    message_id: UUID
    at: datetime
    email: EmailMessage | None


def take_mail(session: Session, settings: Settings, message_id: UUID) -> Delivery | None:
    """Take a mail to hand over after the commit; None when it has ended, or must not go now.

    Every claim is an attempt, so that a mail which ends its worker ends too.
    """
    message = _open_mail(session, message_id)
    if message is None:
        return None
    if message.claimed_at is not None and message.claimed_at + LEASE > clock.now():
        # Somebody is at it, or was when it ended: what came of it is known by then.
        send_later(session, message.id, at=message.claimed_at + LEASE)
        return None
    message.claimed_at = None
    if message.attempts >= MAX_ATTEMPTS:
        _give_up(session, message, message.failure or "every attempt broke off")
        return None
    if not _may_go(session, settings, message):
        return None
    message.claimed_at = clock.now()
    message.attempts += 1
    secrets = secret_context(session, settings.secret_key, message)
    if settings.smtp_url is None:
        write_words(settings, message, secrets)
        return Delivery(message.id, message.claimed_at, None)
    return Delivery(message.id, message.claimed_at, as_email(settings, message, secrets))


def hand_over(settings: Settings, delivery: Delivery) -> MailRefusedError | MailServerError | None:
    """Give a mail to the mail server, with no transaction open; returns what it said against it.

    Without SMTP it stays in the local outbox.
    """
    try:
        if settings.smtp_url is not None:
            assert delivery.email is not None, "a mail server takes mails"
            deliver(settings.smtp_url, delivery.email)
    except (MailRefusedError, MailServerError) as answer:
        return answer
    return None


def settle(
    session: Session, delivery: Delivery, answer: MailRefusedError | MailServerError | None
) -> None:
    """Write down what came of a delivery. What was taken is sent, whoever claimed it since."""
    message = _open_mail(session, delivery.message_id)
    if message is None or (answer is not None and message.claimed_at != delivery.at):
        return
    message.claimed_at = None
    if answer is None:
        message.failure = message.next_attempt_at = None
        message.sent_at = clock.now()
    elif isinstance(answer, MailRefusedError):
        _give_up(session, message, str(answer))
    else:
        _try_again(session, message, str(answer))


def note_fault(
    session: Session, message_id: UUID, error: Exception, delivery: Delivery | None
) -> None:
    """Write down that an attempt ended in a fault of ours; the worker tries again itself.

    The sweep stays away meanwhile; after the last attempt the mail is undeliverable. A claim
    stands until its lease ends: the mail may have been sent.
    """
    message = _open_mail(session, message_id)
    if message is None:
        return
    message.attempts += 1 if delivery is None else 0
    message.failure = f"{type(error).__name__}: {error}"[:500]
    message.next_attempt_at = clock.now() + FAULT_PAUSE
    if message.attempts >= MAX_ATTEMPTS:
        _give_up(session, message, message.failure)


def _open_mail(session: Session, message_id: UUID) -> MailMessage | None:
    """The mail, held until the commit; None when it has ended."""
    return session.scalar(
        select(MailMessage)
        .where(
            MailMessage.id == message_id,
            MailMessage.sent_at.is_(None),
            MailMessage.undeliverable_at.is_(None),
            MailMessage.dropped_at.is_(None),
        )
        .with_for_update()
    )


def _may_go(session: Session, settings: Settings, message: MailMessage) -> bool:
    """Whether a mail may be sent now. Here, and nowhere else, is decided to whom words go."""
    template = mail_template(message.template)
    holds = not template.conditional or conditions.holds(session, message.template, message.context)
    if not holds or is_unsubscribed(session, message):
        message.dropped_at = clock.now()
        return False
    message.awaits_confirmation = template.words is Words.STRANGERS and not is_confirmed(
        session, message.recipient
    )
    if message.awaits_confirmation:
        return False
    start = room_from(
        session, recipient=message.recipient, purpose=template.purpose, settings=settings.mail
    )
    if start is None:
        return True
    if template.purpose in (Purpose.ATTEMPT, Purpose.SIGN_IN):
        message.dropped_at = clock.now()
    else:
        _plan(session, message, start)
    return False


def _try_again(session: Session, message: MailMessage, failure: str) -> None:
    if message.attempts >= MAX_ATTEMPTS:
        _give_up(session, message, failure)
        return
    message.failure = failure[:500]
    pause = PAUSES[message.attempts - 1]
    _plan(session, message, clock.now() + pause)
    _log.warning("mail_later", mail=str(message.id), failure=failure, attempts=message.attempts)
    if message.attempts >= WORRY_AFTER:
        audit.raise_alert(
            session,
            key="mail_server",
            kind=AlertKind.MAIL_SERVER_SILENT,
            detail={"error": message.failure},
        )


def _plan(session: Session, message: MailMessage, moment: datetime) -> None:
    message.next_attempt_at = moment
    send_later(session, message.id, at=moment)


def _give_up(session: Session, message: MailMessage, failure: str) -> None:
    """End it as undeliverable. One open alert tells of all such mails: their list says which."""
    message.undeliverable_at, message.failure = clock.now(), failure[:500]
    message.next_attempt_at = message.claimed_at = None
    _log.error("mail_undeliverable", mail=str(message.id), failure=failure)
    audit.raise_alert(
        session,
        key="mail_undeliverable",
        kind=AlertKind.MAIL_UNDELIVERABLE,
        detail={"error": message.failure},
    )
