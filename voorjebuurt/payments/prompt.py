"""Asking the provider while a donor waits for the page: briefly, or not at all."""

from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from voorjebuurt.kernel.db import Database
from voorjebuurt.payments.gateway import GatewayError
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.provider_calls import sync_payment
from voorjebuurt.payments.providers import gateway_of
from voorjebuurt.settings import Settings

_LOCK_SECONDS = 1
_log = structlog.get_logger()


def ask_now(database: Database, settings: Settings, *, payment_id: UUID) -> bool:
    """Bring a payment up to date within seconds; returns whether the provider answered.

    When it did not, nothing changed, and the same can be asked later by a job.
    """
    try:
        with database.reading() as session:
            gateway = gateway_of(settings, session.get_one(Payment, payment_id)).in_a_hurry()
        sync_payment(
            database,
            gateway,
            payment_id=payment_id,
            mode=settings.payment_mode,
            lock_seconds=_LOCK_SECONDS,
        )
    except (GatewayError, OperationalError) as error:
        _log.info("payment_not_asked", payment_id=str(payment_id), error=repr(error))
        return False
    return True
