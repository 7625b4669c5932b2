"""When a last day may move, and to which day. Pure."""

from datetime import date, timedelta

EXTENSION_REASON_MAX_LENGTH = 600


def latest_day(deadline_on: date, days: int) -> date:
    """The furthest that a last day may move."""
    return deadline_on + timedelta(days=days)


def day_fault(until_on: date, *, deadline_on: date, days: int) -> str | None:
    """The code of what is wrong with a new last day, if anything."""
    if until_on <= deadline_on:
        return "extension_too_soon"
    return "extension_too_late" if until_on > latest_day(deadline_on, days) else None
