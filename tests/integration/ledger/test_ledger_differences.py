"""What each check of the ledger tells: how much it compared, and the rows that differ."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger import checks
from voorjebuurt.ledger.checks import CheckResult, check_ledger, money_and_owed
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import (
    BANK,
    OWN_FUNDS,
    PROVIDER,
    SUSPENSE,
    AccountName,
    clawback_receivable,
    credit,
    debit,
    fund_reserved,
    held,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post

MINE = UUID("01890000-0000-7000-8000-000000000001")
NEVER_USED = UUID("01890000-0000-7000-8000-000000000002")


def book(session: Session, key: str, to: AccountName, origin: AccountName, cents: int) -> None:
    lines = [debit(to, cents), credit(origin, cents)]
    assert post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key=key, entries=lines)


def differences(session: Session) -> dict[str, tuple[str, ...]]:
    """What differs, by check."""
    return {each.name: each.differences for each in check_ledger(session) if not each.passed}


@pytest.fixture
def open_session(session: Session) -> Session:
    """Two bookings, and after them no guard: as for somebody who owns the database."""
    book(session, "gift", PROVIDER, held(MINE), 500)
    book(session, "float", BANK, OWN_FUNDS, 20)
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table in ("accounts", "entries", "balances", "transactions"):
        session.execute(text(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER"))
    return session


def test_an_empty_ledger_compares_nothing(session: Session) -> None:
    assert check_ledger(session) == [
        CheckResult("transactions_sum_to_zero", 0, 0),
        CheckResult("entries_are_as_posted", 0, 0),
        CheckResult("balances_equal_entries", 0, 0),
        CheckResult("accounts_follow_the_chart", 0, 0),
        CheckResult("money_covers_what_is_owed", 2, 0),
    ]


def test_each_check_tells_how_much_it_compared(session: Session) -> None:
    book(session, "gift", PROVIDER, held(MINE), 500)
    book(session, "float", BANK, OWN_FUNDS, 20)
    book(session, "back", held(MINE), PROVIDER, 100)
    assert check_ledger(session) == [
        CheckResult("transactions_sum_to_zero", 3, 620),
        CheckResult("entries_are_as_posted", 6, 0),
        CheckResult("balances_equal_entries", 1, 400),
        CheckResult("accounts_follow_the_chart", 4, 0),
        CheckResult("money_covers_what_is_owed", 2, 400),
    ]


def test_one_entry_too_few_or_too_many_is_named(open_session: Session) -> None:
    open_session.execute(
        text(
            "DELETE FROM ledger_entries WHERE account_id ="
            " (SELECT id FROM ledger_accounts WHERE code = 'own_funds')"
        )
    )
    assert differences(open_session) == {
        "transactions_sum_to_zero": ("float: 1 entries that sum to 20 cents",),
        "entries_are_as_posted": (
            "float: posted as {'bank': 20, 'own_funds': -20}, entries say {'bank': 20}",
        ),
    }
    open_session.execute(text("DELETE FROM ledger_entries WHERE amount_cents = 20"))
    assert differences(open_session) == {
        "transactions_sum_to_zero": ("float: 0 entries that sum to 0 cents",),
        "entries_are_as_posted": (
            "float: posted as {'bank': 20, 'own_funds': -20}, entries say None",
        ),
    }


def test_a_balance_that_is_not_there_counts_as_nothing(open_session: Session) -> None:
    open_session.execute(text("DELETE FROM ledger_balances"))
    assert differences(open_session) == {
        "balances_equal_entries": (f"held:{MINE}: balance 0 cents, its entries sum to 500",)
    }


def test_a_guarded_account_never_used_needs_no_balance(open_session: Session) -> None:
    add_account(open_session, f"held:{NEVER_USED}", "held", NEVER_USED)
    assert differences(open_session) == {}
    add_balance(open_session, f"held:{NEVER_USED}", 3)
    assert differences(open_session) == {
        "balances_equal_entries": (f"held:{NEVER_USED}: balance 3 cents, its entries sum to 0",)
    }


@pytest.mark.parametrize(("cents", "names"), [(20, []), (21, ["balances_equal_entries"])])
def test_a_balance_that_nobody_should_have_written_is_compared_too(
    open_session: Session, cents: int, names: list[str]
) -> None:
    add_balance(open_session, "bank", cents)
    assert list(differences(open_session)) == names
    result = next(each for each in check_ledger(open_session) if "balances" in each.name)
    assert (result.compared, result.total_cents) == (2, 500 + cents)


def test_accounts_that_the_chart_does_not_have_so_are_named_by_code(open_session: Session) -> None:
    add_account(open_session, "zebra", "zebra", None)
    add_account(open_session, "held", "held", None)
    add_account(open_session, f"payable:{MINE}", "payable", NEVER_USED)
    add_account(open_session, f"held:{NEVER_USED}", "held", None)
    add_account(open_session, "tips", "tips", None, kind="income")
    add_account(open_session, "unclaimed", "unclaimed", None, kind="asset")
    assert differences(open_session)["accounts_follow_the_chart"] == (
        f"held:{NEVER_USED}: belongs to None",
        f"payable:{MINE}: belongs to {NEVER_USED}",
        "tips: is income, guarded=True",
        "unclaimed: is asset, guarded=True",
        "zebra: not in the chart of accounts",
    )


def test_no_check_names_more_rows_than_people_read(
    open_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "MOST_ROWS", 2)
    for base in ("x", "y", "z"):
        add_account(open_session, base, base, None)
        add_balance(open_session, base, 1)
        open_session.execute(
            text(
                "INSERT INTO ledger_transactions (id, key, kind, booked_at, posting)"
                " VALUES (:id, :key, 'payment_paid', '2026-11-01', '{}')"
            ),
            {"id": new_id(), "key": base},
        )
    counts = {name: len(rows) for name, rows in differences(open_session).items()}
    assert counts == {
        "transactions_sum_to_zero": 2,
        "entries_are_as_posted": 2,
        "balances_equal_entries": 2,
        "accounts_follow_the_chart": 2,
    }


def test_money_of_others_and_debts_of_ours_are_told_apart(session: Session) -> None:
    book(session, "gift", PROVIDER, held(MINE), 500)
    book(session, "settled", BANK, PROVIDER, 80)
    book(session, "under way", AccountName("settling"), PROVIDER, 100)
    book(session, "succeeded", held(MINE), payable(MINE), 200)
    assert money_and_owed(session) == (500, 500)
    book(session, "taken", SUSPENSE, PROVIDER, 30)
    assert money_and_owed(session) == (470, 500)
    book(session, "fee", AccountName("psp_fee"), BANK, 10)
    assert money_and_owed(session) == (460, 500)


def test_what_others_owe_us_of_money_that_we_pass_on_is_not_owed_yet(session: Session) -> None:
    book(session, "arrears", municipal_receivable(MINE), payable(MINE), 60)
    assert money_and_owed(session) == (0, 0)
    book(session, "claimed back", clawback_receivable(MINE), fund_reserved(MINE), 40)
    assert money_and_owed(session) == (0, 0)
    book(session, "came in", BANK, municipal_receivable(MINE), 60)
    assert money_and_owed(session) == (60, 60)


def test_a_cent_too_little_is_named_and_just_enough_is_not(session: Session) -> None:
    book(session, "gift", PROVIDER, held(MINE), 500)
    assert differences(session) == {}
    book(session, "fee", AccountName("psp_fee"), PROVIDER, 1)
    assert differences(session) == {
        "money_covers_what_is_owed": ("top-up needed: 1 cents (owed 500, there is 499)",)
    }


def add_account(
    session: Session, code: str, base: str, owner_id: UUID | None, *, kind: str = "liability"
) -> None:
    session.execute(
        text(
            "INSERT INTO ledger_accounts (id, code, base, owner_id, kind, guarded)"
            " VALUES (:id, :code, :base, :owner_id, :kind, true)"
        ),
        {"id": new_id(), "code": code, "base": base, "owner_id": owner_id, "kind": kind},
    )


def add_balance(session: Session, code: str, cents: int) -> None:
    session.execute(
        text(
            "INSERT INTO ledger_balances (account_id, balance_cents)"
            " SELECT id, :cents FROM ledger_accounts WHERE code = :code"
        ),
        {"code": code, "cents": cents},
    )
