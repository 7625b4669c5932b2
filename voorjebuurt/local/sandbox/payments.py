"""The life of a payment: opened, chosen, paid or not."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import PAYMENT_STATUSES, Mandate, Payment, new_id
from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.mandates import (
    begin_mandate,
    customer_by_id,
    mandate_by_id,
    mandate_to_collect_by,
    outcome_details,
)

MOMENTS = {
    "paid": "paid_at",
    "canceled": "canceled_at",
    "expired": "expired_at",
    "failed": "failed_at",
}
"""The column that keeps when a status was taken."""


@dataclass(frozen=True)
class NewPayment:
    """A checked request for a payment."""

    amount_cents: int
    currency: str
    description: str
    redirect_url: str | None
    cancel_url: str | None
    webhook_url: str | None
    methods: list[str]
    metadata: Any
    locale: str | None
    sequence_type: str = "oneoff"
    customer_id: str | None = None
    mandate_id: str | None = None


def create_payment(sandbox: Sandbox, order: NewPayment) -> Payment:
    """Open a payment that expires by itself; what is collected is at the bank at once."""
    payment_id = new_id("tr")
    if order.customer_id is not None:
        customer_by_id(sandbox, order.customer_id)
    is_collected = order.sequence_type == "recurring"
    mandate = _mandate(sandbox, order) if is_collected else None
    sandbox.store.insert(
        "payments",
        id=payment_id,
        token=secrets.token_urlsafe(16),
        status="pending" if mandate else "open",
        sequence_type=order.sequence_type,
        customer_id=order.customer_id,
        mandate_id=mandate.id if mandate else None,
        due_at=_due_at(sandbox, mandate) if mandate else None,
        amount_cents=order.amount_cents,
        currency=order.currency,
        description=order.description,
        method=mandate.method if mandate else _only(order.methods),
        methods=json.dumps(order.methods),
        metadata=json.dumps(order.metadata),
        redirect_url=order.redirect_url,
        cancel_url=order.cancel_url,
        webhook_url=order.webhook_url,
        locale=order.locale,
        details=outcome_details(mandate, "paid") if mandate else "null",
        created_at=sandbox.clock.stamp(),
        expires_at=sandbox.clock.stamp(after=sandbox.options.expiry),
    )
    return payment_by_id(sandbox, payment_id)


def _mandate(sandbox: Sandbox, order: NewPayment) -> Mandate:
    if order.customer_id is None:
        raise ApiError(422, "The customer id is invalid", field="customerId")
    return mandate_to_collect_by(sandbox, order.customer_id, order.mandate_id)


def _due_at(sandbox: Sandbox, mandate: Mandate) -> str:
    """A card is charged at once; a bank takes days."""
    seconds = sandbox.options.collection if mandate.method == "directdebit" else 0
    return sandbox.clock.stamp(after=seconds)


def _only(methods: list[str]) -> str | None:
    return methods[0] if len(methods) == 1 else None


def settle_collection(sandbox: Sandbox, payment: Payment) -> None:
    """The bank says what came of a direct debit."""
    mandate = mandate_by_id(sandbox, payment.mandate_id or "")
    sandbox.store.execute(
        "UPDATE payments SET details = ? WHERE id = ?",
        outcome_details(mandate, mandate.outcome),
        payment.id,
    )
    change_status(sandbox, payment, mandate.outcome, at=payment.due_at)


def payment_by_id(sandbox: Sandbox, payment_id: str) -> Payment:
    """The payment with this id, or a 404."""
    payment = sandbox.store.first(Payment, "SELECT * FROM payments WHERE id = ?", payment_id)
    if payment is None:
        raise ApiError(404, f"No payment exists with token {payment_id}.")
    return payment


def payment_by_token(sandbox: Sandbox, token: str) -> Payment | None:
    """The payment whose checkout page this is."""
    return sandbox.store.first(Payment, "SELECT * FROM payments WHERE token = ?", token)


def change_status(
    sandbox: Sandbox, payment: Payment, status: str, *, at: str | None = None
) -> Payment:
    """Let a payment be in ``status`` since ``at`` (now), whatever it was, and send its webhook.

    That includes what shouldn't happen but does, like an expired payment that is paid after all.
    """
    if status not in PAYMENT_STATUSES:
        raise ApiError(422, f"status must be one of {', '.join(PAYMENT_STATUSES)}", field="status")
    moments = dict.fromkeys(MOMENTS.values())
    if status in MOMENTS:
        moments[MOMENTS[status]] = at or sandbox.clock.stamp()
    settings = ", ".join(f"{column} = ?" for column in moments)
    with sandbox.store.transaction():
        sandbox.store.execute(
            f"UPDATE payments SET status = ?, {settings} WHERE id = ?",
            status,
            *moments.values(),
            payment.id,
        )
        if status == "paid" and payment.method is None:
            choose_method(sandbox, payment, (payment.allowed_methods or ["ideal"])[0])
        payment_now = payment_by_id(sandbox, payment.id)
        if status == "paid":
            begin_mandate(sandbox, payment_now)
            payment_now = payment_by_id(sandbox, payment.id)
        sandbox.webhooks.announce(payment_now)
    return payment_now


def choose_method(
    sandbox: Sandbox,
    payment: Payment,
    method: str,
    bank: str | None = None,
    account: str | None = None,
) -> None:
    """Keep what the payer chose on the checkout page; without an account, one of its own."""
    sandbox.store.execute(
        "UPDATE payments SET method = ?, details = ? WHERE id = ?",
        method,
        json.dumps(_details(method, bank, account or own_bank_account(payment))),
        payment.id,
    )


def cancel_payment(sandbox: Sandbox, payment: Payment) -> Payment:
    """Cancel at the merchant's request, as long as nobody has begun to pay."""
    if not payment.cancelable:
        raise ApiError(422, "The payment cannot be canceled.")
    return change_status(sandbox, payment, "canceled")


def copy_as_paid(sandbox: Sandbox, payment: Payment) -> Payment:
    """A second payment for the same order that is paid, too: as from two tabs of a browser."""
    order = NewPayment(
        amount_cents=payment.amount_cents,
        currency=payment.currency,
        description=payment.description,
        redirect_url=payment.redirect_url or "",
        cancel_url=payment.cancel_url,
        webhook_url=payment.webhook_url,
        methods=payment.allowed_methods,
        metadata=json.loads(payment.metadata),
        locale=payment.locale,
        sequence_type=payment.sequence_type,
        customer_id=payment.customer_id,
        mandate_id=payment.mandate_id if payment.sequence_type == "recurring" else None,
    )
    with sandbox.store.transaction():
        return change_status(sandbox, create_payment(sandbox, order), "paid")


def own_bank_account(payment: Payment) -> str:
    """An account that no other payment comes from, at a bank that does not exist."""
    number = int(hashlib.sha256(payment.id.encode()).hexdigest(), 16) % 10**10
    return f"NL00SAND{number:010}"


def _details(method: str, bank: str | None, account: str) -> dict[str, Any]:
    if method == "creditcard":
        return {
            "cardNumber": "6787",
            "cardHolder": "T. TEST",
            "cardAudience": "consumer",
            "cardLabel": "Mastercard",
            "cardCountryCode": "NL",
            "cardSecurity": "normal",
            "feeRegion": "other",
        }
    if method == "bancontact":
        return {"cardNumber": "6703"}
    return {
        "consumerName": "T. TEST",
        "consumerAccount": account,
        "consumerBic": bank or "INGBNL2A",
    }
