"""Background work on payments: webhooks, sweeps, refunds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.kernel import clock, counters, jobs
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.kernel.jobs import RetryLaterError, Runtime, task
from voorjebuurt.payments import provider_calls, queries, refunds
from voorjebuurt.payments.gateway import (
    Gateway,
    GatewayBusyError,
    GatewayConflictError,
    GatewayNotFoundError,
    GatewayUnauthorizedError,
    GatewayUnclearError,
)
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.providers import gateway_of

_SWEEP = 500
_REVISIT = 1000
_FOREIGN_IDS_AN_HOUR = 10


def sync_later(session: Session, payment_id: UUID, *, at: datetime | None = None) -> None:
    """Queue a fetch of a payment; twenty webhooks at once become one."""
    key = f"payment:{payment_id}"
    jobs.defer(
        session, "payments.sync", lock=key, queueing_lock=key, at=at, payment_id=str(payment_id)
    )


def webhook_later(session: Session, *, token: str, provider_id: str) -> None:
    """Queue a webhook call at a payment's secret address.

    A payment has one id at the provider. Of ids that are not known to be it a few are looked up in
    an hour: each is a question to the provider.
    """
    payment = queries.payment_by_token(session, token)
    if payment is None or payment.provider_id != provider_id:
        attempts = counters.count(
            session, key=f"webhook:{token_hash(token)}", seconds=3600, amount=1
        )
        if attempts > _FOREIGN_IDS_AN_HOUR:
            return
    key = f"webhook:{token}:{provider_id}"
    jobs.defer(
        session, "payments.take_webhook", queueing_lock=key, token=token, provider_id=provider_id
    )


@task("payments.take_webhook")
def take_webhook(runtime: Runtime, *, token: str, provider_id: str) -> None:
    """Find out which payment a webhook is about. One for an unknown token is dropped."""
    with runtime.database.reading() as session:
        payment = queries.payment_by_token(session, token)
        if payment is None:
            return
        payment_id, known_id = payment.id, payment.provider_id
    with retrying(runtime):
        gateway = gateway_of(runtime.settings, payment)
        if not gateway.valid_payment_id(provider_id):
            return
        mode = runtime.settings.payment_mode
        if known_id == provider_id:
            provider_calls.sync_payment(runtime.database, gateway, payment_id=payment_id, mode=mode)
        else:
            provider_calls.adopt_payment(
                runtime.database,
                gateway,
                payment_id=payment_id,
                provider_id=provider_id,
                mode=mode,
            )


@task("payments.sync")
def sync(runtime: Runtime, *, payment_id: str) -> None:
    """Fetch one payment."""
    with retrying(runtime):
        provider_calls.sync_payment(
            runtime.database,
            _gateway(runtime, UUID(payment_id)),
            payment_id=UUID(payment_id),
            mode=runtime.settings.payment_mode,
        )


@task("payments.search")
def search(runtime: Runtime, *, payment_id: str) -> None:
    """Look for one payment whose creation was never answered."""
    with retrying(runtime):
        provider_calls.search_payment(
            runtime.database,
            _gateway(runtime, UUID(payment_id)),
            payment_id=UUID(payment_id),
            give_up_before=clock.now() - timedelta(hours=2),
            mode=runtime.settings.payment_mode,
        )


@task("payments.send_refund", max_attempts=40)
def send_refund(runtime: Runtime, *, refund_id: str) -> None:
    """Send one refund to the provider."""
    with retrying(runtime):
        with runtime.database.reading() as session:
            payment_id = session.get_one(Refund, UUID(refund_id)).payment_id
        gateway = _gateway(runtime, payment_id)
        provider_calls.send_refund(runtime.database, gateway, refund_id=UUID(refund_id))


@task("payments.sweep", cron="*/5 * * * *")
def sweep(runtime: Runtime) -> None:
    """Make up for webhooks and answers that never came, and for jobs that were lost."""
    now = clock.now()
    with runtime.database.writing() as session:
        for payment_id in queries.payments_to_sync(session, limit=_SWEEP):
            sync_later(session, payment_id)
        without_answer = queries.payments_without_answer(
            session, before=now - timedelta(minutes=5), limit=_SWEEP
        )
        for payment_id in without_answer:
            key = f"search:{payment_id}"
            jobs.defer(
                session,
                "payments.search",
                lock=key,
                queueing_lock=key,
                payment_id=str(payment_id),
            )
        to_book = queries.paid_unbooked(session, before=now - timedelta(minutes=10), limit=_SWEEP)
        for payment_id in to_book:
            key = f"book:{payment_id}"
            jobs.defer(
                session,
                "pledges.book_payment",
                lock=key,
                queueing_lock=key,
                payment_id=str(payment_id),
            )
        for refund_id in queries.refunds_to_send(
            session, before=now - timedelta(minutes=30), limit=_SWEEP
        ):
            refunds.send_later(session, refund_id=refund_id)


@task("payments.revisit", cron="23 * * * *")
def revisit(runtime: Runtime) -> None:
    """Look again at paid payments: their chargebacks and refunds may have gone unheard."""
    with runtime.database.writing() as session:
        for payment_id in queries.paid_to_revisit(session, limit=_REVISIT):
            sync_later(session, payment_id)


def _gateway(runtime: Runtime, payment_id: UUID) -> Gateway:
    with runtime.database.reading() as session:
        payment = session.get_one(Payment, payment_id)
    return gateway_of(runtime.settings, payment)


@contextmanager
def retrying(runtime: Runtime) -> Iterator[None]:
    """Turn what the provider could not do now into a later attempt."""
    try:
        yield
    except GatewayBusyError as error:
        raise RetryLaterError("the provider is busy", seconds=error.seconds) from error
    except GatewayUnauthorizedError as error:
        with runtime.database.writing() as session:
            day = clock.today().isoformat()
            audit.raise_alert(
                session,
                key=f"gateway_unauthorized:{day}",
                kind=AlertKind.GATEWAY_UNAUTHORIZED,
                detail={"message": str(error)},
            )
        raise RetryLaterError("the provider refuses our key", seconds=600) from error
    except (GatewayConflictError, GatewayNotFoundError, GatewayUnclearError) as error:
        raise RetryLaterError(str(error)) from error
