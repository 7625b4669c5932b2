"""Days end at midnight in Amsterdam, whatever the clocks do that night."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.kernel import clock, text


@pytest.mark.parametrize(
    ("day", "ends_at"),
    [
        (date(2027, 1, 31), datetime(2027, 1, 31, 23, tzinfo=UTC)),
        (date(2027, 7, 1), datetime(2027, 7, 1, 22, tzinfo=UTC)),
        # The night to 28 March 2027 has no hour from two to three; that Sunday lasts 23 hours.
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        # 31 October 2027 has that hour twice, and lasts 25 hours.
        (date(2027, 10, 30), datetime(2027, 10, 30, 22, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 23, tzinfo=UTC)),
        (date(2028, 2, 28), datetime(2028, 2, 28, 23, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 23, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_day(day: date, ends_at: datetime) -> None:
    assert clock.end_of_day(day) == ends_at


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 5, 1), 24)]
)
def test_the_length_of_a_day(day: date, hours: int) -> None:
    before = clock.end_of_day(day - timedelta(days=1))
    assert clock.end_of_day(day) - before == timedelta(hours=hours)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 1, 1)))
def test_every_last_second_belongs_to_its_day(day: date) -> None:
    end = clock.end_of_day(day)
    with clock.at(end - timedelta(microseconds=1)):
        assert clock.today() == day
        assert text.days_until(end) == 0
    with clock.at(end):
        assert clock.today() == day + timedelta(days=1)
        assert text.days_until(end) == -1


def test_time_stands_still_inside_the_block_only() -> None:
    moment = datetime(2027, 1, 31, 12, tzinfo=timezone(timedelta(hours=1)))
    with clock.at(moment):
        assert clock.now() == moment
        assert clock.now().tzinfo is UTC
        assert clock.travelling()
        with clock.at(moment + timedelta(days=1)):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment
    assert not clock.travelling()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2027, 1, 31)):  # noqa: DTZ001
        pass


def test_the_same_hour_twice() -> None:
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert clock.local(first).hour == clock.local(second).hour == 2
    assert text.moment(first, "nl") == text.moment(second, "nl") == "31 oktober 2027, 02:30"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_noon_is_on_its_day_on_every_clock_of_europe(day: date) -> None:
    moment = clock.noon(day)
    for zone in ("Europe/Amsterdam", "Atlantic/Azores", "Europe/Helsinki", "UTC"):
        assert moment.astimezone(ZoneInfo(zone)).date() == day
    assert clock.local(moment).hour == 12
