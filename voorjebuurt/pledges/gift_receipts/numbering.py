"""Giving receipts their numbers, in the order in which gifts were booked."""

from collections import defaultdict

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges.gift_receipts.models import GiftReceipt
from voorjebuurt.pledges.models import Pledge

_LOCK = "receipts"


def number_gift_receipts(session: Session, *, limit: int) -> int:
    """Number so many gifts at most that were booked and have no receipt yet; how many there were.

    One at a time: who comes second waits, and finds them numbered.
    """
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))
    rows = session.execute(
        select(Payment.id, Payment.paid_at, Pledge.id, Pledge.amount_cents, Pledge.tip_cents)
        .join(Pledge, Pledge.id == Payment.pledge_id)
        .where(
            Payment.booked_as == "contribution",
            Payment.paid_at.is_not(None),
            ~exists().where(GiftReceipt.payment_id == Payment.id),
        )
        .order_by(Payment.booked_at, Payment.id)
        .limit(limit)
    ).all()
    last = _last_numbers(session)
    for payment_id, paid_at, pledge_id, amount_cents, tip_cents in rows:
        assert paid_at is not None
        year = clock.local(paid_at).year
        last[year] += 1
        session.add(
            GiftReceipt(
                payment_id=payment_id,
                pledge_id=pledge_id,
                year=year,
                number=last[year],
                amount_cents=amount_cents,
                tip_cents=tip_cents,
                paid_at=paid_at,
                numbered_at=clock.now(),
            )
        )
        session.flush()
    return len(rows)


def _last_numbers(session: Session) -> defaultdict[int, int]:
    statement = select(GiftReceipt.year, func.max(GiftReceipt.number)).group_by(GiftReceipt.year)
    return defaultdict(int, ((year, number) for year, number in session.execute(statement)))
