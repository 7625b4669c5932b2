"""Reading the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from voorjebuurt.ledger.models import (
    LedgerAccount,
    LedgerBalance,
    LedgerEntry,
    LedgerTransaction,
)
from voorjebuurt.ledger.rules import PROVIDER, AccountName, Kind

_NORMAL_SIGN = case((LedgerAccount.kind.in_([Kind.ASSET, Kind.EXPENSE]), 1), else_=-1)


@dataclass(frozen=True)
class TrialLine:
    """One account's balance on its normal side, in eurocents."""

    code: str
    base: str
    kind: str
    balance_cents: int

    @property
    def debit_cents(self) -> int:
        """What stands on the debit side: below zero, a balance stands on the other side."""
        on_debit = (self.kind in (Kind.ASSET, Kind.EXPENSE)) == (self.balance_cents >= 0)
        return abs(self.balance_cents) if on_debit else 0

    @property
    def credit_cents(self) -> int:
        """What stands on the credit side."""
        return abs(self.balance_cents) - self.debit_cents


def balance(session: Session, account: AccountName) -> int:
    """An account's balance on its normal side, in eurocents; 0 for one never used."""
    statement = (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents * _NORMAL_SIGN), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.code == account.code)
    )
    return int(session.execute(statement).scalar_one())


def guarded_balance(session: Session, account: AccountName) -> int:
    """The running balance of a guarded account, in eurocents, locked until the commit.

    Raises ``ValueError`` for an account without one.
    """
    if not account.guarded:
        raise ValueError(f"{account.code} has no running balance")
    statement = (
        select(LedgerBalance.balance_cents)
        .join(LedgerAccount, LedgerAccount.id == LedgerBalance.account_id)
        .where(LedgerAccount.code == account.code)
        .with_for_update(of=LedgerBalance)
    )
    return session.scalar(statement) or 0


def trial_balance(session: Session, *, per_owner: bool = True) -> list[TrialLine]:
    """Every account's balance; ``per_owner=False`` adds up the accounts of one base."""
    code = LedgerAccount.code if per_owner else LedgerAccount.base
    statement = (
        select(
            code,
            LedgerAccount.base,
            LedgerAccount.kind,
            func.sum(LedgerEntry.amount_cents * _NORMAL_SIGN),
        )
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .group_by(code, LedgerAccount.base, LedgerAccount.kind)
        .order_by(LedgerAccount.kind, code)
    )
    return [TrialLine(c, b, k, int(total)) for c, b, k, total in session.execute(statement)]


def owner_balances(session: Session, owner_id: UUID) -> list[TrialLine]:
    """The balances of the accounts that belong to a campaign or fund."""
    statement = (
        select(
            LedgerAccount.code,
            LedgerAccount.base,
            LedgerAccount.kind,
            func.sum(LedgerEntry.amount_cents * _NORMAL_SIGN),
        )
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .where(LedgerAccount.owner_id == owner_id)
        .group_by(LedgerAccount.id)
        .order_by(LedgerAccount.code)
    )
    return [TrialLine(c, b, k, int(total)) for c, b, k, total in session.execute(statement)]


@dataclass(frozen=True)
class PostingRow:
    """One transaction as people read it; ``posting`` maps account codes to signed eurocents."""

    key: str
    kind: str
    booked_at: datetime
    posting: dict[str, Any]


def campaign_postings(session: Session, campaign_id: UUID, *, limit: int) -> list[PostingRow]:
    """A campaign's latest transactions, newest first."""
    statement = (
        select(
            LedgerTransaction.key,
            LedgerTransaction.kind,
            LedgerTransaction.booked_at,
            LedgerTransaction.posting,
        )
        .where(LedgerTransaction.campaign_id == campaign_id)
        .order_by(LedgerTransaction.booked_at.desc(), LedgerTransaction.id.desc())
        .limit(limit)
    )
    return [PostingRow(*row) for row in session.execute(statement)]


def payment_net(session: Session, payment_id: UUID) -> int:
    """What is booked of a payment at the provider and has not gone back, in eurocents."""
    statement = (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerTransaction.payment_id == payment_id, LedgerAccount.code == PROVIDER.code)
    )
    return int(session.execute(statement).scalar_one())


def campaign_net(session: Session, account: AccountName, campaign_id: UUID) -> int:
    """What a campaign's transactions left on an account that all campaigns share (eurocents).

    A debit is positive.
    """
    statement = (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerTransaction.campaign_id == campaign_id, LedgerAccount.code == account.code)
    )
    return int(session.execute(statement).scalar_one())


def posting_by_key(session: Session, key: str) -> dict[str, int] | None:
    """What was booked under a key: signed eurocents by account code; None if nothing was."""
    return session.scalar(select(LedgerTransaction.posting).where(LedgerTransaction.key == key))


def latest_postings(
    session: Session, *, base: str = "", limit: int, offset: int = 0
) -> list[PostingRow]:
    """The latest transactions, newest first; with ``base`` only those on such an account."""
    statement = select(
        LedgerTransaction.key,
        LedgerTransaction.kind,
        LedgerTransaction.booked_at,
        LedgerTransaction.posting,
    ).order_by(LedgerTransaction.booked_at.desc(), LedgerTransaction.id.desc())
    if base:
        on_account = (
            select(LedgerEntry.transaction_id)
            .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
            .where(LedgerAccount.base == base)
        )
        statement = statement.where(LedgerTransaction.id.in_(on_account))
    return [PostingRow(*row) for row in session.execute(statement.limit(limit).offset(offset))]
