"""The form of a posting, without a database."""

from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.ledger.rules import (
    BANK,
    CHART,
    PROVIDER,
    AccountName,
    Entry,
    Kind,
    credit,
    debit,
    held,
    merged,
    payable,
    tips_deferred,
)

CAMPAIGN = UUID("01890000-0000-7000-8000-000000000001")
OTHER = UUID("01890000-0000-7000-8000-000000000002")

accounts = st.sampled_from([PROVIDER, BANK, held(CAMPAIGN), held(OTHER), payable(CAMPAIGN)])
entries = st.builds(Entry, accounts, st.integers(-(10**12), 10**12))


def balanced(lines: list[Entry]) -> list[Entry]:
    """The same lines, with one more that makes them add up to zero."""
    return [*lines, Entry(tips_deferred(CAMPAIGN), -sum(line.cents for line in lines))]


@given(st.lists(entries, max_size=12))
def test_merging_keeps_every_accounts_total(lines: list[Entry]) -> None:
    lines = balanced(lines)
    totals: dict[AccountName, int] = {}
    for line in lines:
        totals[line.account] = totals.get(line.account, 0) + line.cents
    sums = {account: cents for account, cents in totals.items() if cents}
    if not sums:
        with pytest.raises(ValueError, match="not be empty"):
            merged(lines)
        return
    assert merged(lines) == sums


@given(st.lists(entries, min_size=1, max_size=12))
def test_merged_is_in_the_order_of_codes_and_has_no_zeros(lines: list[Entry]) -> None:
    lines = balanced(lines)
    if not any(sum(x.cents for x in lines if x.account == a) for a in {x.account for x in lines}):
        return
    result = merged(lines)
    codes = [account.code for account in result]
    assert codes == sorted(codes)
    assert all(result.values())
    assert len(result) >= 2


@given(st.lists(entries, min_size=1, max_size=8), st.randoms())
def test_the_order_in_which_lines_are_given_does_not_matter(
    lines: list[Entry], random: Random
) -> None:
    lines = [*balanced(lines), debit(PROVIDER, 7), credit(BANK, 7)]
    other_order = list(lines)
    random.shuffle(other_order)
    try:
        result = list(merged(lines).items())
    except ValueError:
        with pytest.raises(ValueError, match="balance"):
            merged(other_order)
        return
    assert list(merged(other_order).items()) == result


@given(st.lists(entries, min_size=1, max_size=8), st.integers(-1000, 1000).filter(bool))
def test_what_does_not_balance_is_refused(lines: list[Entry], off: int) -> None:
    with pytest.raises(ValueError, match="balance"):
        merged([*balanced(lines), Entry(BANK, off)])


def test_debit_and_credit_differ_in_sign() -> None:
    assert debit(PROVIDER, 5200) == Entry(PROVIDER, 5200)
    assert credit(held(CAMPAIGN), 5000) == Entry(held(CAMPAIGN), -5000)


@pytest.mark.parametrize("side", [debit, credit])
def test_a_negative_side_is_refused(side: Callable[[AccountName, int], Entry]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        side(PROVIDER, -1)


@pytest.mark.parametrize("account", [AccountName("held"), AccountName("mollie", CAMPAIGN)])
def test_an_account_of_the_wrong_form_is_refused(account: AccountName) -> None:
    with pytest.raises(ValueError, match="wrong form"):
        debit(account, 1)


def test_what_we_owe_to_others_is_guarded_and_what_outsiders_decide_is_not() -> None:
    liabilities = {base for base, line in CHART.items() if line.kind is Kind.LIABILITY}
    assert {base for base, line in CHART.items() if line.guarded} == liabilities - {"suspense"}
