"""The percentages of the statutory interest, and up to which day they were looked up. Pure.

An order in council changes the percentage on 1 January or 1 July (Civil Code 6:120, first
paragraph). Nobody knows the next one before it is published, so it is never guessed: interest is
laid down up to the last day that somebody looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Rates = Sequence[tuple[date, Decimal]]
"""From each day on so many percent a year, the oldest first."""


@dataclass(frozen=True)
class RateTable:
    """``rates``; ``known_until``: the last day for which they were looked up; ``least_cents``: less
    than this is not due (Awb 4:98, second paragraph; eurocents), and less than ``owed_least_cents``
    where the municipality paid late.
    """

    rates: tuple[tuple[date, Decimal], ...]
    known_until: date
    least_cents: int
    owed_least_cents: int = 1_000


@dataclass(frozen=True)
class InterestOrder:
    """Up to and including which day interest is laid down, and by which percentages."""

    until: date
    table: RateTable


def percent_on(rates: Rates, day: date) -> Decimal:
    """The percentage of a day. Raises ``ValueError`` for one before the first."""
    past = [percent for since, percent in rates if since <= day]
    if not past:
        raise ValueError(f"no statutory interest is known for {day}")
    return past[-1]
