"""Booking against PostgreSQL: once, balanced, and with true running balances."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import constraint_of
from tests.support.profiles import slow
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger import queries
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerBalance, LedgerEntry, LedgerTransaction
from voorjebuurt.ledger.rules import (
    BANK,
    OWN_FUNDS,
    PROVIDER,
    REFUNDS_IN_FLIGHT,
    AccountName,
    Entry,
    credit,
    debit,
    held,
    merged,
    payable,
    tips_deferred,
)
from voorjebuurt.ledger.service import PostingConflictError, post


def entries_of(session: Session) -> int:
    """How many entries the ledger has."""
    return session.scalar(select(func.count()).select_from(LedgerEntry)) or 0


def test_a_gift_with_a_tip_is_booked_on_three_accounts(session: Session) -> None:
    campaign_id, payment_id = new_id(), new_id()
    with clock.at(datetime(2026, 11, 3, 9, 30, tzinfo=UTC)):
        new = post(
            session,
            kind=BookingKind.PAYMENT_PAID,
            key="mollie:tr_one:paid",
            entries=[
                debit(PROVIDER, 5200),
                credit(held(campaign_id), 5000),
                credit(tips_deferred(campaign_id), 200),
            ],
            campaign_id=campaign_id,
            payment_id=payment_id,
        )
    assert new is True
    assert queries.balance(session, PROVIDER) == 5200
    assert queries.guarded_balance(session, held(campaign_id)) == 5000
    assert queries.guarded_balance(session, tips_deferred(campaign_id)) == 200
    transaction = session.scalars(select(LedgerTransaction)).one()
    assert transaction.booked_at == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    assert (transaction.campaign_id, transaction.payment_id) == (campaign_id, payment_id)


def test_the_same_key_with_the_same_entries_is_booked_once(session: Session) -> None:
    lines = [debit(BANK, 100), credit(OWN_FUNDS, 60), credit(OWN_FUNDS, 40)]
    assert post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="float:1", entries=lines) is True
    merged_lines = [debit(BANK, 100), credit(OWN_FUNDS, 100)]
    assert (
        post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="float:1", entries=merged_lines)
        is False
    )
    assert queries.balance(session, BANK) == 100
    assert entries_of(session) == 2


@pytest.mark.parametrize(
    "lines",
    [
        [debit(BANK, 101), credit(OWN_FUNDS, 101)],
        [debit(PROVIDER, 100), credit(OWN_FUNDS, 100)],
        [credit(BANK, 100), debit(OWN_FUNDS, 100)],
    ],
)
def test_the_same_key_with_other_entries_is_a_conflict(
    session: Session, lines: list[Entry]
) -> None:
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key="float:1",
        entries=[debit(BANK, 100), credit(OWN_FUNDS, 100)],
    )
    with pytest.raises(PostingConflictError, match="float:1"):
        post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="float:1", entries=lines)
    assert queries.balance(session, BANK) == 100


@pytest.mark.parametrize("lines", [[], [debit(BANK, 100)], [debit(BANK, 5), credit(BANK, 5)]])
def test_what_says_nothing_or_does_not_balance_is_not_booked(
    session: Session, lines: list[Entry]
) -> None:
    with pytest.raises(ValueError, match="must balance"):
        post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="float:1", entries=lines)
    assert entries_of(session) == 0


def test_held_money_is_not_spent_twice(session: Session) -> None:
    campaign_id = new_id()
    post(
        session,
        kind=BookingKind.PAYMENT_PAID,
        key="in",
        entries=[debit(PROVIDER, 500), credit(held(campaign_id), 500)],
    )
    with pytest.raises(IntegrityError) as error:
        post(
            session,
            kind=BookingKind.REFUND_ASKED,
            key="refund",
            entries=[debit(held(campaign_id), 501), credit(REFUNDS_IN_FLIGHT, 501)],
        )
    assert constraint_of(error.value) == "ck_ledger_balances_not_overdrawn"


def test_an_account_never_used_has_no_balance(session: Session) -> None:
    assert queries.balance(session, held(new_id())) == 0
    assert queries.guarded_balance(session, held(new_id())) == 0


def test_an_account_without_a_running_balance_can_not_be_locked(session: Session) -> None:
    with pytest.raises(ValueError, match="no running balance"):
        queries.guarded_balance(session, BANK)


CAMPAIGNS = [new_id(), new_id()]
NEVER_BELOW_ZERO = [
    held(CAMPAIGNS[0]),
    held(CAMPAIGNS[1]),
    payable(CAMPAIGNS[0]),
    REFUNDS_IN_FLIGHT,
]
FREE = [PROVIDER, BANK]
postings = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from([*NEVER_BELOW_ZERO, *FREE]),
            st.sampled_from([*NEVER_BELOW_ZERO, *FREE]),
            st.integers(1, 400),
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=12,
)


@slow(40, HealthCheck.function_scoped_fixture)
@given(postings)
def test_whatever_is_posted_the_books_stay_true(
    session: Session, postings: list[list[tuple[AccountName, AccountName, int]]]
) -> None:
    """Random postings; the model beside it is a dictionary that refuses overdrafts too."""
    outer = session.begin_nested()
    model = dict.fromkeys([*NEVER_BELOW_ZERO, *FREE], 0)
    for number, moves in enumerate(postings):
        lines = [
            line
            for to, origin, cents in moves
            for line in (debit(to, cents), credit(origin, cents))
        ]
        _post_both(session, model, f"random:{number}", lines)
    _assert_true(session, model)
    outer.rollback()


def _post_both(
    session: Session, model: dict[AccountName, int], key: str, lines: list[Entry]
) -> None:
    """Book in the ledger and in the model; both accept it, or neither does."""
    try:
        amounts = merged(lines)
    except ValueError:
        return
    after = {
        account: model[account] + (-cents if account in NEVER_BELOW_ZERO else cents)
        for account, cents in amounts.items()
    }
    in_bounds = all(after[account] >= 0 for account in after if account in NEVER_BELOW_ZERO)
    try:
        with session.begin_nested():
            post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key=key, entries=lines)
    except IntegrityError:
        assert not in_bounds
        return
    assert in_bounds
    model.update(after)


def _assert_true(session: Session, model: dict[AccountName, int]) -> None:
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    assert session.scalar(select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))) == 0
    for account, cents in model.items():
        assert queries.balance(session, account) == cents
        if account in NEVER_BELOW_ZERO:
            assert queries.guarded_balance(session, account) == cents
    assert not session.scalars(select(LedgerBalance).where(LedgerBalance.balance_cents < 0)).all()
