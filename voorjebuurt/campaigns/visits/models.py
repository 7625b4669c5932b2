"""Numbers of visits: as processes write them, and added up by day."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Identity
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base

_SOURCES = "source IN ('page','short','widget')"


class VisitBatch(Base):
    """What one process counted since it last wrote; thrown away once it is added up.

    Without a foreign key, as the row of the campaign would be locked for it. A campaign that was
    public is never deleted.
    """

    __tablename__ = "visit_batches"
    __table_args__ = (
        CheckConstraint(_SOURCES, name="source"),
        CheckConstraint("visits > 0", name="visits"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    campaign_id: Mapped[UUID]
    day: Mapped[date]
    source: Mapped[str]
    visits: Mapped[int]


class DayVisits(Base):
    """How often a page was opened on a day in Amsterdam, by where people came from."""

    __tablename__ = "day_visits"
    __table_args__ = (
        CheckConstraint(_SOURCES, name="source"),
        CheckConstraint("visits > 0", name="visits"),
    )

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    visits: Mapped[int]
