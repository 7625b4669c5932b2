"""Until when a determination can be changed (Awb 4:49, third paragraph). Pure.

Not once five years have passed: since its announcement, or since the breach where it rests on a
duty that was not met afterwards.
"""

from collections.abc import Collection
from datetime import date

from voorjebuurt.decisions.rules.grounds import WITH_BREACH
from voorjebuurt.kernel.errors import DomainError

LIMIT_YEARS = 5
"""After so many years a determination stands, and nothing is claimed back (Awb 4:49, 4:57)."""


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + years)


def too_late_on(since: date, today: date) -> bool:
    """Whether five years have passed since a day."""
    return today > years_after(since, LIMIT_YEARS)


def refuse_after_limit(
    grounds: Collection[str], breach_on: date | None, *, determined_on: date, today: date
) -> None:
    """Raises ``DomainError`` ``determination_final`` when five years have passed for each of these
    grounds, and ``breach_before_determination`` for a breach of before the determination.
    """
    if breach_on is not None and breach_on < determined_on:
        raise DomainError("breach_before_determination", field="breach_on")
    others = set(grounds) - {WITH_BREACH}
    if others and too_late_on(determined_on, today):
        raise DomainError("determination_final", field="grounds")
    if breach_on is not None and too_late_on(breach_on, today):
        raise DomainError("breach_too_long_ago", field="breach_on")
