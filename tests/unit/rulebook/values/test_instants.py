"""Instants with every part of the writing that can move them."""

import pytest

from voorjebuurt.rulebook.values.instants import NANOSECONDS, parse_instant

NOON = parse_instant("2026-03-01T12:00:00Z")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-03-01T12:00Z", 0),
        ("2026-03-01T12:00:01Z", 1),
        ("2026-03-01T12:01:00Z", 60),
        ("2026-03-01T13:00:00Z", 3600),
        ("2026-03-02T12:00:00Z", 86_400),
        ("2026-04-01T12:00:00Z", 31 * 86_400),
        ("2027-03-01T12:00:00Z", 365 * 86_400),
        ("2026-03-01T23:59:59Z", 43_199),
        ("2026-03-01T17:30:00+05:30", 0),
        ("2026-03-01T08:30:00-03:30", 0),
        ("2026-03-02T11:59:00+23:59", 0),
        ("2026-02-28T12:01:00-23:59", 0),
        ("2026-03-01T12:00:00-00:00", 0),
    ],
)
def test_each_part_moves_the_instant_by_its_own_unit(text: str, seconds: int) -> None:
    assert parse_instant(text) - NOON == seconds * NANOSECONDS


@pytest.mark.parametrize(
    ("fraction", "nanoseconds"),
    [("5", 500_000_000), ("05", 50_000_000), ("000000001", 1), ("123456789", 123_456_789)],
)
def test_a_part_of_a_second_is_read_from_its_point_on(fraction: str, nanoseconds: int) -> None:
    assert parse_instant(f"2026-03-01T12:00:00.{fraction}Z") - NOON == nanoseconds


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-03-01T12:00:00", "not an instant: '2026-03-01T12:00:00'"),
        ("2026-03-01T24:00:00Z", "not a time of the day: '2026-03-01T24:00:00Z'"),
        ("2026-03-01T12:60:00Z", "not a time of the day: '2026-03-01T12:60:00Z'"),
        ("2026-03-01T12:00:60Z", "not a time of the day: '2026-03-01T12:00:60Z'"),
        ("2026-03-01T12:00:00+24:00", "not an offset: '2026-03-01T12:00:00+24:00'"),
        ("2026-03-01T12:00:00-01:60", "not an offset: '2026-03-01T12:00:00-01:60'"),
    ],
)
def test_what_is_wrong_is_told(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match="not a") as error:
        parse_instant(text)
    assert str(error.value) == reason
