"""Statutory interest on a clawback that is paid late (Awb 4:97, 4:98; 6:119 of the Civil Code)."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.decisions.rules.interest import Clawback, InterestLine, Repayment, interest_lines

RATES = [
    (date(2023, 1, 1), Decimal(4)),
    (date(2023, 7, 1), Decimal(6)),
    (date(2024, 1, 1), Decimal(7)),
    (date(2025, 1, 1), Decimal(6)),
    (date(2026, 1, 1), Decimal(4)),
]
SUM = 100_000
Lines = Sequence[InterestLine]


def moment(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def clawback(
    pay_by: date, cents: int = SUM, number: str = "BS-1", void: date | None = None
) -> Clawback:
    sent_at = moment(pay_by - timedelta(days=42))
    return Clawback(number, cents, pay_by, sent_at, moment(void) if void else None)


def came_in(on: date, *, interest: int = 0, of_sum: int = 0, at: date | None = None) -> Repayment:
    return Repayment(on, moment(at or on), interest, of_sum)


def counted(*repayments: Repayment, pay_by: date, until: date, cents: int = SUM) -> Lines:
    return interest_lines([clawback(pay_by, cents)], repayments, rates=RATES, until=until)


def shown(lines: Lines) -> list[tuple[date, date, int, int]]:
    return [(line.first, line.last, line.base_cents, line.cents) for line in lines]


def test_nothing_is_due_for_who_pays_on_the_last_day_or_the_day_after_it() -> None:
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        payment = came_in(day, of_sum=SUM)
        assert counted(payment, pay_by=date(2026, 3, 31), until=date(2026, 6, 1)) == ()


def test_one_rate_over_days_of_365() -> None:
    """€ 1,000 at 4 % for 73 days (1 April up to and including 12 June) is a fifth of € 40."""
    due = counted(pay_by=date(2026, 3, 31), until=date(2026, 6, 13))
    assert shown(due) == [(date(2026, 4, 1), date(2026, 6, 12), SUM, 800)]
    assert due[0].days == 73


def test_the_rate_changes_with_the_law() -> None:
    """31 days of December 2025 at 6 %: 509.58; 31 of January 2026 at 4 %: 339.72, rounded down."""
    due = counted(pay_by=date(2025, 11, 30), until=date(2026, 2, 1))
    assert shown(due) == [
        (date(2025, 12, 1), date(2025, 12, 31), SUM, 509),
        (date(2026, 1, 1), date(2026, 1, 31), SUM, 339),
    ]


def test_after_a_year_the_interest_bears_interest() -> None:
    """From 1 January 2024: 7 % of € 1,000 over 366 days is € 70.19; then 6 % of € 1,070.19."""
    due = counted(pay_by=date(2023, 12, 31), until=date(2026, 1, 1))
    assert shown(due) == [
        (date(2024, 1, 1), date(2024, 12, 31), SUM, 7_019),
        (date(2025, 1, 1), date(2025, 12, 31), 107_019, 6_421),
    ]


def test_what_was_paid_of_a_year_bears_no_interest_after_it() -> None:
    """€ 50 of the interest of 2024 were paid: only the rest joins the sum (6:119)."""
    payment = came_in(date(2024, 12, 1), interest=5_000)
    due = counted(payment, pay_by=date(2023, 12, 31), until=date(2026, 1, 1))
    # 7 % over 335 days is 64.24, and over the 31 of December 5.94, each rounded down.
    assert [line.cents for line in due[:2]] == [6_424, 594]
    assert due[2].base_cents == SUM + 6_424 + 594 - 5_000


def test_interest_that_joined_the_sum_is_paid_off_it() -> None:
    payment = came_in(date(2025, 7, 1), interest=7_019)
    due = counted(payment, pay_by=date(2023, 12, 31), until=date(2026, 1, 1))
    assert [line.base_cents for line in due] == [SUM, 107_019, SUM]


def test_interest_that_was_not_laid_down_takes_nothing_of_a_payment() -> None:
    """€ 500 come in after 73 days, while no decision laid interest down: all of it is the sum's."""
    payment = came_in(date(2026, 6, 13), of_sum=50_000)
    due = counted(payment, pay_by=date(2026, 3, 31), until=date(2026, 8, 25))
    assert shown(due) == [
        (date(2026, 4, 1), date(2026, 6, 12), SUM, 800),
        (date(2026, 6, 13), date(2026, 8, 24), 50_000, 400),
    ]


