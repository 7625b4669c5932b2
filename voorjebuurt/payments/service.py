"""Starting payments, and taking in what the provider says of them.

Every function here works inside the caller's transaction and speaks no HTTP; ``provider_calls``
does the talking.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import PROVIDER, Actor
from voorjebuurt.kernel.ids import new_id, new_token
from voorjebuurt.payments import providers
from voorjebuurt.payments.gateway import PaymentFacts
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.queries import locked_payment, payment_by_provider_id
from voorjebuurt.payments.rules import (
    PAYMENT_TRANSITIONS,
    UNPAID_FINAL,
    PaymentSequence,
    PaymentStatus,
    webhook_url,
)

STATUS_ACTIONS: Mapping[PaymentStatus, Action] = {
    PaymentStatus.OPEN: Action.PAYMENT_OPENED,
    PaymentStatus.PENDING: Action.PAYMENT_PROCESSING_STARTED,
    PaymentStatus.AUTHORIZED: Action.PAYMENT_AUTHORIZED,
    PaymentStatus.PAID: Action.PAYMENT_PAID,
    PaymentStatus.FAILED: Action.PAYMENT_FAILED,
    PaymentStatus.CANCELED: Action.PAYMENT_CANCELED,
    PaymentStatus.EXPIRED: Action.PAYMENT_EXPIRED,
    PaymentStatus.ABANDONED: Action.PAYMENT_ABANDONED,
}
"""What the trail calls each status that a payment gets from the provider."""

ANOMALY_ALERTS: Mapping[str, AlertKind] = {
    "mode": AlertKind.PAYMENT_MODE,
    "currency": AlertKind.PAYMENT_CURRENCY,
    "amount": AlertKind.PAYMENT_AMOUNT,
    "metadata": AlertKind.PAYMENT_METADATA,
}
"""The alert for each anomaly that ``anomaly_of`` finds."""


@dataclass(frozen=True)
class MandatePart:
    """What a payment is to a mandate, and whose it is, by the provider's ids."""

    sequence: PaymentSequence
    customer_id: str | None = None
    mandate_id: str | None = None


NO_MANDATE = MandatePart(PaymentSequence.ONEOFF)


def payment_subject(payment: Payment) -> Subject:
    """The payment, for the audit trail."""
    return Subject(SubjectKind.PAYMENT, payment.id, payment.municipality_id)


def start_payment(
    session: Session,
    *,
    pledge_id: UUID,
    municipality_id: UUID,
    amount_cents: int,
    description: str,
    locale: str,
    return_url: str,
    base_url: str,
    actor: Actor,
    mandate: MandatePart = NO_MANDATE,
) -> Payment:
    """Write down a payment that the provider will be asked for after the commit.

    ``amount_cents`` is what the donor pays, tip included. ``return_url`` is where the provider
    sends the browser afterwards; its webhook address carries a secret of this payment's own.
    """
    token = new_token()
    payment_id = new_id()
    payment = Payment(
        id=payment_id,
        pledge_id=pledge_id,
        municipality_id=municipality_id,
        amount_cents=amount_cents,
        status=PaymentStatus.CREATING.value,
        description=description,
        locale=locale,
        redirect_url=return_url,
        webhook_url=webhook_url(base_url, provider=providers.NEW_PAYMENTS, token=token),
        webhook_token=token,
        idempotency_key=f"payment-{payment_id}",
        key_created_at=clock.now(),
        created_at=clock.now(),
        sequence=mandate.sequence.value,
        customer_id=mandate.customer_id,
        mandate_id=mandate.mandate_id,
    )
    session.add(payment)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.PAYMENT_STARTED,
        subject=payment_subject(payment),
        detail={"pledge_id": str(pledge_id), "amount_cents": amount_cents},
    )
    return payment


