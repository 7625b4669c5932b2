"""Statutory interest on what was claimed back and is not paid in time (Awb 4:97, 4:98). Pure.

Who has not paid by the last day is in default, without a notice (4:97), and owes the interest of
article 6:119 of the Civil Code. It counts from the day after that last day up to, and not counting,
the day of payment: days / 365 of the percentage of that day. After each year the interest of that
year bears interest too (6:119, second paragraph). What is paid goes to the interest first, and then
to the sum (Awb 4:92, first paragraph). Less than € 20 in all is not due (4:98, second paragraph).
Every line is rounded down to a whole cent.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from voorjebuurt.decisions.rules.limits import years_after

LEAST_CENTS = 2_000
"""Less than this is not due (Awb 4:98, second paragraph)."""
DAYS_A_YEAR = 365

Rates = Sequence[tuple[date, Decimal]]
"""From each day on so many percent a year, the oldest first."""


@dataclass(frozen=True)
class Repayment:
    """What came in (eurocents), on the day that the bank tells."""

    on: date
    cents: int


@dataclass(frozen=True)
class InterestLine:
    """Days with one percentage over one sum (eurocents); ``last`` is the last one that counts."""

    first: date
    last: date
    base_cents: int
    percent: Decimal
    cents: int

    @property
    def days(self) -> int:
        """How many days it counts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Bill:
    """The interest on one sum so far; ``rest``: what came in after all of it was paid."""

    lines: tuple[InterestLine, ...]
    rest: tuple[Repayment, ...]

    @property
    def cents(self) -> int:
        """All of it (eurocents)."""
        return sum(line.cents for line in self.lines)


def interest_on(
    cents: int, *, pay_by: date, repayments: Iterable[Repayment], rates: Rates, until: date
) -> Bill:
    """The interest on a sum (eurocents) that was to be paid by a day, up to and not counting
    ``until``. Raises ``ValueError`` where no percentage is known for a day.
    """
    first = pay_by + timedelta(days=1)
    base, interest, lines, rest = cents, 0, list[InterestLine](), list[Repayment]()
    incoming = sorted(repayments, key=lambda each: each.on)
    cuts = sorted({first, until, *_cuts(first, until, incoming, rates)})
    for each in incoming:
        if each.on <= first:  # Paid in time, or on the very first day of the default.
            base, interest, more = _paid(base, interest, each.cents)
            rest += [Repayment(each.on, more)] if more else []
    for begin, end in itertools.pairwise(cuts):
        if end > until or begin < first:
            continue
        if base:
            line = _line(begin, end, base, _percent(rates, begin))
            lines += [line] if line.cents else []
            interest += line.cents
        for each in incoming:
            if each.on == end and each.on > first:
                base, interest, more = _paid(base, interest, each.cents)
                rest += [Repayment(each.on, more)] if more else []
        if _is_anniversary(first, end):
            base, interest = base + interest, 0
    return Bill(tuple(lines), tuple(rest))


def _cuts(first: date, until: date, incoming: Sequence[Repayment], rates: Rates) -> Iterator[date]:
    """The days between on which the sum or the percentage changes."""
    days = [each.on for each in incoming] + [since for since, _ in rates]
    years = range(1, max(0, until.year - first.year) + 1)
    days += [years_after(first, number) for number in years]
    yield from (day for day in days if first < day < until)


def _is_anniversary(first: date, day: date) -> bool:
    return day > first and day == years_after(first, day.year - first.year)


def _paid(base: int, interest: int, cents: int) -> tuple[int, int, int]:
    """What is left of sum and interest, and of what was paid: interest first (Awb 4:92)."""
    to_interest = min(interest, cents)
    to_base = min(base, cents - to_interest)
    return base - to_base, interest - to_interest, cents - to_interest - to_base


def _percent(rates: Rates, day: date) -> Decimal:
    past = [percent for since, percent in rates if since <= day]
    if not past:
        raise ValueError(f"no statutory interest is known for {day}")
    return past[-1]


def _line(begin: date, end: date, base: int, percent: Decimal) -> InterestLine:
    exact = base * Fraction(percent) / 100 * (end - begin).days / DAYS_A_YEAR
    return InterestLine(begin, end - timedelta(days=1), base, percent, int(exact))