def test_who_paid_the_sum_owes_no_more_interest_than_there_was() -> None:
    payment = came_in(date(2026, 6, 13), of_sum=SUM)
    due = counted(payment, pay_by=date(2026, 3, 31), until=date(2026, 8, 25))
    assert [line.cents for line in due] == [800]


def test_a_payment_counts_from_the_day_that_the_bank_tells() -> None:
    late = came_in(date(2026, 6, 13), of_sum=SUM, at=date(2026, 7, 1))
    due = counted(late, pay_by=date(2026, 3, 31), until=date(2026, 8, 25))
    assert [line.cents for line in due] == [800]


def test_the_oldest_claim_is_paid_first() -> None:
    """Two clawbacks of € 1,000; the € 1,000 that come in pay the first, the second goes on."""
    clawbacks = [clawback(date(2026, 3, 31)), clawback(date(2026, 4, 30), number="BS-2")]
    payment = came_in(date(2026, 6, 13), of_sum=SUM)
    due = interest_lines(clawbacks, [payment], rates=RATES, until=date(2026, 7, 12))
    assert [(line.clawback, line.days, line.cents) for line in due] == [
        ("BS-1", 73, 800),
        ("BS-2", 72, 789),
    ]


def test_a_claim_that_is_undone_bears_no_interest_and_its_money_pays_the_other() -> None:
    """What was paid of the first pays the second from the day that the first was undone."""
    void = date(2026, 7, 12)
    clawbacks = [clawback(date(2026, 3, 31), void=void), clawback(date(2026, 4, 30), number="BS-2")]
    payment = came_in(date(2026, 6, 13), of_sum=60_000)
    due = interest_lines(clawbacks, [payment], rates=RATES, until=date(2026, 9, 23))
    assert [(line.clawback, line.first, line.base_cents, line.cents) for line in due] == [
        ("BS-2", date(2026, 5, 1), SUM, 789),
        ("BS-2", void, 40_000, 320),
    ]


def test_what_went_back_with_a_claim_pays_nothing_of_what_came_in_its_place() -> None:
    void = date(2026, 7, 1)
    lower = Clawback("BS-2", 40_000, date(2026, 8, 12), moment(void), None)
    clawbacks = [clawback(date(2026, 3, 31), void=void), lower]
    payment = came_in(date(2026, 6, 13), of_sum=60_000)
    due = interest_lines(clawbacks, [payment], rates=RATES, until=date(2026, 10, 25))
    assert [(line.clawback, line.first, line.base_cents) for line in due] == [
        ("BS-2", date(2026, 8, 13), 40_000)
    ]


def test_a_day_without_a_known_rate_is_no_guess() -> None:
    with pytest.raises(ValueError, match="no statutory interest is known"):
        counted(pay_by=date(2020, 1, 1), until=date(2020, 3, 1))


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(
    pay_by=DAYS,
    length=st.integers(0, 1_500),
    payments=st.lists(st.tuples(DAYS, st.integers(0, 60_000), st.integers(0, 60_000)), max_size=4),
)
def test_lines_follow_each_other_and_paying_never_costs(
    pay_by: date, length: int, payments: list[tuple[date, int, int]]
) -> None:
    until = pay_by + timedelta(days=length)
    repayments = [came_in(on, interest=part, of_sum=cents) for on, part, cents in payments]
    without = counted(pay_by=pay_by, until=until)
    due = counted(*repayments, pay_by=pay_by, until=until)
    assert sum(line.cents for line in due) <= sum(line.cents for line in without)
    for before, after in itertools.pairwise(due):
        assert before.last < after.first
    if due:
        assert due[0].first > pay_by
        assert due[-1].last < until