def restore_payment(
    session: Session,
    *,
    payment_id: UUID,
    facts: PaymentFacts,
    pledge_id: UUID,
    municipality_id: UUID,
    amount_cents: int,
    locale: str,
    return_url: str,
    base_url: str,
) -> Payment:
    """The row, lost here, of a payment that the provider has under the id that we gave it.

    Nothing is believed of ``facts`` but its id: what became of it is fetched. Its webhook goes to
    an address that we don't know any more; the sweep looks after it instead.
    """
    token = new_token()
    payment = Payment(
        id=payment_id,
        pledge_id=pledge_id,
        municipality_id=municipality_id,
        amount_cents=amount_cents,
        status=PaymentStatus.CREATING.value,
        description="",
        locale=locale,
        redirect_url=return_url,
        webhook_url=webhook_url(base_url, provider=providers.NEW_PAYMENTS, token=token),
        webhook_token=token,
        idempotency_key=f"payment-{payment_id}",
        key_created_at=clock.now(),
        created_at=facts.created_at or clock.now(),
        provider_id=facts.provider_id,
    )
    session.add(payment)
    session.flush()
    audit.record(
        session,
        actor=PROVIDER,
        action=Action.PAYMENT_RESTORED,
        subject=payment_subject(payment),
        detail={"pledge_id": str(pledge_id), "provider_id": facts.provider_id},
    )
    return payment


def twin_payment(session: Session, *, payment: Payment, provider_id: str) -> Payment:
    """The locked row of a second payment that the provider made of one question of ours.

    The question is the same, so both could be paid; a row of its own lets the money be booked.
    """
    existing = payment_by_provider_id(session, provider_id)
    if existing is not None:
        return locked_payment(session, existing.id)
    twin_id = new_id()
    twin = Payment(
        id=twin_id,
        twin_of=payment.id,
        pledge_id=payment.pledge_id,
        municipality_id=payment.municipality_id,
        amount_cents=payment.amount_cents,
        status=PaymentStatus.CREATING.value,
        description=payment.description,
        locale=payment.locale,
        redirect_url=payment.redirect_url,
        webhook_url=payment.webhook_url,
        webhook_token=new_token(),
        sequence=payment.sequence,
        customer_id=payment.customer_id,
        mandate_id=payment.mandate_id,
        idempotency_key=f"twin-{twin_id}",
        key_created_at=clock.now(),
        created_at=clock.now(),
        provider_id=provider_id,
    )
    session.add(twin)
    session.flush()
    audit.record(
        session,
        actor=PROVIDER,
        action=Action.PAYMENT_TWIN_FOUND,
        subject=payment_subject(twin),
        detail={"twin_of": str(payment.id), "provider_id": provider_id},
    )
    return twin


def report_foreign(session: Session, *, payment: Payment, facts: PaymentFacts) -> None:
    """A payment reached the secret address of ``payment`` without naming it: let somebody look.

    Unless it is another one of ours, which has its own address and sweep.
    """
    if payment_by_provider_id(session, facts.provider_id) is None:
        _alert(
            session,
            payment,
            AlertKind.PAYMENT_FOREIGN,
            key=f"payment_foreign:{facts.provider_id}",
            facts=_brief(facts),
        )


