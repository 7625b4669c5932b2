"""Statutory interest that the municipality owes when it pays an award late (Awb 4:97–4:99). Pure.

The award's letter says when the money comes: within six weeks after the letter was sent, the
campaign ended with enough money and the bank account was checked (4:87). Whichever is last begins
the term. A letter that came after the last day to decide counts as of that day (4:100); so does
one that took the place of another decision after an objection or appeal, by the first term to
decide (4:102, second paragraph). From the day after the term the municipality is in default, and
owes interest up to, and not counting, the day on which the bank paid. Days on which a new account
was not checked yet are the receiver's, and don't count.

What was paid on a claim that an objection, an appeal or the municipality itself undid bears
interest as far as it was too much, from the day of that payment up to, and not counting, the day on
which it was paid back (4:102, first and fourth paragraphs).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from voorjebuurt.decisions.rules.limits import years_after
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.decisions.rules.rates import Rates, percent_on

Pause = tuple[date, date]
"""The first and the last day of some that don't count."""


@dataclass(frozen=True)
class AwardDue:
    """What an award promised (eurocents): ``sent_on`` its letter, ``ended_on`` the campaign's
    success, ``checked_on`` the first check of the account, ``paid_on`` the bank's day of payment.

    ``decide_by``: the last day to decide on the application for the first time, None where an older
    decision did not look at it. ``after_objection``: the award came in the place of a decision that
    was undone.
    """

    number: str
    cents: int
    sent_on: date
    ended_on: date
    checked_on: date
    paid_on: date | None
    pauses: tuple[Pause, ...] = ()
    decide_by: date | None = None
    after_objection: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the letter was sent after the last day to decide."""
        return self.decide_by is not None and self.decide_by < self.sent_on

    @property
    def counted_on(self) -> date:
        """The day on which its letter was sent, or should have been."""
        return self.sent_on if self.decide_by is None else min(self.sent_on, self.decide_by)

    @property
    def pay_by(self) -> date:
        """The last day to pay in time."""
        return pay_until(max(self.counted_on, self.ended_on, self.checked_on))


@dataclass(frozen=True)
class ReturnedSum:
    """What was paid too much (eurocents) on a claim that was undone: from when until when."""

    cents: int
    paid_on: date
    repaid_on: date

    @property
    def is_over_a_year(self) -> bool:
        """Whether interest of a year bears interest too."""
        return self.repaid_on > years_after(self.paid_on, 1)


def returned_sums(
    payments: Sequence[tuple[date, int]], *, back_cents: int, excess: int, repaid_on: date
) -> tuple[tuple[tuple[date, int], ...], tuple[ReturnedSum, ...]]:
    """Which of the payments (oldest first; eurocents) went back, and which of them were too much.

    What was owed was paid first, so that the last payments went back, and the last of those were
    too much. The first of the pair is what is left of the payments.
    """
    rest, sums = list(payments), list[ReturnedSum]()
    while rest and back_cents:
        day, cents = rest.pop()
        part = min(cents, back_cents)
        if cents > part:
            rest.append((day, cents - part))
        too_much = min(part, excess)
        if too_much and day < repaid_on:
            sums.append(ReturnedSum(too_much, day, repaid_on))
        back_cents, excess = back_cents - part, excess - too_much
    return tuple(rest), tuple(reversed(sums))


def counted_rates(rates: Rates, pauses: Sequence[Pause]) -> Rates:
    """The percentages, with none for the days of pauses, which don't overlap."""
    for first, last in pauses:
        after = last + timedelta(days=1)
        others = [row for row in rates if not first <= row[0] <= after]
        rates = sorted(
            [*others, (first, percent_on(rates, first) * 0), (after, percent_on(rates, after))]
        )
    return rates


def pauses_of(submissions: Sequence[date], checks: Sequence[date]) -> tuple[Pause, ...]:
    """The days from a new account up to its check, after the first check; all in order."""
    pauses: list[Pause] = []
    for day in submissions:
        check = next((each for each in checks if each >= day), None)
        is_new = bool(checks) and day > checks[0] and not (pauses and day <= pauses[-1][1])
        if is_new and check is not None and check > day:
            pauses.append((day, check - timedelta(days=1)))
    return tuple(pauses)
