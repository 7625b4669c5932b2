"""Proof that is asked for where nothing is accounted for, and the lots that say of whom."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Inquiry(Base):
    """An officer asks to show that a plan was carried out; the answer, and what was found.

    What is asked never changes, and an answer comes in once; only ``until``, the last day to
    answer, can become later. ``cause`` is empty where the lot fell on the case.
    """

    __tablename__ = "inquiries"
    __table_args__ = (
        CheckConstraint("ground IN ('sample','cause')", name="ground"),
        CheckConstraint("asked <> '' AND (ground = 'cause') = (cause <> '')", name="content"),
        CheckConstraint("channel IN ('','online','letter','desk')", name="channel"),
        CheckConstraint(
            "num_nonnulls(answered_at, answered_by, received_on) = "
            "CASE WHEN channel = '' THEN 0 ELSE 3 END AND (channel = '') = (answer = '')",
            name="answer",
        ),
        CheckConstraint("finding IN ('','proof','gap','silence','mistake')", name="finding"),
        CheckConstraint(
            "num_nonnulls(closed_at, closed_by) = CASE WHEN finding = '' THEN 0 ELSE 2 END "
            "AND (finding = '') = (finding_text = '')",
            name="closed",
        ),
        CheckConstraint(
            "CASE finding WHEN 'silence' THEN channel = '' AND "
            "(closed_at AT TIME ZONE 'Europe/Amsterdam')::date > until "
            "WHEN 'proof' THEN channel <> '' WHEN 'gap' THEN channel <> '' ELSE true END",
            name="basis",
        ),
        Index(
            "uq_inquiries_open",
            "application_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_inquiries_application_id", "application_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    ground: Mapped[str]
    cause: Mapped[str] = mapped_column(server_default="", default="")
    asked: Mapped[str]
    until: Mapped[date]
    extension: Mapped[str] = mapped_column(server_default="", default="")
    """Why the last day became later."""
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    answer: Mapped[str] = mapped_column(server_default="", default="")
    channel: Mapped[str] = mapped_column(server_default="", default="")
    received_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    finding: Mapped[str] = mapped_column(server_default="", default="")
    finding_text: Mapped[str] = mapped_column(server_default="", default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class Lot(Base):
    """The lot of one case in the sample of its fund: drawn once, by nobody. Append-only.

    ``value`` follows from ``seed`` and the number of the application (``rules.draws``); ``hit``:
    the lot fell on it, as ``value`` is below ``percent`` of 10 000.
    """

    __tablename__ = "lots"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        CheckConstraint("value BETWEEN 0 AND 9999 AND hit = (value < percent * 100)", name="hit"),
        CheckConstraint("seed ~ '^[0-9a-f]{64}$'", name="seed"),
        Index("ix_lots_fund_id", "fund_id", "at"),
    )

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    percent: Mapped[int]
    seed: Mapped[str]
    value: Mapped[int]
    hit: Mapped[bool]
    at: Mapped[datetime]
