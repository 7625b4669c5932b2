"""Asking the provider about monthly gifts: a customer, a mandate, a collection, the end of it.

Nothing here holds a row while the provider thinks.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.payments.gateway import Gateway, GatewayRefusedError
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.prompt import customer_now
from voorjebuurt.payments.provider_calls import create_at_provider, search_payment
from voorjebuurt.payments.rules import MandateStatus, PaymentSequence
from voorjebuurt.payments.service import NO_MANDATE, MandatePart
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.choosing import monthly_of_first
from voorjebuurt.pledges.monthly.collecting import advance, end, make_collection
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rows import locked_monthly
from voorjebuurt.pledges.monthly.rules import OVER, CollectionState, OverReason
from voorjebuurt.settings import Settings

ASKS_FOR = timedelta(days=2)
"""For so long the provider is asked for a collection that it did not answer about."""


def mandate_to_begin(database: Database, settings: Settings, token: str) -> MandatePart:
    """What the first payment of a gift begins: nothing, unless it is to come back each month.

    Raises a ``GatewayError`` when the provider makes no customer now.
    """
    with database.reading() as session:
        gift = gift_by_token(session, token)
        monthly = monthly_of_first(session, gift.id) if gift else None
        if monthly is None:
            return NO_MANDATE
        locale = session.get_one(Pledge, monthly.first_pledge_id).locale
    customer_id = monthly.customer_id or customer_now(
        settings, reference=str(monthly.id), locale=locale, idempotency_key=monthly.customer_key
    )
    with database.writing() as session:
        row = locked_monthly(session, monthly.id)
        row.customer_id = row.customer_id or customer_id
        return MandatePart(PaymentSequence.FIRST, row.customer_id)


def collect(
    database: Database, gateway: Gateway, settings: Settings, *, collection_id: UUID
) -> None:
    """Have the provider collect one month, once. May be called again after any error."""
    with database.reading() as session:
        collection = session.get_one(MonthlyCollection, collection_id)
        monthly = session.get_one(MonthlyGift, collection.monthly_gift_id)
    if collection.state == CollectionState.PLAN:
        status = _mandate_status(gateway, monthly)
        if status is MandateStatus.PENDING:
            return  # The timetable asks again, for as long as it can still be in time.
        if status is not MandateStatus.VALID:
            break_off(database, monthly.id)
            return
    with database.writing() as session:
        payment_id = make_collection(
            session,
            collection_id=collection_id,
            base_url=settings.base_url,
            no_answer=settings.pledges.no_answer,
        )
    if payment_id is not None:
        _send(database, gateway, settings, payment_id, monthly)


def _send(
    database: Database,
    gateway: Gateway,
    settings: Settings,
    payment_id: UUID,
    monthly: MonthlyGift,
) -> None:
    mode = settings.payment_mode
    with database.reading() as session:
        begun_at = session.get_one(Payment, payment_id).created_at
    if begun_at < clock.now() - ASKS_FOR:
        search_payment(
            database, gateway, payment_id=payment_id, give_up_before=clock.now(), mode=mode
        )
    else:
        try:
            create_at_provider(database, gateway, payment_id=payment_id, mode=mode)
        except GatewayRefusedError:
            if _mandate_status(gateway, monthly) in (MandateStatus.INVALID, MandateStatus.GONE):
                break_off(database, monthly.id)
    with database.writing() as session:
        advance(session, monthly.id)


def _mandate_status(gateway: Gateway, monthly: MonthlyGift) -> MandateStatus:
    return gateway.mandate_status(monthly.customer_id or "", monthly.mandate_id or "")


def break_off(database: Database, monthly_id: UUID) -> None:
    """The bank let the mandate go: nothing is collected any more, and the donor is told."""
    with database.writing() as session:
        monthly = locked_monthly(session, monthly_id)
        if monthly.status not in OVER:
            end(session, monthly, OverReason.MANDATE)


def release(database: Database, gateway: Gateway, *, monthly_id: UUID) -> None:
    """Have the provider forget the mandate of a gift that is over."""
    with database.reading() as session:
        customer_id = session.get_one(MonthlyGift, monthly_id).customer_id
    if customer_id is not None:
        gateway.revoke_mandates(customer_id)
    with database.writing() as session:
        _note_release(session, monthly_id)


def _note_release(session: Session, monthly_id: UUID) -> None:
    monthly = locked_monthly(session, monthly_id)
    if monthly.status in OVER and monthly.released_at is None:
        monthly.released_at = clock.now()
