"""Account numbers as the database keeps them: sealed, with what may be shown of them beside it.

Rows from before there were seals hold them plainly; both are read until ``seal_plain`` has been
there, which the worker does on its timetable and ``voorjebuurt keys renew`` at once.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, undefer

from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.ledger.checks import CheckLine, CheckResult
from voorjebuurt.payouts.iban import masked
from voorjebuurt.payouts.models import BankFile, FundReturn, Payee

T = TypeVar("T")

BATCH = 100
"""Rows that one transaction holds: a file of 500 payments is half a megabyte sealed."""

SHOWN_MASK = func.coalesce(
    Payee.iban_mask, func.concat(func.left(Payee.iban, 4), " •••• ", func.right(Payee.iban, 4))
)
"""``mask_of`` as a query asks for it."""


def keep_iban(payee: Payee, iban: str, sealer: Sealer) -> None:
    """Give an account its number; nothing plain is kept of it but its mask."""
    payee.sealed_iban, payee.iban_mask, payee.iban = sealer.seal(iban), masked(iban), None


def iban_of(payee: Payee, sealer: Sealer) -> str:
    """The whole number. Raises ``InvariantError`` when no key opens it."""
    if payee.sealed_iban is not None:
        return sealer.open(payee.sealed_iban)
    return _there(payee.iban)


def mask_of(payee: Payee) -> str:
    """What may be shown of the number, as ``iban.masked`` writes it; needs no key."""
    return payee.iban_mask or masked(_there(payee.iban))


def keep_content(file: BankFile, content: bytes, sealer: Sealer) -> None:
    """Give a bank file its bytes, which are UTF-8."""
    file.sealed_content, file.content = sealer.seal(content.decode()), None


def content_of(file: BankFile, sealer: Sealer) -> bytes:
    """The bytes of a bank file as they were made. Raises ``InvariantError`` as ``iban_of`` does."""
    if file.sealed_content is not None:
        return sealer.open(file.sealed_content).encode()
    return _there(file.content)


def seal_plain(session: Session, *, sealer: Sealer) -> int:
    """Seal a batch of what is kept plainly; how much that was, 0 when nothing is left."""
    payees = session.scalars(_payees().where(Payee.iban.is_not(None))).all()
    for payee in payees:
        keep_iban(payee, iban_of(payee, sealer), sealer)
    files = session.scalars(_files().where(BankFile.content.is_not(None))).all()
    for file in files:
        keep_content(file, content_of(file, sealer), sealer)
    session.flush()
    return len(payees) + len(files)


def renew_payee_seals(session: Session, *, sealer: Sealer, after: UUID) -> Sequence[UUID]:
    """Seal the next batch of numbers with the newest key; the ids, none when it was the last."""
    batch = _payees().where(Payee.sealed_iban.is_not(None), Payee.id > after)
    payees = session.scalars(batch).all()
    for payee in payees:
        keep_iban(payee, iban_of(payee, sealer), sealer)
    session.flush()
    return [payee.id for payee in payees]


def renew_file_seals(session: Session, *, sealer: Sealer, after: UUID) -> Sequence[UUID]:
    """The same for bank files."""
    batch = _files().where(BankFile.sealed_content.is_not(None), BankFile.id > after)
    files = session.scalars(batch).all()
    for file in files:
        keep_content(file, content_of(file, sealer), sealer)
    session.flush()
    return [file.id for file in files]


def renew_return_seals(session: Session, *, sealer: Sealer, after: UUID) -> Sequence[UUID]:
    """The same for the accounts that rests of funds go to."""
    batch = (
        select(FundReturn)
        .where(FundReturn.id > after)
        .order_by(FundReturn.id)
        .limit(BATCH)
        .with_for_update(key_share=True)
    )
    returns = session.scalars(batch).all()
    for row in returns:
        row.sealed_iban = sealer.seal(sealer.open(row.sealed_iban))
    session.flush()
    return [row.id for row in returns]


def seal_everything_plain(database: Database, *, sealer: Sealer) -> int:
    """``seal_plain`` until nothing is left; how much that was."""
    total = 0
    while True:
        with database.writing() as session:
            number = seal_plain(session, sealer=sealer)
        if not number:
            return total
        total += number


def renew_everything(database: Database, *, sealer: Sealer) -> tuple[int, int]:
    """Seal every account and bank file with the newest key; how many there are of each."""
    accounts, others, files = (
        _renew_all(database, partial(renew, sealer=sealer))
        for renew in (renew_payee_seals, renew_return_seals, renew_file_seals)
    )
    return accounts + others, files


def _renew_all(database: Database, renew: Callable[..., Sequence[UUID]]) -> int:
    total, last = 0, UUID(int=0)
    while True:
        with database.writing() as session:
            ids = renew(session, after=last)
        if not ids:
            return total
        total, last = total + len(ids), ids[-1]


def payees_are_sealed(session: Session) -> CheckResult:
    """Check that no number of an account is kept plainly any more."""
    payees, plain_payees = _counts(session, Payee.id, Payee.iban)
    files, plain_files = _counts(session, BankFile.id, BankFile.content)
    lines = {
        "bank accounts that are kept unsealed: {number}": plain_payees,
        "bank files that are kept unsealed: {number}": plain_files,
    }
    return CheckResult(
        name="payees_are_sealed",
        compared=payees + files,
        total_cents=0,
        differences=tuple(
            CheckLine(line, {"number": number}) for line, number in lines.items() if number
        ),
    )


def _counts(
    session: Session, key: InstrumentedAttribute[UUID], plain: InstrumentedAttribute[Any]
) -> tuple[int, int]:
    """How many rows there are, and how many of them hold something plain."""
    rows, plain_rows = session.execute(select(func.count(key), func.count(plain))).one()
    return int(rows), int(plain_rows)


def _payees() -> Select[Payee]:
    """A batch of them, held without keeping a payout from being proposed meanwhile."""
    return select(Payee).order_by(Payee.id).limit(BATCH).with_for_update(key_share=True)


def _files() -> Select[BankFile]:
    whole = (undefer(BankFile.content), undefer(BankFile.sealed_content))
    batch = select(BankFile).options(*whole).order_by(BankFile.id).limit(BATCH)
    return batch.with_for_update(key_share=True)


def _there(value: T | None) -> T:
    """The value of a column that a constraint promises."""
    if value is None:
        raise InvariantError("an account is kept neither sealed nor plainly")
    return value
