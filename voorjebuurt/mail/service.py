"""Putting mail into the outbox."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.kernel.mail_addresses import is_nobodys, normal_address
from voorjebuurt.mail.addresses import is_confirmed
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.templates import Words, mail_template


def queue_mail(
    session: Session,
    *,
    key: str,
    template: str,
    recipient: str,
    locale: str,
    **context: Any,
) -> bool:
    """Write a mail in the caller's transaction, to be sent after its commit.

    ``key`` makes it once only; returns whether it is new. ``context`` fills the template
    ``templates/emails/<template>.md``; it must be JSON: moments as ISO strings, paths from
    ``mail.links`` (the template makes addresses of them with ``link(path)``). Whoever was erased
    is written to no more.

    Whether it is sent is decided when it is: words of strangers wait until somebody has confirmed
    the address, and one address gets only so many in an hour. Raises ``LookupError`` for a
    template that ``mail.templates`` does not know.
    """
    mail_template(template)
    if is_nobodys(recipient):
        return False
    message_id = session.execute(
        insert(MailMessage)
        .values(
            id=new_id(),
            key=key,
            template=template,
            recipient=normal_address(recipient),
            locale=locale,
            context=context,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(MailMessage.id)
    ).scalar()
    if message_id is None:
        return False
    send_later(session, message_id)
    return True


def send_later(session: Session, message_id: UUID, *, at: datetime | None = None) -> None:
    """Write the job that sends a mail; at most one of it waits for each."""
    key = f"mail:{message_id}"
    jobs.defer(
        session,
        "mail.send",
        queue=jobs.MAIL_QUEUE,
        queueing_lock=key,
        at=at,
        message_id=str(message_id),
    )


def send_again(session: Session, *, message_id: UUID, recipient: str, actor: Actor) -> bool:
    """Try a mail anew that was undeliverable, at this address; whether that must confirm it first.

    A second time it is on its way, and nothing happens. Raises ``NotFoundError``, or
    ``DomainError`` when it was sent in the meantime, is on its way to another address, or carries a
    link that acts for its reader and may not go to somebody else.
    """
    message = session.get(MailMessage, message_id, with_for_update=True, populate_existing=True)
    if message is None:
        raise NotFoundError("mail_not_found")
    recipient = normal_address(recipient)
    if message.undeliverable_at is None:
        if message.recipient != recipient or message.dropped_at is not None:
            raise DomainError("mail_not_undeliverable")
        return False
    is_mended = message.recipient != recipient
    if is_mended and mail_template(message.template).secret:
        raise DomainError("mail_is_secret", field="email")
    message.recipient, message.undeliverable_at, message.attempts = recipient, None, 0
    message.next_attempt_at = clock.now()
    send_later(session, message.id)
    audit.record(
        session,
        actor=actor,
        action=Action.MAIL_SENT_AGAIN,
        subject=Subject(SubjectKind.MAIL, message.id),
        detail={"template": message.template, "mended": is_mended},
    )
    words = mail_template(message.template).words
    return words is Words.STRANGERS and not is_confirmed(session, recipient)


def was_sent(session: Session, *, key: str) -> bool:
    """Whether the mail with a key was handed over to a mail server."""
    statement = select(MailMessage.sent_at).where(MailMessage.key == key)
    return session.scalar(statement) is not None


def forget_mail(session: Session, *, template: str, before: datetime) -> None:
    """Throw away mails made from ``template`` before a moment: those that carry a secret."""
    session.execute(
        delete(MailMessage).where(MailMessage.template == template, MailMessage.created_at < before)
    )
