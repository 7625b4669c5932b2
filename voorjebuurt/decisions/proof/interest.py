"""What interest was laid down on, kept so that it can be counted again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from voorjebuurt.decisions.rules.interest import Clawback, InterestLine, Repayment, interest_lines
from voorjebuurt.decisions.rules.rates import Rates


@dataclass(frozen=True)
class InterestFacts:
    """All that the interest of an application follows from, up to and including ``until``.

    ``before_cents``: what was laid down before and stands; less than ``least_cents`` in all is not
    due (eurocents).
    """

    clawbacks: tuple[Clawback, ...]
    repayments: tuple[Repayment, ...]
    rates: Rates
    until: date
    before_cents: int
    least_cents: int

    @cached_property
    def lines(self) -> tuple[InterestLine, ...]:
        """The interest line by line. Raises ``ValueError`` for a day without a percentage."""
        end = self.until + timedelta(days=1)
        return interest_lines(self.clawbacks, self.repayments, rates=self.rates, until=end)

    @property
    def total_cents(self) -> int:
        """All of it, from the first day (eurocents); 0 where it is too little to be due."""
        cents = sum(line.cents for line in self.lines)
        return cents if cents >= self.least_cents else 0

    @property
    def due_cents(self) -> int:
        """What can be laid down beside what was before (eurocents)."""
        return max(0, self.total_cents - self.before_cents)

    def told(self) -> dict[str, Any]:
        """The same as a snapshot keeps it."""
        return {
            "until": self.until.isoformat(),
            "clawbacks": [
                {
                    "number": clawback.number,
                    "cents": clawback.cents,
                    "pay_by": clawback.pay_by.isoformat(),
                    "sent_at": clawback.sent_at.isoformat(),
                    "void_at": clawback.void_at.isoformat() if clawback.void_at else None,
                }
                for clawback in self.clawbacks
            ],
            "repayments": [
                {
                    "on": each.on.isoformat(),
                    "at": each.at.isoformat(),
                    "interest_cents": each.interest_cents,
                    "sum_cents": each.sum_cents,
                    "moved": each.moved,
                }
                for each in self.repayments
            ],
            "rates": [[since.isoformat(), str(percent)] for since, percent in self.rates],
            "lines": [_line_told(line) for line in self.lines],
            "total_cents": self.total_cents,
            "before_cents": self.before_cents,
            "least_cents": self.least_cents,
        }


def interest_facts(document: Mapping[str, Any]) -> InterestFacts:
    """The facts that a snapshot keeps. Raises ``KeyError`` or ``ValueError`` for what is none."""
    return InterestFacts(
        clawbacks=tuple(
            Clawback(
                row["number"],
                row["cents"],
                date.fromisoformat(row["pay_by"]),
                datetime.fromisoformat(row["sent_at"]),
                datetime.fromisoformat(row["void_at"]) if row["void_at"] else None,
            )
            for row in document["clawbacks"]
        ),
        repayments=tuple(
            Repayment(
                date.fromisoformat(row["on"]),
                datetime.fromisoformat(row["at"]),
                row["interest_cents"],
                row["sum_cents"],
                row["moved"],
            )
            for row in document["repayments"]
        ),
        rates=[
            (date.fromisoformat(since), Decimal(percent)) for since, percent in document["rates"]
        ],
        until=date.fromisoformat(document["until"]),
        before_cents=document["before_cents"],
        least_cents=document["least_cents"],
    )


def interest_is_same(document: Mapping[str, Any], amount_cents: int) -> bool:
    """Whether the interest of a decision, counted again, is what it says (eurocents)."""
    facts = interest_facts(document)
    lines = [_line_told(line) for line in facts.lines]
    return (
        lines == list(document["lines"])
        and facts.total_cents == document["total_cents"]
        and facts.due_cents == amount_cents
    )


def _line_told(line: InterestLine) -> dict[str, Any]:
    return {
        "clawback": line.clawback,
        "first": line.first.isoformat(),
        "last": line.last.isoformat(),
        "base_cents": line.base_cents,
        "percent": str(line.percent),
        "cents": line.cents,
    }
