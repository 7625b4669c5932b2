"""The database's own guards, attacked with SQL: no Python stands between."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.certain import constraint_of
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import OWN_FUNDS, PROVIDER, credit, debit, held
from voorjebuurt.ledger.service import post

TABLES = ("ledger_transactions", "ledger_entries", "ledger_balances", "ledger_accounts")

GUARDS = {
    "ledger_transactions": "append_only_ledger_transactions",
    "ledger_entries": "append_only_ledger_entries",
    "ledger_balances": "ledger_balance",
    "ledger_accounts": "ledger_account",
}

CHANGES = {
    "ledger_transactions": "kind = 'other'",
    "ledger_entries": "amount_cents = amount_cents + 1",
    "ledger_balances": "balance_cents = balance_cents + 1",
    "ledger_accounts": "guarded = NOT guarded",
}


@pytest.fixture
def account_ids(session: Session) -> dict[str, UUID]:
    """One posting, and the ids of what it made."""
    campaign_id = new_id()
    post(
        session,
        kind=BookingKind.PAYMENT_PAID,
        key="in",
        entries=[debit(PROVIDER, 500), credit(held(campaign_id), 500)],
    )
    rows = map(tuple, session.execute(text("SELECT base, id FROM ledger_accounts")).all())
    (transaction_id,) = session.execute(text("SELECT id FROM ledger_transactions")).one()
    # Checked now, so that no pending check stands before the guard under attack.
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    return {**dict(rows), "transaction": transaction_id}


def refused(session: Session, statement: str, **parameters: object) -> str | None:
    """The constraint by which the database refuses ``statement`` (at once or at the commit)."""
    with pytest.raises(DBAPIError) as error, session.begin_nested():
        session.execute(text(statement), parameters)
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    return constraint_of(error.value)


def make_transaction(session: Session) -> UUID:
    transaction_id = new_id()
    session.execute(
        text(
            "INSERT INTO ledger_transactions (id, key, kind, booked_at, posting)"
            " VALUES (:id, :key, 'payment_paid', '2026-11-01', '{}')"
        ),
        {"id": transaction_id, "key": str(transaction_id)},
    )
    return transaction_id


def add_entry(session: Session, transaction_id: UUID, account_id: UUID, cents: int) -> None:
    session.execute(
        text(
            "INSERT INTO ledger_entries (id, transaction_id, account_id, amount_cents)"
            " VALUES (:id, :transaction_id, :account_id, :cents)"
        ),
        {
            "id": new_id(),
            "transaction_id": transaction_id,
            "account_id": account_id,
            "cents": cents,
        },
    )


@pytest.mark.parametrize(
    "amounts",
    [[], [("mollie", 0)], [("mollie", 1)], [("mollie", 2), ("held", -1)], [("held", -5)]],
    ids=["no entries", "a zero", "one entry", "unequal", "one credit"],
)
def test_an_unbalanced_transaction_is_refused_at_the_commit(
    session: Session, account_ids: dict[str, UUID], amounts: list[tuple[str, int]]
) -> None:
    with pytest.raises(DBAPIError) as error, session.begin_nested():
        transaction_id = make_transaction(session)
        for base, cents in amounts:
            add_entry(session, transaction_id, account_ids[base], cents)
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    name = constraint_of(error.value)
    assert name == ("ck_ledger_entries_amount" if amounts == [("mollie", 0)] else "ledger_balanced")


def test_both_ends_of_a_transaction_are_checked(
    session: Session, account_ids: dict[str, UUID]
) -> None:
    """Entries added after the transaction's own check meet a check of their own."""
    with pytest.raises(DBAPIError) as error, session.begin_nested():
        transaction_id = make_transaction(session)
        add_entry(session, transaction_id, account_ids["mollie"], 5)
        add_entry(session, transaction_id, account_ids["held"], -5)
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        account_id = new_id()
        session.execute(
            text(
                "INSERT INTO ledger_accounts (id, code, base, kind, guarded)"
                " VALUES (:id, 'bank', 'bank', 'asset', false)"
            ),
            {"id": account_id},
        )
        add_entry(session, transaction_id, account_id, 1)
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert constraint_of(error.value) == "ledger_balanced"


@pytest.mark.parametrize("table", TABLES)
def test_what_is_booked_is_not_changed(
    session: Session, account_ids: dict[str, UUID], table: str
) -> None:
    assert refused(session, f"UPDATE {table} SET {CHANGES[table]}") == GUARDS[table]


@pytest.mark.parametrize("table", TABLES)
def test_what_is_booked_is_not_deleted(
    session: Session, account_ids: dict[str, UUID], table: str
) -> None:
    assert refused(session, f"DELETE FROM {table}") == GUARDS[table]


@pytest.mark.parametrize("table", TABLES)
def test_what_is_booked_is_not_emptied(
    session: Session, account_ids: dict[str, UUID], table: str
) -> None:
    assert refused(session, f"TRUNCATE {table} CASCADE") == GUARDS[table]


