"""Talking to the provider: one question at a time, written down before and after.

Asking for a payment or a refund happens outside any transaction, under a key that was committed
first; a crash at any point leaves a row from which the same question can be put again. Fetching
a payment holds its row, so that facts are applied in the order in which they were fetched.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.payments import refunds, service
from voorjebuurt.payments.gateway import (
    Gateway,
    GatewayConflictError,
    GatewayRefusedError,
    GatewayUnclearError,
    PaymentFacts,
    PaymentQuestion,
    RefundFacts,
    RefundQuestion,
)
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.rules import PaymentSequence, PaymentStatus, RefundStatus

CLOCK_MARGIN = timedelta(minutes=10)
"""How far the provider's clock, which shows whole seconds, may be behind ours."""


def create_at_provider(
    database: Database, gateway: Gateway, *, payment_id: UUID, mode: str
) -> str | None:
    """Have the provider make a payment that we wrote down, once; returns its checkout address.

    None when the payment needs no checkout any more. Raises a ``GatewayError``; after any but
    ``GatewayRefusedError`` the same call may simply be made again.
    """
    with database.writing() as session:
        payment = locked_payment(session, payment_id)
        if not _has_no_answer(payment):
            return _checkout(payment)
        asked_at = payment.created_at - CLOCK_MARGIN
        stale = _is_stale(payment, gateway)
    facts = gateway.find_payment(str(payment_id), since=asked_at) if stale else None
    if facts is None:
        facts = _ask_for_payment(database, gateway, payment_id, after_search=stale)
    with database.writing() as session:
        payment = locked_payment(session, payment_id)
        if facts is not None:
            _take_all(session, payment, facts, mode)
        return _checkout(payment)


def _has_no_answer(payment: Payment) -> bool:
    return payment.provider_id is None and payment.status == PaymentStatus.CREATING


def _checkout(payment: Payment) -> str | None:
    return payment.checkout_url if payment.status == PaymentStatus.OPEN else None


def _is_stale(row: Payment | Refund, gateway: Gateway) -> bool:
    """Whether its key may be forgotten: past that age we look before we ask again."""
    return clock.now() - row.key_created_at > gateway.key_lifetime


def _ask_for_payment(
    database: Database, gateway: Gateway, payment_id: UUID, *, after_search: bool
) -> PaymentFacts | None:
    """Create the payment at the provider, unless its answer arrived by another way meanwhile.

    Of several that searched in vain at once, one takes a new key and the others use that.
    """
    with database.writing() as session:
        payment = locked_payment(session, payment_id)
        if not _has_no_answer(payment):
            return None
        if after_search and _is_stale(payment, gateway):
            payment.idempotency_key = f"payment-{payment_id}-{new_id().hex[-12:]}"
            payment.key_created_at = clock.now()
        question = _question(payment)
    try:
        return gateway.create_payment(question)
    except GatewayRefusedError as error:
        with database.writing() as session:
            payment = locked_payment(session, payment_id)
            if payment.status == PaymentStatus.CREATING:
                service.refuse_payment(session, payment=payment, message=str(error))
        raise


def _question(payment: Payment) -> PaymentQuestion:
    return PaymentQuestion(
        amount_cents=payment.amount_cents,
        description=payment.description,
        redirect_url=payment.redirect_url,
        webhook_url=payment.webhook_url,
        metadata={"payment_id": str(payment.id), "pledge_id": str(payment.pledge_id)},
        locale=payment.locale,
        idempotency_key=payment.idempotency_key,
        sequence=PaymentSequence(payment.sequence),
        customer_id=payment.customer_id,
        mandate_id=payment.mandate_id if payment.sequence == PaymentSequence.RECURRING else None,
    )


def sync_payment(
    database: Database,
    gateway: Gateway,
    *,
    payment_id: UUID,
    mode: str,
    lock_seconds: int | None = None,
) -> None:
    """Fetch a payment with its refunds and chargebacks, and bring our rows up to date.

    Raises a ``GatewayError``, and an ``OperationalError`` when its row is not free within
    ``lock_seconds``; None waits for it.
    """
    with database.writing() as session:
        if lock_seconds is not None:
            session.execute(text(f"SET LOCAL lock_timeout = '{lock_seconds:d}s'"))
        payment = locked_payment(session, payment_id)
        if payment.provider_id is None:
            return
        facts = gateway.payment(payment.provider_id)
        if facts.provider_id != payment.provider_id:
            raise GatewayUnclearError(f"asked for {payment.provider_id}, got {facts.provider_id}")
        _take_all(session, payment, facts, mode)


