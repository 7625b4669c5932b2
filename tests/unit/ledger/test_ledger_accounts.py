"""The names of accounts, which are stored with every entry, and the sides of an entry."""

from collections.abc import Callable
from uuid import UUID

import pytest

from voorjebuurt.ledger import rules
from voorjebuurt.ledger.queries import TrialLine
from voorjebuurt.ledger.rules import BANK, CHART, AccountName, Entry, Kind, credit, debit, merged

OWNER = UUID("01890000-0000-7000-8000-000000000001")
OWNERS_ACCOUNTS: list[tuple[Callable[[UUID], AccountName], str]] = [
    (rules.cash_received, "cash_received"),
    (rules.held, "held"),
    (rules.payable, "payable"),
    (rules.tips_deferred, "tips_deferred"),
    (rules.chargeback_receivable, "chargeback_receivable"),
    (rules.fund_free, "fund_free"),
    (rules.fund_reserved, "fund_reserved"),
    (rules.municipal_receivable, "municipal_receivable"),
    (rules.clawback_receivable, "clawback_receivable"),
    (rules.interest_receivable, "interest_receivable"),
    (rules.interest_pending, "interest_pending"),
    (rules.owed_interest, "owed_interest"),
    (rules.owed_interest_pending, "owed_interest_pending"),
]


@pytest.mark.parametrize(("make", "base"), OWNERS_ACCOUNTS)
def test_an_owners_account_has_the_code_that_was_always_stored(
    make: Callable[[UUID], AccountName], base: str
) -> None:
    assert make(OWNER) == AccountName(base, OWNER)
    assert make(OWNER).code == f"{base}:{OWNER}"


def test_every_account_with_owners_is_made_by_a_function_of_its_own() -> None:
    assert {base for _, base in OWNERS_ACCOUNTS} == {
        base for base, line in CHART.items() if line.owned
    }


@pytest.mark.parametrize("account", [BANK, *(make(OWNER) for make, _ in OWNERS_ACCOUNTS)])
def test_a_code_leads_back_to_its_account(account: AccountName) -> None:
    assert AccountName.from_code(account.code) == account
    assert AccountName.from_code(account.code).kind is CHART[account.base].kind


@pytest.mark.parametrize("side", [debit, credit])
def test_a_side_may_be_nothing_which_is_then_not_booked(
    side: Callable[[AccountName, int], Entry],
) -> None:
    assert side(BANK, 0) == Entry(BANK, 0)
    lines = [side(BANK, 0), debit(rules.PROVIDER, 5), credit(rules.TIPS, 5)]
    assert list(merged(lines).items()) == [(rules.PROVIDER, 5), (rules.TIPS, -5)]


@pytest.mark.parametrize(
    ("kind", "cents", "sides"),
    [
        (Kind.ASSET, 7, (7, 0)),
        (Kind.EXPENSE, 7, (7, 0)),
        (Kind.LIABILITY, 7, (0, 7)),
        (Kind.INCOME, 7, (0, 7)),
        (Kind.EQUITY, 7, (0, 7)),
        (Kind.ASSET, -7, (0, 7)),
        (Kind.LIABILITY, -7, (7, 0)),
        (Kind.ASSET, 0, (0, 0)),
        (Kind.LIABILITY, 0, (0, 0)),
    ],
)
def test_a_balance_below_zero_stands_on_the_other_side(
    kind: Kind, cents: int, sides: tuple[int, int]
) -> None:
    line = TrialLine("code", "base", kind, cents)
    assert (line.debit_cents, line.credit_cents) == sides
