"""The statutory interest on what was claimed back: what ran, what was laid down, what came in.

Nobody owes what only ran: interest is laid down by a decision of its own (Awb 4:99).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.interest.facts import facts_now
from voorjebuurt.decisions.rules.interest import InterestLine, Repayment
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.kernel import clock
from voorjebuurt.matching.pots.interest import open_interest


@dataclass(frozen=True)
class InterestSoFar:
    """The interest until today (eurocents), line by line; ``since`` is its first day.

    ``laid_down_cents`` of it decisions laid down, of which ``open_cents`` are not paid; the rest
    is ``new_cents``. ``repayments``: what came in, and what of it went where. The last
    percentage holds since ``rate_since`` and was looked up until ``known_until``.
    """

    lines: Sequence[InterestLine]
    repayments: Sequence[Repayment]
    since: date | None
    until: date
    cents: int
    is_due: bool
    laid_down_cents: int
    open_cents: int
    rate_since: date
    known_until: date
    least_cents: int

    @property
    def new_cents(self) -> int:
        """What is not laid down."""
        return max(0, self.cents - self.laid_down_cents)

    @property
    def paid_cents(self) -> int:
        """What was paid of what was laid down."""
        return self.laid_down_cents - self.open_cents

    @property
    def is_guess(self) -> bool:
        """Whether days are in it of which nobody looked up the percentage."""
        return bool(self.lines) and self.lines[-1].last > self.known_until


def interest_so_far(
    session: Session, application_id: UUID, table: RateTable
) -> InterestSoFar | None:
    """See ``InterestSoFar``; None while no interest ran and nothing was laid down."""
    yesterday = clock.today() - timedelta(days=1)
    facts = facts_now(session, application_id, InterestOrder(yesterday, table))
    if not facts.lines and not facts.before_cents:
        return None
    return InterestSoFar(
        lines=facts.lines,
        repayments=facts.repayments,
        since=min((line.first for line in facts.lines), default=None),
        until=yesterday,
        cents=sum(line.cents for line in facts.lines),
        is_due=facts.total_cents > 0,
        laid_down_cents=facts.before_cents,
        open_cents=open_interest(session, application_id),
        rate_since=table.rates[-1][0],
        known_until=table.known_until,
        least_cents=table.least_cents,
    )
