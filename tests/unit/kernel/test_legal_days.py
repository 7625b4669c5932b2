"""Free days by Dutch law, and where terms end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.kernel.legal_days import easter, holidays, is_free, last_day, moved

DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "sunday",
    [
        *(date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28)),
        *(date(2038, 4, 25), date(2000, 4, 23), date(2008, 3, 23), date(2285, 3, 22)),
    ],
)
def test_easter_is_known(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_the_holidays_of_2026() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_kings_day_is_the_day_before_a_sunday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 6, 6), date(2026, 6, 8)),  # Saturday
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday, a weekend and Easter Monday
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2026, 5, 5), date(2026, 5, 6)),  # Liberation Day
        (date(2026, 5, 4), date(2026, 5, 4)),
    ],
)
def test_an_end_on_a_free_day_moves(day: date, end: date) -> None:
    assert moved(day) == end


def test_a_term_of_more_than_twelve_weeks_is_not_moved() -> None:
    sunday = date(2026, 9, 6)
    assert last_day(sunday - timedelta(weeks=13), weeks=13) == sunday
    assert last_day(sunday - timedelta(weeks=12), weeks=12) == date(2026, 9, 7)


@given(day=DAYS)
def test_a_moved_day_is_the_first_working_day(day: date) -> None:
    end = moved(day)
    assert not is_free(end)
    between = [day + timedelta(days=n) for n in range((end - day).days)]
    assert all(is_free(day_between) for day_between in between)
    assert end - day <= timedelta(days=5)


@given(year=st.integers(1900, 2999))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    sunday = easter(year)
    assert sunday.isoweekday() == 7
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)
    # The days that hang on it never fall together with each other.
    assert len({sunday - timedelta(2), sunday + timedelta(1), sunday + timedelta(39)}) == 3


@given(after=DAYS, weeks=st.integers(1, 12))
def test_a_short_term_ends_on_a_working_day_within_days_of_its_weeks(
    after: date, weeks: int
) -> None:
    end = last_day(after, weeks=weeks)
    assert not is_free(end)
    assert timedelta(0) <= end - (after + timedelta(weeks=weeks)) <= timedelta(days=5)
