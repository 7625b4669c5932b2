"""Statutory interest on a claim that is paid late (Awb 4:97, 4:98; 6:119 of the Civil Code)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.decisions.rules.interest import Bill, Repayment, interest_on

RATES = [
    (date(2023, 1, 1), Decimal(4)),
    (date(2023, 7, 1), Decimal(6)),
    (date(2024, 1, 1), Decimal(7)),
    (date(2025, 1, 1), Decimal(6)),
    (date(2026, 1, 1), Decimal(4)),
]
SUM = 100_000


def bill(*repayments: tuple[date, int], pay_by: date, until: date, cents: int = SUM) -> Bill:
    incoming = [Repayment(on, amount) for on, amount in repayments]
    return interest_on(cents, pay_by=pay_by, repayments=incoming, rates=RATES, until=until)


def lines(what: Bill) -> list[tuple[date, date, int, int]]:
    return [(line.first, line.last, line.base_cents, line.cents) for line in what.lines]


def test_nothing_is_due_for_who_pays_on_the_last_day_or_the_day_after_it() -> None:
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        assert bill((day, SUM), pay_by=date(2026, 3, 31), until=date(2026, 6, 1)).lines == ()


def test_one_rate_over_days_of_365() -> None:
    """€ 1,000 at 4 % for 73 days (1 April up to and including 12 June) is a fifth of € 40."""
    due = bill(pay_by=date(2026, 3, 31), until=date(2026, 6, 13))
    assert lines(due) == [(date(2026, 4, 1), date(2026, 6, 12), SUM, 800)]
    assert due.lines[0].days == 73


def test_the_rate_changes_with_the_law() -> None:
    """31 days of December 2025 at 6 %: 509.58; 31 of January 2026 at 4 %: 339.72, rounded down."""
    due = bill(pay_by=date(2025, 11, 30), until=date(2026, 2, 1))
    assert lines(due) == [
        (date(2025, 12, 1), date(2025, 12, 31), SUM, 509),
        (date(2026, 1, 1), date(2026, 1, 31), SUM, 339),
    ]
    assert due.cents == 848


def test_after_a_year_the_interest_bears_interest() -> None:
    """From 1 January 2024: 7 % of € 1,000 over 366 days is € 70.19; then 6 % of € 1,070.19."""
    due = bill(pay_by=date(2023, 12, 31), until=date(2026, 1, 1))
    assert lines(due) == [
        (date(2024, 1, 1), date(2024, 12, 31), SUM, 7_019),
        (date(2025, 1, 1), date(2025, 12, 31), 107_019, 6_421),
    ]


def test_what_is_paid_goes_to_the_interest_first() -> None:
    """€ 8 of interest after 73 days; of € 508 that come in then, € 500 go to the sum (Awb 4:92)."""
    due = bill((date(2026, 6, 13), 50_800), pay_by=date(2026, 3, 31), until=date(2026, 8, 25))
    assert lines(due) == [
        (date(2026, 4, 1), date(2026, 6, 12), SUM, 800),
        (date(2026, 6, 13), date(2026, 8, 24), 50_000, 400),
    ]


def test_who_pays_the_sum_alone_still_owes_the_rest_of_it() -> None:
    due = bill((date(2026, 6, 13), SUM), pay_by=date(2026, 3, 31), until=date(2026, 8, 25))
    assert lines(due)[1] == (date(2026, 6, 13), date(2026, 8, 24), 800, 6)


def test_what_is_left_of_a_payment_is_told_for_the_next_claim() -> None:
    due = bill((date(2026, 3, 1), SUM + 500), pay_by=date(2026, 3, 31), until=date(2026, 8, 25))
    assert due.rest == (Repayment(date(2026, 3, 1), 500),)


def test_a_day_without_a_known_rate_is_no_guess() -> None:
    with pytest.raises(ValueError, match="no statutory interest is known"):
        bill(pay_by=date(2020, 1, 1), until=date(2020, 3, 1))


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(
    pay_by=DAYS,
    length=st.integers(0, 1_500),
    repayments=st.lists(st.tuples(DAYS, st.integers(1, 60_000)), max_size=4),
)
def test_lines_follow_each_other_and_paying_never_costs(
    pay_by: date, length: int, repayments: list[tuple[date, int]]
) -> None:
    until = pay_by + timedelta(days=length)
    without, with_payments = (
        bill(pay_by=pay_by, until=until),
        bill(*repayments, pay_by=pay_by, until=until),
    )
    assert with_payments.cents <= without.cents
    for before, after in zip(with_payments.lines, with_payments.lines[1:], strict=False):
        assert before.last < after.first
    if with_payments.lines:
        assert with_payments.lines[0].first > pay_by
        assert with_payments.lines[-1].last < until