def adopt_payment(
    database: Database, gateway: Gateway, *, payment_id: UUID, provider_id: str, mode: str
) -> bool:
    """Take a provider's id that came at our address, but not as the answer to our question.

    It overtook that answer, or the provider made a second payment of the question. Returns
    False, and changes no payment, when the provider's payment does not name ours.
    """
    facts = gateway.payment(provider_id)
    with database.writing() as session:
        payment = locked_payment(session, payment_id)
        if facts.provider_id != provider_id or facts.metadata.get("payment_id") != str(payment_id):
            service.report_foreign(session, payment=payment, facts=facts)
            return False
        _take_all(session, payment, facts, mode)
    return True


def search_payment(
    database: Database, gateway: Gateway, *, payment_id: UUID, give_up_before: datetime, mode: str
) -> None:
    """Look for a payment whose creation was never answered; give it up when it is old enough."""
    with database.reading() as session:
        payment = session.get_one(Payment, payment_id)
        asked_at = payment.created_at - CLOCK_MARGIN
    facts = gateway.find_payment(str(payment_id), since=asked_at)
    with database.writing() as session:
        payment = locked_payment(session, payment_id)
        if facts is not None:
            _take_all(session, payment, facts, mode)
        elif payment.status == PaymentStatus.CREATING and payment.key_created_at < give_up_before:
            service.abandon_payment(session, payment=payment)


def _take_all(session: Session, payment: Payment, facts: PaymentFacts, mode: str) -> None:
    if payment.provider_id not in (None, facts.provider_id):
        payment = service.twin_payment(session, payment=payment, provider_id=facts.provider_id)
    service.take_payment_facts(session, payment=payment, facts=facts, mode=mode)
    refunds.take_refund_facts(session, payment=payment, facts=facts.refunds)
    refunds.take_chargeback_facts(session, payment=payment, facts=facts.chargebacks)


def send_refund(database: Database, gateway: Gateway, *, refund_id: UUID) -> None:
    """Have the provider carry out a refund that we wrote down, once.

    Raises a ``GatewayError``; the same call may be made again after any of them.
    """
    with database.writing() as session:
        refund = session.get_one(Refund, refund_id)
        payment = locked_payment(session, refund.payment_id)
        session.refresh(refund)
        if refund.status != RefundStatus.ASKED or payment.provider_id is None:
            return
        provider_payment_id = payment.provider_id
        stale = _is_stale(refund, gateway)
    facts = _find_refund(gateway, provider_payment_id, refund_id) if stale else None
    if facts is None:
        facts = _ask_for_refund(database, gateway, refund_id, provider_payment_id, new_key=stale)
    with database.writing() as session:
        refund = session.get_one(Refund, refund_id)
        locked_payment(session, refund.payment_id)
        session.refresh(refund)
        refunds.take_refund_fact(session, refund=refund, facts=facts)


def _ask_for_refund(
    database: Database,
    gateway: Gateway,
    refund_id: UUID,
    provider_payment_id: str,
    *,
    new_key: bool,
) -> RefundFacts:
    with database.writing() as session:
        refund = session.get_one(Refund, refund_id, with_for_update=True)
        if new_key:
            refund.idempotency_key = f"refund-{refund_id}-{new_id().hex[-12:]}"
            refund.key_created_at = clock.now()
        question = RefundQuestion(
            provider_payment_id=provider_payment_id,
            amount_cents=refund.amount_cents,
            description="Terugbetaling Voor je Buurt",
            metadata={"refund_id": str(refund_id)},
            idempotency_key=refund.idempotency_key,
        )
    try:
        return gateway.create_refund(question)
    except (GatewayConflictError, GatewayRefusedError) as error:
        # Either it was made before (a 409 for the same amount within an hour, or nothing left to
        # refund), and then the list shows it; or somebody must look.
        refund_facts = _find_refund(gateway, provider_payment_id, refund_id)
        if refund_facts is not None:
            return refund_facts
        if isinstance(error, GatewayRefusedError):
            with database.writing() as session:
                audit.raise_alert(
                    session,
                    key=f"refund_refused:{refund_id}",
                    kind=AlertKind.REFUND_REFUSED,
                    detail={"refund_id": str(refund_id), "message": str(error)},
                )
        raise


def _find_refund(gateway: Gateway, provider_payment_id: str, refund_id: UUID) -> RefundFacts | None:
    for facts in gateway.refunds(provider_payment_id):
        if facts.metadata.get("refund_id") == str(refund_id):
            return facts
    return None
