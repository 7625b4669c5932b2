"""The numbers of receipts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base


class GiftReceipt(Base):
    """That a gift was paid (eurocents), under a number of the year in Amsterdam in which it was.

    Append-only. The numbers of a year have no gap, and what it says is what was booked: the
    database refuses anything else. It names nobody: the name is read from the gift.
    """

    __tablename__ = "gift_receipts"
    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND tip_cents >= 0", name="amounts"),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("year", "number", name="uq_gift_receipts_year_number"),
    )

    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.id"), primary_key=True)
    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"), unique=True)
    year: Mapped[int]
    number: Mapped[int]
    amount_cents: Mapped[int]
    tip_cents: Mapped[int]
    paid_at: Mapped[datetime]
    numbered_at: Mapped[datetime]
