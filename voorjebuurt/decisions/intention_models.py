"""What officers intend to decide, and the views of who it is about (Awb 4:7, 4:8)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Intention(Base):
    """A decision that is intended, and what the applicant said of it (eurocents).

    What is intended never changes, and views come in once; only ``until``, the last day to give
    them, can become later. ``closed_at``: a decision was sent since, or it was dropped.
    ``snapshot`` is that of a decision (``besluit/1``), from which the letter can be made again.
    """

    __tablename__ = "intentions"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('partial_award','refusal','withdrawal','lower_determination','clawback',"
            "'award_change','determination_change')",
            name="kind",
        ),
        CheckConstraint("status IN ('open','answered','waived','dropped')", name="status"),
        CheckConstraint("channel IN ('','online','letter','phone','desk')", name="channel"),
        CheckConstraint("amount_cents >= 0 AND reason <> ''", name="content"),
        CheckConstraint(
            "num_nonnulls(answered_at, answered_by, received_on) = "
            "CASE WHEN channel = '' THEN 0 ELSE 3 END",
            name="reply",
        ),
        CheckConstraint(
            "CASE status WHEN 'open' THEN channel = '' AND answer = '' "
            "WHEN 'answered' THEN channel <> '' AND answer <> '' "
            "WHEN 'waived' THEN channel <> '' AND answer = '' ELSE true END",
            name="answer",
        ),
        CheckConstraint(
            "status <> 'dropped' OR (closed_at IS NOT NULL AND dropped_by IS NOT NULL AND "
            "drop_reason <> '')",
            name="dropped",
        ),
        Index(
            "uq_intentions_open",
            "application_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_intentions_application_id", "application_id", "stated_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str]
    status: Mapped[str]
    amount_cents: Mapped[int]
    grounds: Mapped[list[str]] = mapped_column(JSONB)
    reason: Mapped[str]
    until: Mapped[date]
    extension: Mapped[str] = mapped_column(server_default="", default="")
    """Why the last day became later."""
    snapshot: Mapped[str] = mapped_column(deferred=True)
    letter: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    letter_sha256: Mapped[str]
    announcement: Mapped[str]
    stated_at: Mapped[datetime]
    stated_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    answer: Mapped[str] = mapped_column(server_default="", default="")
    channel: Mapped[str] = mapped_column(server_default="", default="")
    received_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    dropped_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    drop_reason: Mapped[str] = mapped_column(server_default="", default="")
    closed_at: Mapped[datetime | None]


class DecisionViews(Base):
    """On which intention a decision rests and how the views were weighed; or why they were not
    asked (Awb 4:11). Append-only.
    """

    __tablename__ = "decision_views"
    __table_args__ = (
        CheckConstraint("exception IN ('','urgency','before','purpose')", name="exception"),
        CheckConstraint("(intention_id IS NULL) = (exception <> '')", name="basis"),
        CheckConstraint("(exception = '') = (exception_reason = '')", name="exception_reason"),
        Index("ix_decision_views_intention_id", "intention_id"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    intention_id: Mapped[UUID | None] = mapped_column(ForeignKey("intentions.id"))
    weighing: Mapped[str] = mapped_column(server_default="", default="")
    exception: Mapped[str] = mapped_column(server_default="", default="")
    exception_reason: Mapped[str] = mapped_column(server_default="", default="")