def take_payment_facts(
    session: Session, *, payment: Payment, facts: PaymentFacts, mode: str
) -> None:
    """Bring a locked payment up to date with the provider's facts (not its refunds).

    A stale or unknown status changes nothing. The first news of ``paid`` defers the booking, in
    this same transaction. ``mode`` is what the provider's answers must carry.
    """
    payment.fetched_at = clock.now()
    payment.provider_id = payment.provider_id or facts.provider_id
    payment.checkout_url = facts.checkout_url or payment.checkout_url
    payment.method = facts.method or payment.method
    payment.payer_key = facts.payer or payment.payer_key
    if payment.sequence == PaymentSequence.FIRST:
        payment.mandate_id = facts.mandate_id or payment.mandate_id
    payment.expires_at = facts.expires_at or payment.expires_at
    _note_anomaly(session, payment, facts, mode)
    before = PaymentStatus(payment.status)
    if facts.status not in PAYMENT_TRANSITIONS.table:
        _alert(session, payment, AlertKind.PAYMENT_STATUS_UNKNOWN, status=facts.status)
        return
    if not PAYMENT_TRANSITIONS.allowed(before, facts.status):
        return
    after = PAYMENT_TRANSITIONS.after(before, facts.status)
    if after is before:
        return
    if after is PaymentStatus.PAID:
        payment.paid_at = facts.paid_at or clock.now()
        payment.received_cents = (
            facts.amount_cents if facts.currency == "EUR" else facts.settlement_cents
        )
    payment.status = after.value
    audit.record(
        session,
        actor=PROVIDER,
        action=STATUS_ACTIONS[after],
        subject=payment_subject(payment),
        detail={"provider_id": facts.provider_id, "from": before.value},
    )
    _pass_on(session, payment, after)


def _pass_on(session: Session, payment: Payment, status: PaymentStatus) -> None:
    """Tell the pledges, which know what the news means."""
    if status is PaymentStatus.PAID:
        jobs.defer(session, "pledges.book_payment", payment_id=str(payment.id))
    elif status in UNPAID_FINAL:
        jobs.defer(session, "pledges.note_unpaid", payment_id=str(payment.id))


def _note_anomaly(session: Session, payment: Payment, facts: PaymentFacts, mode: str) -> None:
    """Remember what makes this payment not the one we asked for.

    The answer that brings ``paid`` decides; one that was wrong before may be right by then.
    """
    if payment.status == PaymentStatus.PAID:
        return
    anomaly = payment.anomaly = anomaly_of(payment, facts, mode)
    if anomaly is not None:
        _alert(session, payment, ANOMALY_ALERTS[anomaly], facts=_brief(facts))


def anomaly_of(payment: Payment, facts: PaymentFacts, mode: str) -> str | None:
    """What is wrong with the provider's answer, compared with what we asked; None if nothing."""
    asked_by = payment.twin_of or payment.id
    ours = {"payment_id": str(asked_by), "pledge_id": str(payment.pledge_id)}
    checks = (
        ("mode", facts.mode == mode),
        ("currency", facts.currency == "EUR"),
        ("amount", facts.amount_cents == payment.amount_cents),
        ("metadata", all(facts.metadata.get(key) == value for key, value in ours.items())),
    )
    return next((name for name, right in checks if not right), None)


def abandon_payment(session: Session, *, payment: Payment) -> None:
    """Give up a locked payment that the provider, on being searched, does not know."""
    before = PaymentStatus(payment.status)
    payment.status = PAYMENT_TRANSITIONS.after(before, "abandoned").value
    audit.record(
        session,
        actor=PROVIDER,
        action=Action.PAYMENT_ABANDONED,
        subject=payment_subject(payment),
    )


def refuse_payment(session: Session, *, payment: Payment, message: str) -> None:
    """The provider will not make this payment as asked: give it up and raise an alert."""
    abandon_payment(session, payment=payment)
    _alert(session, payment, AlertKind.PAYMENT_REFUSED, message=message)


def _alert(
    session: Session, payment: Payment, kind: AlertKind, *, key: str | None = None, **detail: object
) -> None:
    """Ask for a person's eye. News of a payment that is fetched again is one occurrence."""
    audit.raise_alert(
        session,
        key=key or f"{kind}:{payment.id}",
        kind=kind,
        occurrence=json.dumps(detail, sort_keys=True, default=str),
        detail={
            "payment_id": str(payment.id),
            "pledge_id": str(payment.pledge_id),
            "asked_cents": payment.amount_cents,
            **detail,
        },
    )


def _brief(facts: PaymentFacts) -> dict[str, object]:
    return {
        "provider_id": facts.provider_id,
        "mode": facts.mode,
        "currency": facts.currency,
        "amount_cents": facts.amount_cents,
        "metadata": dict(facts.metadata),
    }
