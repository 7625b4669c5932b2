"""The one writer of the ledger."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from voorjebuurt.ledger.rules import AccountName, Entry, merged


class PostingConflictError(InvariantError):
    """A key was used before for other entries."""


def post(
    session: Session,
    *,
    kind: str,
    key: str,
    entries: Iterable[Entry],
    campaign_id: UUID | None = None,
    payment_id: UUID | None = None,
) -> bool:
    """Book a balanced set of entries once; returns whether it is new.

    ``key`` is the idempotency: the same key with the same entries is a no-op, with other entries
    a ``PostingConflictError``. Raises ``ValueError`` when the entries don't balance, and the
    database's ``IntegrityError`` (constraint ``ck_ledger_balances_not_overdrawn``) when a
    guarded account would go below zero.
    """
    amounts = merged(entries)
    posting = {account.code: cents for account, cents in amounts.items()}
    session.flush()
    transaction_id = session.execute(
        insert(LedgerTransaction)
        .values(
            id=new_id(),
            key=key,
            kind=kind,
            booked_at=clock.now(),
            campaign_id=campaign_id,
            payment_id=payment_id,
            posting=posting,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(LedgerTransaction.id)
    ).scalar()
    if transaction_id is None:
        _check_same(session, key, posting)
        return False
    accounts = _account_ids(session, amounts)
    for account, cents in amounts.items():
        # One statement per entry, in the order of the codes: that is the order of the locks.
        session.execute(
            insert(LedgerEntry).values(
                id=new_id(),
                transaction_id=transaction_id,
                account_id=accounts[account.code],
                amount_cents=cents,
            )
        )
    return True


def _check_same(session: Session, key: str, posting: dict[str, int]) -> None:
    before = session.scalar(select(LedgerTransaction.posting).where(LedgerTransaction.key == key))
    if before != posting:
        raise PostingConflictError(f"{key} was booked as {before}, now asked as {posting}")


def _account_ids(session: Session, names: Iterable[AccountName]) -> dict[str, UUID]:
    """The accounts' ids; an account comes into being at its first posting."""
    by_code = {name.code: name for name in names}
    ids = _existing(session, by_code)
    for code, name in by_code.items():
        if code not in ids:
            session.execute(
                insert(LedgerAccount)
                .values(
                    id=new_id(),
                    code=code,
                    base=name.base,
                    owner_id=name.owner,
                    kind=name.kind.value,
                    guarded=name.guarded,
                )
                .on_conflict_do_nothing(index_elements=["code"])
            )
    return ids if len(ids) == len(by_code) else _existing(session, by_code)


def _existing(session: Session, codes: Iterable[str]) -> dict[str, UUID]:
    statement = select(LedgerAccount.code, LedgerAccount.id).where(
        LedgerAccount.code.in_(list(codes))
    )
    return {row.code: row.id for row in session.execute(statement)}