def test_a_balance_is_not_written_by_hand(session: Session, account_ids: dict[str, UUID]) -> None:
    statement = "INSERT INTO ledger_balances (account_id, balance_cents) VALUES (:id, 1000000)"
    assert refused(session, statement, id=account_ids["mollie"]) == "ledger_balance"


def test_an_overdraft_is_refused(session: Session, account_ids: dict[str, UUID]) -> None:
    with pytest.raises(DBAPIError) as error, session.begin_nested():
        transaction_id = make_transaction(session)
        add_entry(session, transaction_id, account_ids["mollie"], -501)
        add_entry(session, transaction_id, account_ids["held"], 501)
    assert constraint_of(error.value) == "ck_ledger_balances_not_overdrawn"


def test_an_overdraft_of_an_account_never_used_is_refused(session: Session) -> None:
    with pytest.raises(DBAPIError) as error, session.begin_nested():
        post(
            session,
            kind=BookingKind.PAYOUT_EXECUTED,
            key="out",
            entries=[debit(held(new_id()), 1), credit(PROVIDER, 1)],
        )
    assert constraint_of(error.value) == "ck_ledger_balances_not_overdrawn"


def test_an_account_that_outsiders_decide_about_may_go_below_zero(session: Session) -> None:
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key="fee",
        entries=[credit(PROVIDER, 35), debit(OWN_FUNDS, 35)],
    )
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert session.scalar(text("SELECT sum(amount_cents) FROM ledger_entries")) == 0


@pytest.fixture
def old_posting(fresh_database: Database) -> tuple[Database, dict[str, UUID]]:
    """A posting that another, committed transaction made."""
    with fresh_database.writing() as session:
        lines = [debit(PROVIDER, 500), credit(OWN_FUNDS, 500)]
        post(session, kind=BookingKind.PAYMENT_PAID, key="in", entries=lines)
    with fresh_database.reading() as session:
        rows = dict(map(tuple, session.execute(text("SELECT base, id FROM ledger_accounts")).all()))
        (rows["transaction"],) = session.execute(text("SELECT id FROM ledger_transactions")).one()
    return fresh_database, rows


def test_a_balanced_pair_added_to_an_older_transaction_is_refused(
    old_posting: tuple[Database, dict[str, UUID]],
) -> None:
    database, ids = old_posting
    with pytest.raises(DBAPIError) as error, database.writing() as session:
        add_entry(session, ids["transaction"], ids["mollie"], 7)
    assert constraint_of(error.value) == "ledger_closed"


def test_a_forged_stamp_does_not_reopen_a_transaction(
    old_posting: tuple[Database, dict[str, UUID]],
) -> None:
    """The stamp of the writing transaction is set by the database, whatever is sent along."""
    database, ids = old_posting
    with database.writing() as session:
        session.execute(
            text(
                "INSERT INTO ledger_transactions (id, key, kind, booked_at, posting, xid)"
                " VALUES (:id, 'forged', 'payment_paid', '2026-11-01', '{}', 999999999)"
            ),
            {"id": new_id()},
        )
        stamps = session.execute(
            text(
                "SELECT xid, pg_current_xact_id()::text::bigint FROM ledger_transactions"
                " WHERE key = 'forged'"
            )
        ).one()
        assert stamps[0] == stamps[1]
        transaction_id = session.execute(
            text("SELECT id FROM ledger_transactions WHERE key = 'forged'")
        ).scalar_one()
        add_entry(session, transaction_id, ids["mollie"], 1)
        add_entry(session, transaction_id, ids["own_funds"], -1)
    statement = "UPDATE ledger_transactions SET xid = pg_current_xact_id()::text::bigint"
    with pytest.raises(DBAPIError), database.writing() as session:
        session.execute(text(statement))
    with pytest.raises(DBAPIError) as error, database.writing() as session:
        add_entry(session, transaction_id, ids["mollie"], 1)
    assert constraint_of(error.value) == "ledger_closed"


def test_an_entry_for_an_uncommitted_transaction_of_another_session_is_refused(
    fresh_database: Database,
) -> None:
    with fresh_database.writing() as first:
        lines = [debit(PROVIDER, 500), credit(OWN_FUNDS, 500)]
        post(first, kind=BookingKind.PAYMENT_UNEXPLAINED, key="warm", entries=lines)
    with fresh_database.session() as first:
        post(first, kind=BookingKind.PAYMENT_PAID, key="in", entries=lines)
        ids = dict(map(tuple, first.execute(text("SELECT base, id FROM ledger_accounts")).all()))
        open_id = first.scalar(text("SELECT id FROM ledger_transactions WHERE key = 'in'"))
        with pytest.raises(DBAPIError) as error, fresh_database.writing() as second:
            add_entry(second, open_id, ids["mollie"], 1)
    assert constraint_of(error.value) in (
        "ledger_closed",
        "fk_ledger_entries_transaction_id",
    )
