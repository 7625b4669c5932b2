"""Weeks by number: their days, their neighbours, and what is no week."""

from datetime import UTC, date, datetime

import pytest

from voorjebuurt.payouts.week.rules import Week


def test_a_week_runs_from_monday_to_sunday_in_amsterdam() -> None:
    week = Week.of(date(2026, 3, 29))
    assert (week.year, week.number, str(week)) == (2026, 13, "2026-13")
    assert (week.first_day, week.last_day) == (date(2026, 3, 23), date(2026, 3, 29))
    # The clocks go forward in its last night: an hour less.
    assert week.start == datetime(2026, 3, 22, 23, tzinfo=UTC)
    assert week.end == datetime(2026, 3, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("week", "before", "last_year"),
    [
        (Week(2026, 48), Week(2026, 47), Week(2025, 48)),
        (Week(2027, 1), Week(2026, 53), Week(2026, 1)),
        (Week(2026, 53), Week(2026, 52), Week(2025, 52)),
    ],
)
def test_the_weeks_beside_it(week: Week, before: Week, last_year: Week) -> None:
    assert (week.moved(-1), week.year_before, week.moved(-1).moved(1)) == (before, last_year, week)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-00", "2026-54", "2025-53", "0001-01", "9999-01", "2026-4", "²026-01"]
)
def test_what_is_no_week(text: str) -> None:
    assert Week.parse(text) is None


def test_what_is_written_is_read() -> None:
    assert Week.parse("2026-53") == Week(2026, 53)
