"""Cash of campaigns. What was confirmed keeps its amount and number: triggers see to that."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class CashHelper(Base):
    """Somebody who may collect cash for a campaign, once they opened the link that they got.

    ``link_hash`` is of that link, which works once. Who runs the campaign needs no row.
    """

    __tablename__ = "cash_helpers"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) = (joined_at IS NULL)", name="joined"),
        Index(
            "uq_cash_helpers_person",
            "campaign_id",
            "person_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    link_hash: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    ends_at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    joined_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    helps_until: Mapped[datetime | None]
    """For who helps for a day only: when that is over. Their right ends by itself."""


class CashDeposit(Base):
    """A transfer of the whole tin to the platform's account (eurocents)."""

    __tablename__ = "cash_deposits"
    __table_args__ = (
        CheckConstraint("state IN ('way','bank','back','void')", name="state"),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_cash_deposits_campaign_id", "campaign_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    seq: Mapped[int] = mapped_column(Identity(always=True), unique=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    reference: Mapped[str | None] = mapped_column(unique=True)
    amount_cents: Mapped[int]
    state: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None]


class CashGift(Base):
    """Cash that somebody put in (eurocents). ``number`` is that of its receipt, per campaign.

    Its ``pledge_id`` comes when it counts: a gift that nobody can be written to about. ``token``
    is the link to its own page, on the receipt.
    """

    __tablename__ = "cash_gifts"
    __table_args__ = (
        CheckConstraint("state IN ('entry','tin','way','bank','back','home','void')", name="state"),
        CheckConstraint("giver IN ('person','stranger','collection')", name="giver"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("confirmed_by <> entered_by", name="eyes"),
        CheckConstraint(
            "(state IN ('entry','void')) = (confirmed_by IS NULL)"
            " AND (confirmed_by IS NULL) = (number IS NULL)"
            " AND (confirmed_by IS NULL) = (confirmed_at IS NULL)",
            name="confirmation",
        ),
        CheckConstraint("state NOT IN ('way','bank','back') OR deposit_id IS NOT NULL", name="way"),
        CheckConstraint("state <> 'bank' OR pledge_id IS NOT NULL", name="bank"),
        UniqueConstraint("campaign_id", "number", name="uq_cash_gifts_campaign_id_number"),
        Index("ix_cash_gifts_campaign_id_state", "campaign_id", "state"),
        Index("ix_cash_gifts_deposit_id", "deposit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    giver: Mapped[str]
    name: Mapped[str]
    amount_cents: Mapped[int]
    got_on: Mapped[date]
    state: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    number: Mapped[int | None]
    deposit_id: Mapped[UUID | None] = mapped_column(ForeignKey("cash_deposits.id"))
    pledge_id: Mapped[UUID | None] = mapped_column(ForeignKey("pledges.id"), unique=True)
    over_at: Mapped[datetime | None]
    over_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    note: Mapped[str] = mapped_column(server_default="", default="")
    back_asked_at: Mapped[datetime | None]
    """When its giver asked it back before it counted: it is deposited no more, and never counts."""
    turn: Mapped[int] = mapped_column(Integer, server_default="0", default=0)
    """How often it stopped counting because what came for it was booked wrongly."""


class CashArrival(Base):
    """A line of the bank statement about a deposit (eurocents): entered by one, booked by two.

    ``reversal``: it was booked wrongly and taken back (``CashReversal``).
    """

    __tablename__ = "cash_arrivals"
    __table_args__ = (
        CheckConstraint("state IN ('entry','bank','reversal','void')", name="state"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("booked_by <> entered_by", name="eyes"),
        CheckConstraint("(state IN ('bank','reversal')) = (booked_by IS NOT NULL)", name="booking"),
        Index("ix_cash_arrivals_deposit_id", "deposit_id"),
        Index(
            "uq_cash_arrivals_line",
            "line",
            unique=True,
            postgresql_where=text("state NOT IN ('reversal','void')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    deposit_id: Mapped[UUID] = mapped_column(ForeignKey("cash_deposits.id"))
    line: Mapped[str]
    amount_cents: Mapped[int]
    received_on: Mapped[date]
    state: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    booked_at: Mapped[datetime | None]
    booked_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class CashReturn(Base):
    """A transfer back to the account a deposit came from (eurocents), by two people."""

    __tablename__ = "cash_returns"
    __table_args__ = (
        CheckConstraint("state IN ('proposal','transfer','void')", name="state"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("released_by <> proposed_by", name="eyes"),
        CheckConstraint("(state = 'transfer') = (released_by IS NOT NULL)", name="release"),
        CheckConstraint("(state = 'transfer') = (sent_on IS NOT NULL)", name="sent"),
        Index(
            "uq_cash_returns_proposal",
            "campaign_id",
            unique=True,
            postgresql_where=text("state = 'proposal'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    amount_cents: Mapped[int]
    state: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    sent_on: Mapped[date | None]


class CashReversal(Base):
    """An arrival that was booked wrongly (eurocents) is taken back as a whole, by two people."""

    __tablename__ = "cash_reversals"
    __table_args__ = (
        CheckConstraint("state IN ('proposal','booking','void')", name="state"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("released_by <> proposed_by", name="eyes"),
        CheckConstraint(
            "(state = 'booking') = (released_by IS NOT NULL)"
            " AND (released_by IS NULL) = (released_at IS NULL)",
            name="release",
        ),
        Index(
            "uq_cash_reversals_arrival_id",
            "arrival_id",
            unique=True,
            postgresql_where=text("state <> 'void'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    arrival_id: Mapped[UUID] = mapped_column(ForeignKey("cash_arrivals.id"))
    amount_cents: Mapped[int]
    reason: Mapped[str]
    state: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
