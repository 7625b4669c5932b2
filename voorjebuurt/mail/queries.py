"""Reading the outbox."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.mail.models import MailMessage


def latest_mail(session: Session, *, limit: int) -> Sequence[MailMessage]:
    """The latest mails that were rendered, newest first."""
    statement = (
        select(MailMessage)
        .where(MailMessage.subject.is_not(None))
        .order_by(MailMessage.created_at.desc(), MailMessage.id.desc())
        .limit(limit)
    )
    return session.scalars(statement).all()


def mail_by_id(session: Session, message_id: UUID) -> MailMessage | None:
    """One mail."""
    return session.get(MailMessage, message_id)
