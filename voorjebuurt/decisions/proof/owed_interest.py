"""What interest that the municipality owes was laid down on, kept to be counted again. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from voorjebuurt.decisions.rules.interest import Clawback, InterestLine, Repayment, interest_lines
from voorjebuurt.decisions.rules.owed_interest import (
    AwardDue,
    ReturnedSum,
    counted_rates,
)
from voorjebuurt.decisions.rules.rates import Rates
from voorjebuurt.kernel import clock


@dataclass(frozen=True)
class OwedInterestFacts:
    """All that the interest on one award follows from, up to and including ``until``.

    ``returns``: what was paid too much on claims that were undone, and paid back.

    ``before_cents``: what was laid down before and stands; less than ``least_cents`` in all is not
    due (eurocents).
    """

    award: AwardDue
    rates: Rates
    until: date
    before_cents: int
    least_cents: int
    returns: tuple[ReturnedSum, ...] = ()

    @cached_property
    def lines(self) -> tuple[InterestLine, ...]:
        """All of it, line by line: of the award, and then of what went back."""
        return (*self.award_lines, *self.returned_lines)

    @cached_property
    def returned_lines(self) -> tuple[InterestLine, ...]:
        """The interest on what went back. Raises ``ValueError`` as ``award_lines`` does."""
        return returned_lines(self.returns, self.rates)

    @cached_property
    def award_lines(self) -> tuple[InterestLine, ...]:
        """The interest on the award, line by line.

        Raises ``ValueError`` for a day without a percentage.
        """
        award = self.award
        if self.until <= award.pay_by:
            return ()
        debt = Clawback(award.number, award.cents, award.pay_by, _noon(award.sent_on))
        paid_on = award.paid_on
        payments = () if paid_on is None else (Repayment(paid_on, _noon(paid_on), 0, award.cents),)
        rates = counted_rates(self.rates, award.pauses)
        return interest_lines((debt,), payments, rates=rates, until=self.until + timedelta(days=1))

    @property
    def total_cents(self) -> int:
        """All of it (eurocents), without the part that is too little to be due."""
        parts = [
            sum(line.cents for line in lines) for lines in (self.award_lines, self.returned_lines)
        ]
        return sum(cents for cents in parts if cents >= self.least_cents)

    @property
    def due_cents(self) -> int:
        """What can be laid down beside what was before (eurocents): nothing before it is paid."""
        is_whole = self.award.paid_on == self.until + timedelta(days=1)
        return max(0, self.total_cents - self.before_cents) if is_whole else 0

    def told(self) -> dict[str, Any]:
        """The same as a snapshot keeps it."""
        award = self.award
        return {
            "until": self.until.isoformat(),
            "award": {
                "number": award.number,
                "cents": award.cents,
                "sent_on": award.sent_on.isoformat(),
                "ended_on": award.ended_on.isoformat(),
                "checked_on": award.checked_on.isoformat(),
                "paid_on": award.paid_on.isoformat() if award.paid_on else None,
                "pauses": [[first.isoformat(), last.isoformat()] for first, last in award.pauses],
                "decide_by": award.decide_by.isoformat() if award.decide_by else None,
                "after_objection": award.after_objection,
            },
            "rates": [[since.isoformat(), str(percent)] for since, percent in self.rates],
            "lines": [_line_told(line) for line in self.lines],
            "total_cents": self.total_cents,
            "before_cents": self.before_cents,
            "least_cents": self.least_cents,
            **({"returns": [_return_told(each) for each in self.returns]} if self.returns else {}),
        }


def owed_interest_facts(document: Mapping[str, Any]) -> OwedInterestFacts:
    """The facts that a snapshot keeps. Raises ``KeyError`` or ``ValueError`` for what is none."""
    award = document["award"]
    decide_by = award.get("decide_by")
    return OwedInterestFacts(
        award=AwardDue(
            number=award["number"],
            cents=award["cents"],
            sent_on=date.fromisoformat(award["sent_on"]),
            ended_on=date.fromisoformat(award["ended_on"]),
            checked_on=date.fromisoformat(award["checked_on"]),
            paid_on=date.fromisoformat(award["paid_on"]) if award["paid_on"] else None,
            pauses=tuple(
                (date.fromisoformat(first), date.fromisoformat(last))
                for first, last in award["pauses"]
            ),
            # Decisions of before did not look at the term to decide.
            decide_by=date.fromisoformat(decide_by) if decide_by else None,
            after_objection=award.get("after_objection", False),
        ),
        rates=[
            (date.fromisoformat(since), Decimal(percent)) for since, percent in document["rates"]
        ],
        until=date.fromisoformat(document["until"]),
        before_cents=document["before_cents"],
        least_cents=document["least_cents"],
        # Decisions of before did not look at claims that were undone.
        returns=tuple(
            ReturnedSum(
                each["cents"],
                date.fromisoformat(each["paid_on"]),
                date.fromisoformat(each["repaid_on"]),
            )
            for each in document.get("returns", ())
        ),
    )


def owed_interest_is_same(document: Mapping[str, Any], amount_cents: int) -> bool:
    """Whether the interest of a decision, counted again, is what it says (eurocents)."""
    facts = owed_interest_facts(document)
    return (
        [_line_told(line) for line in facts.lines] == list(document["lines"])
        and facts.total_cents == document["total_cents"]
        and facts.due_cents == amount_cents
    )


def returned_lines(sums: Sequence[ReturnedSum], rates: Rates) -> tuple[InterestLine, ...]:
    """The interest on each, line by line. Raises ``ValueError`` for a day without a percentage."""
    lines = list[InterestLine]()
    for each in sums:
        debt = Clawback("", each.cents, each.paid_on - timedelta(days=1), _noon(each.paid_on))
        repaid = Repayment(each.repaid_on, _noon(each.repaid_on), 0, each.cents)
        lines += interest_lines((debt,), (repaid,), rates=rates, until=each.repaid_on)
    return tuple(lines)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=clock.AMSTERDAM)


def _return_told(each: ReturnedSum) -> dict[str, Any]:
    return {
        "cents": each.cents,
        "paid_on": each.paid_on.isoformat(),
        "repaid_on": each.repaid_on.isoformat(),
    }


def _line_told(line: InterestLine) -> dict[str, Any]:
    return {
        "first": line.first.isoformat(),
        "last": line.last.isoformat(),
        "base_cents": line.base_cents,
        "percent": str(line.percent),
        "cents": line.cents,
    }
