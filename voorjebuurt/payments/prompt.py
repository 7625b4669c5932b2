"""Asking the provider while somebody waits for the page: briefly, seldom, or not at all.

A provider that is slow costs a part of the web server's threads, never all: whoever finds that part
taken is served from what is known.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from voorjebuurt.kernel import clock, counters
from voorjebuurt.kernel.db import Database
from voorjebuurt.payments.gateway import GatewayBusyError, GatewayError
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.provider_calls import create_at_provider, sync_payment
from voorjebuurt.payments.providers import NEW_PAYMENTS, connect, gateway_of
from voorjebuurt.payments.tasks import sync_later
from voorjebuurt.settings import Settings

ASK_SECONDS = 5
"""A payment is asked after once in so many seconds, however often its donor comes back."""
PLACES = 1
"""How many pages of one process wait for the provider at once: half of the threads it has."""
_PATIENCE_SECONDS = 1
"""How long who is about to pay waits for a place; who comes back does not wait at all."""
_LOCK_SECONDS = 1
_places = threading.BoundedSemaphore(PLACES)
_log = structlog.get_logger()


def ask_now(database: Database, settings: Settings, *, payment_id: UUID) -> None:
    """Bring a payment up to date within seconds, or have a job do it soon."""
    with database.writing() as session:
        key = f"payment asked:{payment_id}"
        if counters.count(session, key=key, seconds=ASK_SECONDS, amount=1) > 1:
            # At most one such job waits: nobody makes us ask more often by coming back.
            sync_later(session, payment_id, at=clock.now() + timedelta(seconds=ASK_SECONDS))
            return
    try:
        with _place(wait_seconds=0):
            _ask(database, settings, payment_id)
    except (GatewayError, OperationalError) as error:
        _log.info("payment_not_asked", payment_id=str(payment_id), error=repr(error))
        with database.writing() as session:
            sync_later(session, payment_id)


def create_now(database: Database, settings: Settings, payment: Payment) -> str | None:
    """Have the provider make a payment; returns its checkout address, as ``create_at_provider``.

    Raises a ``GatewayError``, also when too many wait for the provider already.
    """
    with _place(wait_seconds=_PATIENCE_SECONDS):
        return create_at_provider(
            database,
            gateway_of(settings, payment),
            payment_id=payment.id,
            mode=settings.payment_mode,
        )


def customer_now(settings: Settings, *, reference: str, locale: str, idempotency_key: str) -> str:
    """Have the provider make a customer for what is collected later; errors as ``create_now``."""
    with _place(wait_seconds=_PATIENCE_SECONDS):
        gateway = connect(settings, NEW_PAYMENTS)
        return gateway.create_customer(reference, locale=locale, idempotency_key=idempotency_key)


def _ask(database: Database, settings: Settings, payment_id: UUID) -> None:
    with database.reading() as session:
        gateway = gateway_of(settings, session.get_one(Payment, payment_id)).in_a_hurry()
    sync_payment(
        database,
        gateway,
        payment_id=payment_id,
        mode=settings.payment_mode,
        lock_seconds=_LOCK_SECONDS,
    )


@contextmanager
def _place(*, wait_seconds: int) -> Iterator[None]:
    if not _places.acquire(timeout=wait_seconds):
        raise GatewayBusyError("others of this process wait for the provider", seconds=None)
    try:
        yield
    finally:
        _places.release()
