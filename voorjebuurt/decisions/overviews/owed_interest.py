"""The statutory interest that a municipality owes on an award it paid late, or has not paid yet.

Nobody is paid what only ran: it is laid down by a decision of its own (Awb 4:99).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.interest.owed import owed_facts_now
from voorjebuurt.decisions.rules.interest import InterestLine
from voorjebuurt.decisions.rules.owed_interest import AwardDue, ReturnedSum
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.kernel import clock
from voorjebuurt.matching.pots.owed_interest import open_owed_interest
from voorjebuurt.pledges.models import CampaignMatch


@dataclass(frozen=True)
class OwedSoFar:
    """The interest up to the payment, or until today (eurocents), line by line.

    ``returns``: what was paid too much on claims that were undone, and paid back; their lines come
    after those of the award. ``laid_down_cents`` of it decisions laid down, of which ``open_cents``
    is not paid out.
    """

    award: AwardDue
    award_lines: Sequence[InterestLine]
    returns: Sequence[ReturnedSum]
    lines: Sequence[InterestLine]
    cents: int
    due_cents: int
    laid_down_cents: int
    open_cents: int
    known_until: date
    least_cents: int

    @property
    def paid_cents(self) -> int:
        """What was paid out of what was laid down."""
        return self.laid_down_cents - self.open_cents

    @property
    def is_too_little(self) -> bool:
        """Whether all of it is less than is due."""
        return self.cents < self.least_cents

    @property
    def is_guess(self) -> bool:
        """Whether days are in it of which nobody looked up the percentage."""
        return any(line.last > self.known_until for line in self.lines)

    @property
    def is_of_award(self) -> bool:
        """Whether the days of the award say something here."""
        return bool(self.award_lines) or not self.returns


def owed_so_far(session: Session, application_id: UUID, table: RateTable) -> OwedSoFar | None:
    """See ``OwedSoFar``; None while none ran and none was laid down."""
    match = session.get_one(CampaignMatch, application_id)
    until = (match.paid_on or clock.today()) - timedelta(days=1)
    facts = owed_facts_now(session, application_id, InterestOrder(until, table))
    if facts is None or not (facts.lines or facts.before_cents):
        return None
    return OwedSoFar(
        award=facts.award,
        award_lines=facts.award_lines,
        returns=facts.returns,
        lines=facts.lines,
        cents=sum(line.cents for line in facts.lines),
        due_cents=facts.due_cents if until <= table.known_until else 0,
        laid_down_cents=facts.before_cents,
        open_cents=open_owed_interest(session, application_id),
        known_until=table.known_until,
        least_cents=facts.least_cents,
    )
