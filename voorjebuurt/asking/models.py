"""The columns of every question that somebody asks with an address of mail."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.ids import new_id


class StrangersQuestion:
    """A question; nobody reads it before its address is confirmed. Of its link a hash is kept."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str | None]
    locale: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
