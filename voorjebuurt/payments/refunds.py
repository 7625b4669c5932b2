"""Ordering refunds, and taking in what the provider says of refunds and chargebacks."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.payments.gateway import ChargebackFacts, RefundFacts
from voorjebuurt.payments.models import Chargeback, Payment, Refund
from voorjebuurt.payments.queries import refunds_of_payment
from voorjebuurt.payments.rules import REFUND_TRANSITIONS, RefundStatus

DECIDED = frozenset({RefundStatus.REFUNDED, RefundStatus.FAILED, RefundStatus.CANCELED})


def order_refund(
    session: Session,
    *,
    payment: Payment,
    from_campaign_cents: int,
    from_tip_cents: int,
    reason: str,
    actor: Actor,
) -> Refund:
    """Write down a refund of a locked payment; the worker sends it after the commit.

    The database allows one such order per payment.
    """
    refund_id = new_id()
    refund = Refund(
        id=refund_id,
        payment_id=payment.id,
        amount_cents=from_campaign_cents + from_tip_cents,
        from_campaign_cents=from_campaign_cents,
        from_tip_cents=from_tip_cents,
        reason=reason,
        status=RefundStatus.ASKED.value,
        idempotency_key=f"refund-{refund_id}",
        key_created_at=clock.now(),
        asked_at=clock.now(),
        asked_by=actor.person_id,
    )
    session.add(refund)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.REFUND_ASKED,
        subject=Subject(SubjectKind.PAYMENT, payment.id, payment.municipality_id),
        reason=reason,
        detail={"refund_id": str(refund.id), "amount_cents": refund.amount_cents},
    )
    send_later(session, refund_id=refund.id)
    return refund


def send_later(session: Session, *, refund_id: UUID) -> None:
    """Queue the sending of a refund, at most once at a time."""
    key = f"refund:{refund_id}"
    jobs.defer(
        session, "payments.send_refund", lock=key, queueing_lock=key, refund_id=str(refund_id)
    )


def take_refund_facts(session: Session, *, payment: Payment, facts: Iterable[RefundFacts]) -> None:
    """Bring a locked payment's refunds up to date; unknown ones were made in the dashboard."""
    refunds = refunds_of_payment(session, payment.id)
    by_provider = {refund.provider_id: refund for refund in refunds if refund.provider_id}
    without_provider_id = {str(refund.id): refund for refund in refunds if not refund.provider_id}
    for fact in facts:
        refund = by_provider.get(fact.provider_id)
        if refund is None:
            # A second one under our name is not ours any more: both may have left.
            refund = without_provider_id.pop(str(fact.metadata.get("refund_id")), None)
        if refund is None:
            refund = _made_elsewhere(session, payment, fact)
        if refund is not None:
            take_refund_fact(session, refund=refund, facts=fact)
    session.flush()
    executed_refunds = [
        r for r in refunds_of_payment(session, payment.id) if r.status == "refunded"
    ]
    payment.refunded_cents = sum(refund.amount_cents for refund in executed_refunds)


def take_refund_fact(session: Session, *, refund: Refund, facts: RefundFacts) -> None:
    """Bring one refund up to date; its payment's row must be locked.

    News that decides it (refunded, failed, canceled) defers the booking in this transaction.
    """
    refund.provider_id = refund.provider_id or facts.provider_id
    before = RefundStatus(refund.status)
    if not REFUND_TRANSITIONS.table.get(facts.status):
        audit.raise_alert(
            session,
            key=f"refund_status_unknown:{refund.id}",
            kind=AlertKind.REFUND_STATUS_UNKNOWN,
            occurrence=facts.status,
            detail={"refund_id": str(refund.id), "status": facts.status},
        )
        return
    if not REFUND_TRANSITIONS.allowed(before, facts.status):
        return
    after = REFUND_TRANSITIONS.after(before, facts.status)
    refund.status = after.value
    if after in DECIDED and after.value != refund.booked_status:
        refund.finished_at = clock.now()
        session.flush()
        jobs.defer(session, "pledges.book_refund", refund_id=str(refund.id))


def _made_elsewhere(session: Session, payment: Payment, fact: RefundFacts) -> Refund | None:
    """Write down a refund that somebody made in the provider's dashboard."""
    if not fact.amount_cents or fact.status not in REFUND_TRANSITIONS.table:
        return None
    refund_id = new_id()
    refund = Refund(
        id=refund_id,
        payment_id=payment.id,
        amount_cents=fact.amount_cents,
        from_campaign_cents=0,
        from_tip_cents=0,
        reason="dashboard",
        status=RefundStatus.ASKED.value,
        idempotency_key=f"refund-{refund_id}",
        key_created_at=clock.now(),
        asked_at=fact.created_at or clock.now(),
        provider_id=fact.provider_id,
    )
    session.add(refund)
    session.flush()
    return refund


def take_chargeback_facts(
    session: Session, *, payment: Payment, facts: Iterable[ChargebackFacts]
) -> None:
    """Bring a locked payment's chargebacks up to date and defer their booking."""
    statement = select(Chargeback).where(Chargeback.payment_id == payment.id)
    by_provider = {chargeback.provider_id: chargeback for chargeback in session.scalars(statement)}
    for fact in facts:
        if not fact.amount_cents:
            continue
        chargeback = by_provider.get(fact.provider_id)
        news = chargeback is None
        if chargeback is None:
            chargeback = Chargeback(
                payment_id=payment.id,
                provider_id=fact.provider_id,
                amount_cents=fact.amount_cents,
                charged_at=fact.created_at or clock.now(),
            )
            session.add(chargeback)
            by_provider[fact.provider_id] = chargeback
        if fact.reversed_at is not None and chargeback.reversed_at is None:
            chargeback.reversed_at, news = fact.reversed_at, True
        if news:
            session.flush()
            jobs.defer(session, "pledges.book_chargeback", chargeback_id=str(chargeback.id))
    open_amounts = [c.amount_cents for c in by_provider.values() if c.reversed_at is None]
    payment.charged_back_cents = sum(open_amounts)
