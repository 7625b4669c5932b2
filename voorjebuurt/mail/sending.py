"""Sending one mail, and what follows when that does not work.

Whoever sends a mail holds its row until what came of it is committed, so that two workers never
send it both. A crash between the mail server's answer and our commit sends a mail twice; the
Message-ID, made of our own id, lets mail programs show it once.
"""

from datetime import datetime, timedelta
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
from voorjebuurt.mail.envelope import as_email
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import send_later
from voorjebuurt.mail.subscriptions import is_unsubscribed
from voorjebuurt.mail.templates import Purpose, Words, mail_template
from voorjebuurt.mail.transport import MailRefusedError, MailServerError, deliver
from voorjebuurt.settings import Settings

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240, 480, 720, 720, 720))
"""How long to wait after each attempt that failed: two days in all. The next one is the last."""
MAX_ATTEMPTS = len(PAUSES) + 1
FAULT_PAUSE = timedelta(hours=4)
"""Longer than the worker takes for all its attempts of a job that raised an error."""
WORRY_AFTER = 3
"""After so many attempts of one mail, staff are told that the mail server is out of reach."""

_log = structlog.get_logger("voorjebuurt.mail")


def locked_mail(session: Session, message_id: UUID) -> MailMessage | None:
    """The mail, held until the commit; None when it has ended, or another worker holds it."""
    return session.scalar(
        select(MailMessage)
        .where(
            MailMessage.id == message_id,
            MailMessage.sent_at.is_(None),
            MailMessage.undeliverable_at.is_(None),
            MailMessage.dropped_at.is_(None),
        )
        .with_for_update(skip_locked=True)
    )


def send(session: Session, settings: Settings, message: MailMessage) -> None:
    """Send a mail that is held, unless it must wait or should not be sent (any more).

    Without SMTP it stays in the local outbox, marked as sent.
    """
    if not _may_go(session, settings, message):
        return
    email = as_email(settings, message)
    try:
        if settings.smtp_url is not None:
            deliver(settings.smtp_url, email)
    except MailRefusedError as error:
        message.attempts += 1
        _give_up(session, message, str(error))
    except MailServerError as error:
        _try_again(session, message, str(error))
    else:
        message.attempts += 1
        message.failure = message.next_attempt_at = None
        message.sent_at = clock.now()


def note_fault(session: Session, message_id: UUID, error: Exception) -> None:
    """Count an attempt that ended in a fault of ours, which the worker tries again itself.

    The sweep stays away meanwhile; after the last attempt the mail is undeliverable.
    """
    message = locked_mail(session, message_id)
    if message is None:
        return
    message.attempts += 1
    message.failure = f"{type(error).__name__}: {error}"[:500]
    message.next_attempt_at = clock.now() + FAULT_PAUSE
    if message.attempts >= MAX_ATTEMPTS:
        _give_up(session, message, message.failure)


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
    message.attempts += 1
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
    message.next_attempt_at = None
    _log.error("mail_undeliverable", mail=str(message.id), failure=failure)
    audit.raise_alert(
        session,
        key="mail_undeliverable",
        kind=AlertKind.MAIL_UNDELIVERABLE,
        detail={"error": message.failure},
    )
