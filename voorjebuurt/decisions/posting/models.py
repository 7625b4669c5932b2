"""Decisions whose letter goes by post."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base


class PostedDecision(Base):
    """The letter of a decision that an officer prints and posts, to the address of that moment."""

    __tablename__ = "posted_letters"
    __table_args__ = (
        CheckConstraint("(posted_at IS NULL) = (posted_by IS NULL)", name="posted"),
        Index(
            "ix_posted_letters_waiting",
            "municipality_id",
            postgresql_where=text("posted_at IS NULL"),
        ),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    address: Mapped[str]
    due_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    posted_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
