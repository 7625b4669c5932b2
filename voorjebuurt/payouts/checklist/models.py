"""What was found of an account, item by item, and paying out without it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class PayeeTick(Base):
    """One look at one item of one account. It stays; the one with the highest number counts.

    Triggers number them without gaps, refuse who gave the account, and want a file where one is
    needed. Another account of the campaign is another payee, with a list of its own.
    """

    __tablename__ = "payee_ticks"
    __table_args__ = (
        CheckConstraint(
            "item IN ('name','registration','holder','signer','exposure')", name="item"
        ),
        CheckConstraint("verdict IN ('fit','unfit','inapplicable')", name="verdict"),
        CheckConstraint(
            "verdict <> 'inapplicable' OR item IN ('name','registration')", name="inapplicable"
        ),
        CheckConstraint("btrim(note) <> ''", name="note"),
        UniqueConstraint("payee_id", "item", "number", name="uq_payee_ticks_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payee_id: Mapped[UUID] = mapped_column(ForeignKey("payees.id", ondelete="CASCADE"))
    item: Mapped[str]
    number: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[str]
    note: Mapped[str]
    ticked_at: Mapped[datetime]
    ticked_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))


class PayeeWaiver(Base):
    """A wish to pay out without the whole list, with why; another member of staff answers it.

    It stands in for what nobody looked at, never for what was found wrong.
    """

    __tablename__ = "payee_waivers"
    __table_args__ = (
        CheckConstraint("btrim(reason) <> ''", name="reason"),
        CheckConstraint("answer IN ('grant','refusal')", name="answer"),
        CheckConstraint(
            "num_nonnulls(answer, answered_at, answered_by) IN (0, 3)", name="answered"
        ),
        CheckConstraint("answered_by <> asked_by", name="four_eyes"),
        Index(
            "uq_payee_waivers_open",
            "payee_id",
            unique=True,
            postgresql_where=text("answer IS NULL OR answer = 'grant'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payee_id: Mapped[UUID] = mapped_column(ForeignKey("payees.id", ondelete="CASCADE"))
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
