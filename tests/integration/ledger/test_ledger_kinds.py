"""PostgreSQL takes exactly the kinds of booking that the code knows."""

import re

import pytest
from sqlalchemy import CheckConstraint, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import constraint_of
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerTransaction

NAME = "ck_ledger_transactions_kind"
DEFINITION = text(
    "SELECT pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE conname = :name"
)
INSERT = text(
    "INSERT INTO ledger_transactions (id, key, kind, booked_at, posting)"
    " VALUES (:id, :key, :kind, '2026-11-01', '{}')"
)


def kinds_in(sql: str) -> set[str]:
    return set(re.findall(r"'(\w+)'", sql))


def test_the_database_the_model_and_the_code_name_the_same_kinds(session: Session) -> None:
    definition, is_valid = session.execute(DEFINITION, {"name": NAME}).one()
    assert kinds_in(definition) == set(BookingKind)
    assert is_valid
    (in_model,) = [
        constraint
        for constraint in LedgerTransaction.metadata.tables["ledger_transactions"].constraints
        if isinstance(constraint, CheckConstraint) and constraint.name == NAME
    ]
    assert kinds_in(str(in_model.sqltext)) == set(BookingKind)


@pytest.mark.parametrize("kind", BookingKind)
def test_every_kind_is_taken(session: Session, kind: BookingKind) -> None:
    # Another guard asks who saw the money of a municipality; here it is about the kind alone.
    for guard in ("deposit_of_one", "interest_of_one", "owed_interest_of_one"):
        session.execute(text(f"ALTER TABLE ledger_transactions DISABLE TRIGGER {guard}"))
    session.execute(INSERT, {"id": new_id(), "key": kind.value, "kind": kind.value})
    statement = text("SELECT kind FROM ledger_transactions WHERE key = :key")
    assert session.scalar(statement, {"key": kind.value}) == kind


@pytest.mark.parametrize("kind", ["", "gift", "PAYMENT_PAID", "payment_paid "])
def test_any_other_kind_is_refused(session: Session, kind: str) -> None:
    with pytest.raises(IntegrityError) as error, session.begin_nested():
        session.execute(INSERT, {"id": new_id(), "key": "k", "kind": kind})
    assert constraint_of(error.value) == NAME
