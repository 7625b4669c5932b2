"""Calendars by RFC 5545: folding, escaping, days, and what stays the same."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.kernel.icalendar import DayEvent, calendar_text, escaped, folded

NOW = datetime(2026, 6, 1, 10, 0, 5, tzinfo=UTC)


def lines_of(data: bytes) -> list[str]:
    """The lines as a program reads them: unfolded (RFC 5545, 3.1)."""
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_an_event_lasts_the_whole_of_one_day() -> None:
    event = DayEvent("decide-1@voorjebuurt", date(2026, 12, 31), "AV-1: Beslissen", "https://x/y")
    data = calendar_text("Termijnen", [event], product="-//Voor je Buurt//NL", now=NOW)
    assert lines_of(data) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Voor je Buurt//NL",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Termijnen",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "BEGIN:VEVENT",
        "UID:decide-1@voorjebuurt",
        "DTSTAMP:20260601T100005Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:AV-1: Beslissen",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "URL:https://x/y",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("een\r\nBEGIN:VALARM", "een\\nBEGIN:VALARM"),
        ("een\rtwee", "een\\ntwee"),
        ("tab\tnul\x00", "tab nul "),
    ],
)
def test_a_text_never_ends_its_line(text: str, value: str) -> None:
    assert escaped(text) == value


def test_a_line_of_75_octets_is_whole_and_one_more_is_folded() -> None:
    assert folded("x" * 75) == b"x" * 75
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x"
    assert folded("x" * 74 + "é") == b"x" * 74 + b"\r\n " + "é".encode()


@given(st.text(max_size=300))
def test_folding_loses_nothing_and_breaks_no_character(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    data = folded(line)
    for piece in data.split(b"\r\n"):
        assert len(piece) <= 75
        piece.decode()
    assert data.replace(b"\r\n ", b"").decode() == line
