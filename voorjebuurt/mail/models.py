"""The outbox."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class MailMessage(Base):
    """One mail. ``key`` makes it once only: ``receipt:<pledge>``.

    It is rendered by the worker, which knows the site's address, and kept as it was sent.
    """

    __tablename__ = "mail_messages"
    __table_args__ = (Index("ix_mail_messages_created_at", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    template: Mapped[str]
    recipient: Mapped[str]
    locale: Mapped[str]
    context: Mapped[dict[str, Any]]
    subject: Mapped[str | None]
    text: Mapped[str | None]
    html: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
