"""Mails, and who wanted none, are forgotten after a term; that a mail was sent stays known."""

from datetime import datetime

from sqlalchemy import and_, delete, exists, or_, select, tuple_
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.mail.addresses import is_addressed_to
from voorjebuurt.mail.models import MailMessage, MailUnsubscription
from voorjebuurt.mail.templates import TEMPLATES

_KEPT_FOR_CHOICES = ("reader_id", "kinds", "cadence")
"""What the link to unsubscribe needs of a mail whose reader chooses by kind."""
_KEPT_ALWAYS = ("topic",)
"""What that link needs of any other mail: it works for as long as somebody keeps the mail."""


def erase_mails(session: Session, *, before: datetime, limit: int) -> int:
    """Erase what mails from before a moment said, so many at once; returns how many.

    Their row stays: to whom, of which kind and when, so that none is written twice. One that could
    not be delivered is dropped by this. What still waits to be sent is left alone.
    """
    has_ended = or_(
        MailMessage.sent_at.is_not(None),
        MailMessage.undeliverable_at.is_not(None),
        MailMessage.dropped_at.is_not(None),
    )
    statement = (
        select(MailMessage)
        .where(MailMessage.erased_at.is_(None), MailMessage.created_at < before, has_ended)
        .order_by(MailMessage.created_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = session.scalars(statement).all()
    for message in messages:
        erase_content(message)
    return len(messages)


def erase_content(message: MailMessage) -> None:
    """Erase what a mail said that has ended."""
    template = TEMPLATES.get(message.template)
    by_choice = template is not None and template.by_choice
    keeps = (*_KEPT_ALWAYS, *_KEPT_FOR_CHOICES) if by_choice else _KEPT_ALWAYS
    message.context = {name: message.context[name] for name in keeps if name in message.context}
    message.subject = message.text = message.html = message.failure = None
    message.erased_at = clock.now()
    if message.undeliverable_at is not None:
        message.undeliverable_at, message.dropped_at = None, clock.now()


def forget_unconfirmed(session: Session, *, before: datetime, limit: int) -> int:
    """Throw away mails from before a moment whose address nobody has confirmed, so many at once."""
    old = (
        select(MailMessage.id)
        .where(MailMessage.awaits_confirmation, MailMessage.created_at < before)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = delete(MailMessage).where(MailMessage.id.in_(old)).returning(MailMessage.id)
    return len(session.scalars(statement).all())


def forget_unsubscriptions(session: Session, *, before: datetime, limit: int) -> int:
    """Throw away that addresses want no mail of a kind, so many at once; returns how many.

    Only of an address that nothing was written to since: else its mails would begin again.
    """
    is_written_to = exists().where(
        is_addressed_to(MailUnsubscription.email),
        MailMessage.created_at >= before,
    )
    key = tuple_(MailUnsubscription.email, MailUnsubscription.template, MailUnsubscription.topic)
    old = (
        select(MailUnsubscription.email, MailUnsubscription.template, MailUnsubscription.topic)
        .where(and_(MailUnsubscription.unsubscribed_at < before, ~is_written_to))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = delete(MailUnsubscription).where(key.in_(old)).returning(MailUnsubscription.email)
    return len(session.scalars(statement).all())
