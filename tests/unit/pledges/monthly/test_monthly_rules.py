"""The days on which a monthly gift is collected: short months, leap years, the last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.pledges.monthly.rules import (
    MONTHLY_TRANSITIONS,
    MOST,
    NOTICE_DAYS,
    OVER,
    SETTLE_DAYS,
    MonthlyStatus,
    day_in,
    last_start,
    month_after,
    month_of,
    next_due,
    plan_of,
)

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("first_on", "deadline_on", "days"),
    [
        ("2027-01-31", "2027-06-30", ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
        ("2028-01-31", "2028-03-15", ["2028-02-29"]),
        ("2027-03-15", "2027-04-22", ["2027-04-15"]),
        ("2027-03-15", "2027-04-21", []),
        ("2027-12-30", "2028-03-10", ["2028-01-30", "2028-02-29"]),
        ("2027-03-27", "2027-05-10", ["2027-04-27"]),
        ("2027-10-31", "2027-12-10", ["2027-11-30"]),
        ("2027-03-15", "2027-03-15", []),
    ],
)
def test_the_months_that_fit(first_on: str, deadline_on: str, days: list[str]) -> None:
    plan = plan_of(date.fromisoformat(first_on), date.fromisoformat(deadline_on))
    assert [day.isoformat() for day in plan.days] == days if plan else days == []
    if plan:
        assert plan.most == len(days) + 1


@given(DAYS, st.integers(0, 3000))
def test_a_plan_has_each_month_once_and_ends_in_time(first_on: date, days: int) -> None:
    deadline_on = first_on + timedelta(days=days)
    plan = plan_of(first_on, deadline_on)
    if plan is None:
        month = month_after(month_of(first_on))
        assert day_in(month, first_on.day) > last_start(deadline_on)
        return
    months = [month_of(day) for day in plan.days]
    assert len(set(months)) == len(months)
    assert month_of(first_on) not in months
    assert all(day + timedelta(days=SETTLE_DAYS) <= deadline_on for day in plan.days)
    assert all(day.day == min(first_on.day, day_in(month_of(day), 31).day) for day in plan.days)
    assert 2 <= plan.most <= MOST


@given(DAYS, st.integers(1, 31), st.integers(0, 400), st.integers(0, 3))
def test_the_next_day_can_still_be_told_and_is_in_a_month_of_its_own(
    today: date, day: int, ahead: int, number: int
) -> None:
    until_on = today + timedelta(days=ahead)
    months = [month_of(today)]
    for _ in range(number):
        months.append(month_after(months[-1]))
    due = next_due(day=day, until_on=until_on, today=today, months=months[:number])
    if due is None:
        return
    assert due >= today + timedelta(days=NOTICE_DAYS)
    assert due <= until_on
    assert month_of(due) not in months[:number]
    assert due == max(day_in(month_of(due), day), today + timedelta(days=NOTICE_DAYS))


def test_who_is_told_late_gives_later_in_that_month_or_not_at_all() -> None:
    until_on = date(2027, 12, 1)
    months = [date(2027, 3, 1)]
    late = next_due(day=15, until_on=until_on, today=date(2027, 4, 20), months=months)
    assert late == date(2027, 4, 25)
    later = next_due(day=15, until_on=until_on, today=date(2027, 4, 28), months=months)
    assert later == date(2027, 5, 15)
    assert (
        next_due(day=15, until_on=date(2027, 4, 24), today=date(2027, 4, 20), months=months) is None
    )


def test_what_is_over_stays_over() -> None:
    for action, (origins, _) in MONTHLY_TRANSITIONS.table.items():
        assert not origins & OVER, action
    assert MONTHLY_TRANSITIONS.after(MonthlyStatus.PAUSE, "resume") is MonthlyStatus.RUN
