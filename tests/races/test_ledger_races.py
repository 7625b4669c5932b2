"""Several sessions at the ledger at once, with real commits."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.support.at_once import at_once
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger import queries
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import (
    BANK,
    OWN_FUNDS,
    PROVIDER,
    REFUNDS_IN_FLIGHT,
    credit,
    debit,
    held,
    payable,
)
from voorjebuurt.ledger.service import PostingConflictError, post


def total(database: Database) -> int:
    with database.reading() as session:
        statement = text("SELECT coalesce(sum(amount_cents), 0) FROM ledger_entries")
        cents: int = session.scalar(statement)
        return cents


@pytest.mark.parametrize("round_number", range(3))
def test_the_same_held_money_is_spent_by_exactly_one(
    fresh_database: Database, round_number: int
) -> None:
    campaign_id = new_id()
    with fresh_database.writing() as session:
        lines = [debit(PROVIDER, 500), credit(held(campaign_id), 500)]
        post(session, kind=BookingKind.PAYMENT_PAID, key="in", entries=lines)

    def spend(key: str) -> bool:
        with fresh_database.writing() as session:
            lines = [debit(held(campaign_id), 300), credit(REFUNDS_IN_FLIGHT, 300)]
            return post(session, kind=BookingKind.REFUND_ASKED, key=key, entries=lines)

    results = at_once(*[lambda n=n: spend(f"refund:{n}") for n in range(4)])
    assert results.count(True) == 1
    assert sum(isinstance(result, IntegrityError) for result in results) == 3
    with fresh_database.reading() as session:
        assert queries.balance(session, held(campaign_id)) == 200
        assert queries.balance(session, REFUNDS_IN_FLIGHT) == 300


def test_a_new_account_can_be_first_used_by_several_at_once(fresh_database: Database) -> None:
    campaign_id = new_id()

    def give(number: int) -> bool:
        with fresh_database.writing() as session:
            lines = [debit(PROVIDER, 100), credit(held(campaign_id), 100)]
            return post(session, kind=BookingKind.PAYMENT_PAID, key=f"in:{number}", entries=lines)

    assert at_once(*[lambda n=n: give(n) for n in range(6)]) == [True] * 6
    with fresh_database.reading() as session:
        assert queries.balance(session, held(campaign_id)) == 600
        running = text("SELECT balance_cents FROM ledger_balances")
        assert session.scalars(running).all() == [600]


def test_postings_in_opposite_order_do_not_wait_for_each_other(fresh_database: Database) -> None:
    first, other = new_id(), new_id()
    with fresh_database.writing() as session:
        lines = [debit(PROVIDER, 2000), credit(payable(first), 1000), credit(payable(other), 1000)]
        post(session, kind=BookingKind.PAYMENT_PAID, key="in", entries=lines)

    def move(first: UUID, second: UUID, name: str) -> int:
        for number in range(15):
            with fresh_database.writing() as session:
                lines = [debit(payable(first), 10), credit(payable(second), 10)]
                post(
                    session,
                    kind=BookingKind.PAYMENT_UNEXPLAINED,
                    key=f"{name}:{number}",
                    entries=lines,
                )
        return 15

    results = at_once(lambda: move(first, other, "a"), lambda: move(other, first, "b"))
    assert results == [15, 15]
    with fresh_database.reading() as session:
        assert queries.balance(session, payable(first)) == 1000
        assert queries.balance(session, payable(other)) == 1000


def test_the_same_key_posted_by_several_at_once_is_booked_once(fresh_database: Database) -> None:
    def give() -> bool:
        with fresh_database.writing() as session:
            lines = [debit(BANK, 100), credit(OWN_FUNDS, 100)]
            return post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="float:1", entries=lines)

    results = at_once(*[give] * 5)
    assert sorted(map(str, results)) == ["False"] * 4 + ["True"]
    with fresh_database.reading() as session:
        assert queries.balance(session, BANK) == 100


def test_the_same_key_with_other_entries_loses_the_race(fresh_database: Database) -> None:
    def give(cents: int) -> bool:
        with fresh_database.writing() as session:
            lines = [debit(BANK, cents), credit(OWN_FUNDS, cents)]
            return post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="float:1", entries=lines)

    results = at_once(lambda: give(100), lambda: give(200))
    assert results.count(True) == 1
    assert sum(isinstance(result, PostingConflictError) for result in results) == 1
    assert total(fresh_database) == 0


def test_after_a_rolled_back_posting_the_key_is_free_again(fresh_database: Database) -> None:
    lines = [debit(BANK, 100), credit(OWN_FUNDS, 100)]
    with fresh_database.session() as first:
        post(first, kind=BookingKind.PAYMENT_UNEXPLAINED, key="float:1", entries=lines)
        first.rollback()
    with fresh_database.writing() as second:
        assert (
            post(second, kind=BookingKind.PAYMENT_UNEXPLAINED, key="float:1", entries=lines) is True
        )
    with fresh_database.reading() as session:
        assert queries.balance(session, BANK) == 100
