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
from voorjebuurt.ledger.rules import AccountName, Kind

_NORMAL_SIGN = case((LedgerAccount.kind.in_([Kind.ASSET, Kind.EXPENSE]), 1), else_=-1)


@dataclass(frozen=True)
class TrialLine:
    """One account's balance on its normal side, in eurocents."""

    code: str
    base: str
    kind: str
    balance_cents: int


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


def posting_by_key(session: Session, key: str) -> dict[str, int] | None:
    """What was booked under a key: signed eurocents by account code; None if nothing was."""
    return session.scalar(select(LedgerTransaction.posting).where(LedgerTransaction.key == key))
