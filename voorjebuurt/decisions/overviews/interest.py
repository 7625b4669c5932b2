"""The statutory interest on what was claimed back, as it stands today (Awb 4:97, 4:98).

It is shown with its arithmetic, and nobody owes it by that: interest is laid down by a decision of
its own (4:99), which is not made here yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.overviews.clawbacks import valid_clawbacks
from voorjebuurt.decisions.rules.interest import (
    LEAST_CENTS,
    InterestLine,
    Rates,
    Repayment,
    interest_on,
)
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import FundDeposit
from voorjebuurt.matching.pots.deposit_states import DepositKind, DepositStatus

_CAME_IN = (DepositStatus.BOOKED.value, DepositStatus.DISPUTED.value)


@dataclass(frozen=True)
class InterestSoFar:
    """The interest until today (eurocents), line by line; ``since`` is its first day.

    ``is_due``: it is enough to be due. ``rate_since``: from when the last known percentage holds.
    """

    lines: Sequence[InterestLine]
    since: date
    until: date
    rate_since: date

    @property
    def cents(self) -> int:
        """All of it."""
        return sum(line.cents for line in self.lines)

    @property
    def is_due(self) -> bool:
        """Whether it is € 20 or more: less is not due."""
        return self.cents >= LEAST_CENTS


def interest_so_far(session: Session, application_id: UUID, rates: Rates) -> InterestSoFar | None:
    """See ``InterestSoFar``; None while nobody is in default.

    What comes in pays the oldest claim first, and of each its interest before its sum.
    """
    repayments, lines = _repayments(session, application_id), list[InterestLine]()
    today = clock.today()
    for decision in valid_clawbacks(session, application_id=application_id):
        if decision.sent_at is None:
            continue
        bill = interest_on(
            decision.amount_cents,
            pay_by=pay_until(clock.local(decision.sent_at).date()),
            repayments=repayments,
            rates=rates,
            until=today,
        )
        repayments = list(bill.rest)
        lines += bill.lines
    if not lines:
        return None
    first = min(line.first for line in lines)
    return InterestSoFar(lines, first, today, rates[-1][0])


def _repayments(session: Session, application_id: UUID) -> list[Repayment]:
    statement = select(FundDeposit.received_on, FundDeposit.cents).where(
        FundDeposit.application_id == application_id,
        FundDeposit.kind == DepositKind.CLAWBACK,
        FundDeposit.status.in_(_CAME_IN),
    )
    return [Repayment(on, cents) for on, cents in session.execute(statement)]
