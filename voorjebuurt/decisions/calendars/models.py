"""Secret links to a calendar of terms."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class CalendarFeed(Base):
    """A link by which a calendar program reads terms; only the hash of its secret is kept.

    ``scope``: the cases that the officer handles (``own``), or those of the municipality (``all``).
    A new link ends the one before: at most one of each scope works.
    """

    __tablename__ = "calendar_feeds"
    __table_args__ = (
        CheckConstraint("scope IN ('own','all')", name="scope"),
        CheckConstraint("ended_at IS NULL OR ended_at >= made_at", name="end"),
        Index(
            "uq_calendar_feeds_open",
            "person_id",
            "municipality_id",
            "scope",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    scope: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
