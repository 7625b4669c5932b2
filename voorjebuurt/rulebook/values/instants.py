"""Instants, exact: ISO 8601 with an offset, down to the nanosecond."""

import re
from datetime import date

_WRITTEN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
NANOSECONDS = 10**9


def parse_instant(text: str) -> int:
    """Nanoseconds since the beginning of the year 1 in UTC.

    Two ways to write the same instant give the same number.
    Raises ``ValueError`` for another form, a missing offset, or a day that isn't there.
    """
    match = _WRITTEN.fullmatch(text)
    if not match:
        raise ValueError(f"not an instant: {text!r}")
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    second, fraction = int(match[6] or 0), (match[7] or "0").ljust(9, "0")
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"not a time of the day: {text!r}")
    days = date(year, month, day).toordinal()
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - _offset(match)
    return seconds * NANOSECONDS + int(fraction)


def _offset(match: re.Match[str]) -> int:
    if match[8] is None:
        return 0
    hours, minutes = int(match[9]), int(match[10])
    if hours > 23 or minutes > 59:
        raise ValueError(f"not an offset: {match[0]!r}")
    seconds = (hours * 60 + minutes) * 60
    return -seconds if match[8] == "-" else seconds
