"""What an initiator paid too much on claims that were undone, and got back (Awb 4:102)."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.interest.repayments import repayments_of
from voorjebuurt.decisions.rules.owed_interest import ReturnedSum, returned_sums
from voorjebuurt.matching.models import ClawbackReturn


def sums_paid_back(
    session: Session, application_id: UUID, known_until: date
) -> tuple[ReturnedSum, ...]:
    """What was paid back, where the percentages of all its days are known, the oldest first.

    Interest that was paid and written off since is money that was paid as well. Payments that
    were booked later than a return are no part of it.
    """
    rows = session.scalars(
        select(ClawbackReturn)
        .where(ClawbackReturn.application_id == application_id)
        .order_by(ClawbackReturn.at, ClawbackReturn.id)
    ).all()
    came_in = repayments_of(session, application_id) if rows else ()
    came_in = repayments_of(session, application_id) if rows else ()
    waiting = [each for each in came_in if not each.moved]
    payments, sums = tuple[tuple[date, int], ...](), list[ReturnedSum]()
    for row in rows:
        there = [each for each in waiting if each.at <= row.at]
        waiting = [each for each in waiting if each.at > row.at]
        payments += tuple((each.on, each.interest_cents + each.sum_cents) for each in there)
        payments, back = returned_sums(
            payments,
            back_cents=row.cents,
            excess=row.excess_cents,
            repaid_on=row.repaid_on or date.max,
        )
        if row.repaid_on is not None and row.repaid_on <= known_until:
            sums += back
    return tuple(sums)
