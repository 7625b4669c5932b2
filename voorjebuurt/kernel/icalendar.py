"""A calendar of days as text, by RFC 5545. Pure.

Only what our calendars have: events that last one day. Lines end in CRLF and are folded at 75
octets, never within a character; what a text contains can't end its line or begin another property.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MOST_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class DayEvent:
    """Something on one day. ``uid`` stays the same when its day or its words change."""

    uid: str
    on: date
    summary: str
    url: str = ""


def calendar_text(
    name: str, events: Iterable[DayEvent], *, product: str, now: datetime, refresh_hours: int = 4
) -> bytes:
    """The whole calendar in UTF-8, as it is at ``now``."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{escaped(product)}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{refresh_hours}H",
    ]
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for event in events:
        lines += _event_lines(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def escaped(text: str) -> str:
    """A text as a value: one line, whatever it contains; control characters become spaces."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    line = "".join(
        character if character == "\n" or character.isprintable() else " " for character in plain
    )
    return line.translate(_ESCAPES)


def folded(line: str) -> bytes:
    """The line in UTF-8, in pieces of at most 75 octets; each next one begins with a space."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > MOST_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    pieces.append(piece)
    return b"\r\n".join(pieces)


def _event_lines(event: DayEvent, stamp: str) -> Sequence[str]:
    following = event.on + timedelta(days=1)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{following:%Y%m%d}",
        f"SUMMARY:{escaped(event.summary)}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
    ]
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "END:VEVENT"]
