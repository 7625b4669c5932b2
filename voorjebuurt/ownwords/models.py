"""Versions of a municipality's own words: one open at a time, approved by a second person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class OwnWords(Base):
    """One version. ``words`` is its JSON (``wording``), which whoever saves last answers for.

    Once approved or dropped nothing of it changes; while it waits its words don't. ``remark`` is
    why a colleague gave it back.
    """

    __tablename__ = "own_words"
    __table_args__ = (
        CheckConstraint("status IN ('draft','proposed','approved','dropped')", name="status"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("words_sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint("octet_length(words) <= 200000", name="size"),
        CheckConstraint(
            "approved_by IS NULL OR (approved_by <> written_by AND approved_by <> proposed_by)",
            name="two_people",
        ),
        CheckConstraint("(proposed_at IS NULL) = (proposed_by IS NULL)", name="proposal"),
        CheckConstraint(
            "status NOT IN ('proposed','approved') OR proposed_by IS NOT NULL", name="proposed"
        ),
        CheckConstraint(
            "(status = 'approved') = (approved_by IS NOT NULL)"
            " AND (approved_by IS NULL) = (approved_at IS NULL)",
            name="approval",
        ),
        CheckConstraint(
            "(status = 'dropped') = (dropped_by IS NOT NULL)"
            " AND (dropped_by IS NULL) = (dropped_at IS NULL)",
            name="dropping",
        ),
        UniqueConstraint("municipality_id", "number"),
        Index(
            "uq_own_words_open",
            "municipality_id",
            unique=True,
            postgresql_where=text("status IN ('draft','proposed')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    number: Mapped[int]
    status: Mapped[str]
    words: Mapped[str]
    words_sha256: Mapped[str]
    remark: Mapped[str] = mapped_column(server_default="", default="")
    begun_at: Mapped[datetime]
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    written_at: Mapped[datetime]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    proposed_at: Mapped[datetime | None]
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    dropped_at: Mapped[datetime | None]
    dropped_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
