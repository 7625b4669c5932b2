"""Monthly gifts inside one transaction, without HTTP: a fake bank tells what became of them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.giving import BOUNDS, pledge, tell
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.rules import PaymentSequence
from voorjebuurt.payments.service import MandatePart
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.choosing import choose_monthly
from voorjebuurt.pledges.monthly.collecting import advance, make_collection
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.service import start_attempt

SITE = "https://site.example"


def chosen(session: Session, campaign: Campaign, **values: Any) -> tuple[Pledge, MonthlyGift]:
    """A promise that is to come back each month."""
    promise = pledge(session, campaign, **values)
    choose_monthly(session, pledge=promise, wish=True, actor=GUEST)
    statement = select(MonthlyGift).where(
        MonthlyGift.first_pledge_id == promise.id, MonthlyGift.over_at.is_(None)
    )
    return promise, session.scalars(statement).one()


def first_attempt(session: Session, promise: Pledge, monthly: MonthlyGift) -> Payment:
    """The first payment, begun."""
    monthly.customer_id = monthly.customer_id or f"cst_{monthly.id.hex[-12:]}"
    return start_attempt(
        session,
        token=promise.token,
        base_url=SITE,
        actor=GUEST,
        mandate=MandatePart(PaymentSequence.FIRST, monthly.customer_id),
    )


def begun(session: Session, campaign: Campaign, **values: Any) -> MonthlyGift:
    """One whose first payment counts."""
    promise, monthly = chosen(session, campaign, **values)
    payment = tell(session, first_attempt(session, promise, monthly), mandate_id="mdt_abc")
    book_payment(session, payment_id=payment.id)
    advance(session, monthly.id)
    session.flush()
    return monthly


def noon(day: date) -> datetime:
    """The middle of a day."""
    return clock.noon(day)


def months(session: Session, monthly: MonthlyGift) -> list[MonthlyCollection]:
    """Its collections, the first first."""
    statement = select(MonthlyCollection).where(MonthlyCollection.monthly_gift_id == monthly.id)
    rows = session.scalars(statement.order_by(MonthlyCollection.month))
    return list(rows.all())


def states(session: Session, monthly: MonthlyGift) -> list[str]:
    """How each month is going."""
    session.expire_all()
    return [collection.state for collection in months(session, monthly)]


def planned(session: Session, monthly: MonthlyGift, day: date) -> MonthlyCollection:
    """The collection of ``day``, announced five days before."""
    with clock.at(noon(day - timedelta(days=5))):
        advance(session, monthly.id)
    return certain(next((c for c in months(session, monthly) if c.state == "plan"), None))


def make(session: Session, collection_id: UUID) -> Payment | None:
    """Write down what is collected."""
    payment_id = make_collection(
        session, collection_id=collection_id, base_url=SITE, no_answer=BOUNDS.no_answer
    )
    return session.get_one(Payment, payment_id) if payment_id else None


def collected(
    session: Session, monthly: MonthlyGift, day: date, status: str = "paid", **facts: Any
) -> Payment:
    """A month from its announcement to what the bank says."""
    collection = planned(session, monthly, day)
    with clock.at(noon(day)):
        payment = certain(make(session, collection.id))
        payment = tell(session, payment, status, method="directdebit", **facts)
        if status == "paid":
            book_payment(session, payment_id=payment.id)
        advance(session, monthly.id)
    session.flush()
    return payment
