"""Reading the outbox."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.mail.models import MailMessage


def latest_mail(session: Session, *, limit: int) -> Sequence[MailMessage]:
    """The latest mails that were rendered: what was written last on top, for whatever day it is."""
    statement = (
        select(MailMessage)
        .where(MailMessage.subject.is_not(None))
        .order_by(MailMessage.id.desc())
        .limit(limit)
    )
    return session.scalars(statement).all()


def written_at(session: Session, key: str) -> datetime | None:
    """When the mail with a key was written, if it was."""
    return session.scalar(select(MailMessage.created_at).where(MailMessage.key == key))


def undeliverable_mails(session: Session, *, limit: int, offset: int = 0) -> Sequence[MailMessage]:
    """Mails that were given up, the latest first."""
    statement = (
        select(MailMessage)
        .where(MailMessage.undeliverable_at.is_not(None))
        .order_by(MailMessage.undeliverable_at.desc(), MailMessage.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return session.scalars(statement).all()


def undeliverable_count(session: Session) -> int:
    """How many mails were given up and not sent again."""
    statement = select(func.count()).where(MailMessage.undeliverable_at.is_not(None))
    return session.scalar(statement) or 0


def mail_by_id(session: Session, message_id: UUID) -> MailMessage | None:
    """One mail."""
    return session.get(MailMessage, message_id)
