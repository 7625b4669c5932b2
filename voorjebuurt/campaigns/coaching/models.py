"""What coaches changed in plans."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class CoachEdit(Base):
    """One part of a plan as its initiator wrote it, and as a coach made it; a trigger keeps both.

    ``answer``: what became of it. One edit of a part is open at a time.
    """

    __tablename__ = "coach_edits"
    __table_args__ = (
        CheckConstraint(
            "part IN ('title','summary','for_whom','story','worse_off','leftovers','needs')",
            name="part",
        ),
        CheckConstraint("before <> after", name="change"),
        CheckConstraint(
            "answer IN ('acceptance','restoration','replacement','withdrawal')", name="answer"
        ),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index(
            "uq_coach_edits_open",
            "campaign_id",
            "part",
            unique=True,
            postgresql_where=text("answer IS NULL"),
        ),
        Index("ix_coach_edits_campaign_id", "campaign_id", "edited_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    part: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    edited_at: Mapped[datetime]
    edited_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class TalkSeat(Base):
    """Who takes part in the conversation of a plan: until when they read it, and were mailed."""

    __tablename__ = "talk_seats"
    __table_args__ = (Index("ix_talk_seats_person_id", "person_id"),)

    campaign_id: Mapped[UUID] = mapped_column(
        ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
