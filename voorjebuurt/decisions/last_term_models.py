"""Last terms to account."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class LastTerm(Base):
    """Until when an award can still be accounted for, and why that was set. Append-only.

    Of a case the one with the latest ``until`` counts; ``before`` is the last day that was there
    until then: that of the award, or of the last term before it.
    """

    __tablename__ = "last_terms"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint(
            "until > before AND until > (set_at AT TIME ZONE 'Europe/Amsterdam')::date",
            name="until",
        ),
        Index("uq_last_terms_application_id", "application_id", "until", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    before: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
