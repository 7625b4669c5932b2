"""Statutory interest on what was claimed back and is not paid in time (Awb 4:97–4:99). Pure.

Who has not paid by the last day is in default, without a notice (4:97), and owes the interest of
article 6:119 of the Civil Code (4:98). It counts from the day after that last day up to, and not
counting, the day of payment: days / 365 of the percentage of that day. After each year the interest
of that year that is not paid bears interest too (6:119, second paragraph), and no other interest
does. Every line is rounded down to a whole cent.

What is paid goes to the interest that a decision laid down, and then to the sum (Awb 4:92, first
paragraph): the books say how much of each payment went where, and this follows them. The oldest
clawback is paid first. What was paid of one that an objection undid pays the others from that
moment, as far as they were open; the rest went back, and pays nothing any more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from voorjebuurt.decisions.rules.limits import years_after
from voorjebuurt.decisions.rules.rates import Rates, percent_on

DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Clawback:
    """A decision that clawbacks back (eurocents); ``pay_by`` is its last day to pay.

    ``void_at``: an objection undid it, or a court; it bears no interest then, also not of before.
    """

    number: str
    cents: int
    pay_by: date
    sent_at: datetime
    void_at: datetime | None = None

    def counts_at(self, moment: datetime) -> bool:
        """Whether what was booked at this moment could pay it."""
        return self.sent_at <= moment and (self.void_at is None or self.void_at > moment)


@dataclass(frozen=True)
class Repayment:
    """What came in (eurocents), by what it was booked on. ``on``: the day that the bank tells;
    ``at``: when it was booked. ``moved``: interest that was paid, and pays the sum since it was
    written off.
    """

    on: date
    at: datetime
    interest_cents: int
    sum_cents: int
    moved: bool = False


@dataclass(frozen=True)
class InterestLine:
    """Days with one percentage over one sum (eurocents); ``last`` is the last one that counts."""

    clawback: str
    first: date
    last: date
    base_cents: int
    percent: Decimal
    cents: int

    @property
    def days(self) -> int:
        """How many days it counts."""
        return (self.last - self.first).days + 1


@dataclass
class _Debt:
    """A clawback while its interest is counted: ``open`` of the sum, ``capital`` of interest that
    bears interest, ``interest`` of the year that runs; all eurocents. ``at``: counted up to there.
    """

    clawback: Clawback
    open: int
    at: date
    capital: int = 0
    interest: int = 0
    paid: int = 0
    lines: list[InterestLine] = field(default_factory=list)

    def count(self, day: date, rates: Rates) -> None:
        """Count the interest up to, and not counting, a day."""
        first = self.clawback.pay_by + timedelta(days=1)
        for end in _ends(self.at, day, first, rates):
            base = self.open + self.capital
            if base:
                line = _line(self.clawback.number, self.at, end, base, percent_on(rates, self.at))
                self.lines += [line] if line.cents else []
                self.interest += line.cents
            self.at = end
            if end > first and end == years_after(first, end.year - first.year):
                self.capital, self.interest = self.capital + self.interest, 0

    def pay_interest(self, cents: int) -> int:
        """Take interest as paid, the oldest first; returns what is left of the payment."""
        of_capital = min(self.capital, cents)
        of_year = min(self.interest, cents - of_capital)
        self.capital, self.interest = self.capital - of_capital, self.interest - of_year
        return cents - of_capital - of_year

    def pay_sum(self, cents: int) -> int:
        """Take the sum as paid; returns what is left of the payment."""
        part = min(self.open, cents)
        self.open, self.paid = self.open - part, self.paid + part
        return cents - part


def interest_lines(
    clawbacks: Sequence[Clawback], repayments: Iterable[Repayment], *, rates: Rates, until: date
) -> tuple[InterestLine, ...]:
    """The interest on clawbacks, the oldest first, up to and not counting ``until``.

    Raises ``ValueError`` where no percentage is known for a day.
    """
    debts = [
        _Debt(clawback, clawback.cents, clawback.pay_by + timedelta(days=1))
        for clawback in clawbacks
    ]
    for day, at, event in _events(clawbacks, repayments):
        if day >= until:
            continue
        if isinstance(event, Repayment):
            _pay(debts, event, rates)
        else:
            _undo(debts, event, day, at, rates)
    for debt in debts:
        if debt.clawback.void_at is None:
            debt.count(until, rates)
    return tuple(line for debt in debts if debt.clawback.void_at is None for line in debt.lines)


def _events(
    clawbacks: Sequence[Clawback], repayments: Iterable[Repayment]
) -> list[tuple[date, datetime, Repayment | Clawback]]:
    """What changes a debt, by day and then by when it was booked."""
    events: list[tuple[date, datetime, Repayment | Clawback]] = [
        (each.on, each.at, each) for each in repayments
    ]
    events += [
        (clawback.void_at.date(), clawback.void_at, clawback)
        for clawback in clawbacks
        if clawback.void_at is not None
    ]
    return sorted(events, key=lambda event: event[:2])


def _pay(debts: Sequence[_Debt], repayment: Repayment, rates: Rates) -> None:
    counting = [debt for debt in debts if debt.clawback.counts_at(repayment.at)]
    interest_left, sum_left = repayment.interest_cents, repayment.sum_cents
    for debt in counting:
        if interest_left:
            debt.count(repayment.on, rates)
            interest_left = debt.pay_interest(interest_left)
    for debt in counting:
        if sum_left and debt.open:
            debt.count(repayment.on, rates)
            sum_left = debt.pay_sum(sum_left)


def _undo(
    debts: Sequence[_Debt], clawback: Clawback, day: date, moment: datetime, rates: Rates
) -> None:
    """What was paid of a clawback that is undone pays the others; the rest goes back."""
    rest = 0
    for debt in debts:
        if debt.clawback is clawback:
            rest, debt.open, debt.paid = debt.paid, 0, 0
    for debt in debts:
        if (
            rest
            and debt.open
            and debt.clawback.sent_at < moment
            and debt.clawback.counts_at(moment)
        ):
            debt.count(day, rates)
            rest = debt.pay_sum(rest)


def _ends(begin: date, end: date, first: date, rates: Rates) -> Iterator[date]:
    """The days on which a stretch of days is cut: by a new percentage, by a year, and its end."""
    if end <= begin:
        return
    days = {since for since, _ in rates}
    days |= {years_after(first, number) for number in range(1, end.year - first.year + 1)}
    yield from sorted(day for day in days if begin < day < end)
    yield end


def _line(clawback: str, begin: date, end: date, base: int, percent: Decimal) -> InterestLine:
    exact = base * Fraction(percent) / 100 * (end - begin).days / DAYS_A_YEAR
    return InterestLine(clawback, begin, end - timedelta(days=1), base, percent, int(exact))
