"""Ledger tables. What is booked can't be changed: triggers of migration 0007 guard them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.kinds import BookingKind

_KINDS = ",".join(f"'{kind}'" for kind in BookingKind)


class LedgerAccount(Base):
    """An account; ``guarded`` ones have a running balance that may not go below zero."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (
        CheckConstraint("kind IN ('asset','liability','equity','income','expense')", name="kind"),
        Index("ix_ledger_accounts_owner_id", "owner_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    base: Mapped[str]
    owner_id: Mapped[UUID | None]
    kind: Mapped[str]
    guarded: Mapped[bool]


class LedgerTransaction(Base):
    """A posting. ``key`` is its idempotency; ``posting`` its entries as first posted, by code."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        Index("ix_ledger_transactions_payment_id", "payment_id"),
        Index("ix_ledger_transactions_booked_at", "booked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    booked_at: Mapped[datetime]
    campaign_id: Mapped[UUID | None]
    payment_id: Mapped[UUID | None]
    posting: Mapped[dict[str, int]] = mapped_column(JSONB)
    xid: Mapped[int] = mapped_column(server_default="0")


class LedgerEntry(Base):
    """One line: signed eurocents, debit positive."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("transaction_id", "account_id"),
        CheckConstraint("amount_cents <> 0", name="amount"),
        Index("ix_ledger_entries_account_id", "account_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    transaction_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_transactions.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_accounts.id"))
    amount_cents: Mapped[int]


class LedgerBalance(Base):
    """The running balance of a guarded account, on its normal side; written by the trigger only."""

    __tablename__ = "ledger_balances"
    __table_args__ = (CheckConstraint("balance_cents >= 0", name="not_overdrawn"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_accounts.id"), primary_key=True)
    balance_cents: Mapped[int]
