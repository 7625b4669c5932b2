"""Money sent back: refunds by the merchant, chargebacks by the payer's bank."""

import json
from datetime import timedelta
from typing import Any

from voorjebuurt.local.sandbox.balance import available_cents
from voorjebuurt.local.sandbox.clock import text
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import REFUND_STATUSES, Chargeback, Payment, Refund, new_id
from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.payments import payment_by_id

DUPLICATE_WINDOW = timedelta(hours=1)
QUEUE_SECONDS = 24 * 60 * 60
"""How long a refund waits that was queued by a switch."""


def refunded_cents(sandbox: Sandbox, payment: Payment) -> int:
    """What was refunded or is on its way: only failed and canceled refunds don't count."""
    return sandbox.store.number(
        "SELECT sum(amount_cents) FROM refunds"
        " WHERE payment_id = ? AND status NOT IN ('failed', 'canceled')",
        payment.id,
    )


def charged_back_cents(sandbox: Sandbox, payment: Payment) -> int:
    """What the bank took and did not give back."""
    return sandbox.store.number(
        "SELECT sum(amount_cents) FROM chargebacks WHERE payment_id = ? AND reversed_at IS NULL",
        payment.id,
    )


def create_refund(
    sandbox: Sandbox, payment: Payment, *, cents: int, description: str, metadata: Any
) -> Refund:
    """Send ``cents`` back to the payer.

    Refused for a payment that isn't paid, for more than remains (chargebacks don't reduce what
    remains), and for an amount that was refunded within the hour already.
    """
    if payment.status != "paid":
        raise ApiError(422, "The payment is already refunded or has not been paid for yet")
    if cents > payment.amount_cents - refunded_cents(sandbox, payment):
        raise ApiError(422, "The specified amount cannot be refunded", field="amount")
    since = text(sandbox.clock.now() - DUPLICATE_WINDOW)
    if sandbox.store.number(
        "SELECT count(*) FROM refunds WHERE payment_id = ? AND amount_cents = ?"
        " AND created_at > ? AND status NOT IN ('failed', 'canceled')",
        payment.id,
        cents,
        since,
    ):
        raise ApiError(409, "A duplicate refund has been detected")
    return _insert(sandbox, payment, cents, description, metadata)


def _insert(
    sandbox: Sandbox, payment: Payment, cents: int, description: str, metadata: Any
) -> Refund:
    rules = sandbox.switches.take("queue_refund", operation="create_refund", payment_id=payment.id)
    hold = float(rules[0].values.get("seconds", QUEUE_SECONDS)) if rules else 0.0
    refund_id = new_id("re")
    sandbox.store.insert(
        "refunds",
        id=refund_id,
        payment_id=payment.id,
        amount_cents=cents,
        description=description,
        metadata=json.dumps(metadata),
        status="queued" if rules or available_cents(sandbox) < cents else "pending",
        created_at=sandbox.clock.stamp(),
        changed_at=sandbox.clock.stamp(after=hold),
    )
    return refund_by_id(sandbox, payment, refund_id)


def refund_by_id(sandbox: Sandbox, payment: Payment | None, refund_id: str) -> Refund:
    """The refund with this id (of ``payment``, if given), or a 404."""
    refund = sandbox.store.first(Refund, "SELECT * FROM refunds WHERE id = ?", refund_id)
    if refund is None or (payment and refund.payment_id != payment.id):
        raise ApiError(404, f"No refund exists with token {refund_id}.")
    return refund


def change_refund(
    sandbox: Sandbox, refund: Refund, status: str, *, at: str | None = None
) -> Refund:
    """Let a refund be in ``status``, and send the webhook of its payment."""
    if status not in REFUND_STATUSES:
        raise ApiError(422, f"status must be one of {', '.join(REFUND_STATUSES)}", field="status")
    with sandbox.store.transaction():
        sandbox.store.execute(
            "UPDATE refunds SET status = ?, changed_at = ? WHERE id = ?",
            status,
            at or sandbox.clock.stamp(),
            refund.id,
        )
        sandbox.webhooks.announce(payment_by_id(sandbox, refund.payment_id))
    return refund_by_id(sandbox, None, refund.id)


def cancel_refund(sandbox: Sandbox, refund: Refund) -> None:
    """Stop a refund that has not left for the bank."""
    if refund.status not in ("queued", "pending"):
        raise ApiError(422, "The refund cannot be canceled.")
    change_refund(sandbox, refund, "canceled")


def charge_back(sandbox: Sandbox, payment: Payment, *, cents: int, reason: str) -> Chargeback:
    """Let the payer's bank take ``cents`` back; a refund may have been made before."""
    if payment.status != "paid":
        raise ApiError(422, "Only a paid payment can be charged back")
    if not 0 < cents <= payment.amount_cents - charged_back_cents(sandbox, payment):
        raise ApiError(422, "This amount cannot be charged back", field="amount")
    chargeback_id = new_id("chb")
    with sandbox.store.transaction():
        sandbox.store.insert(
            "chargebacks",
            id=chargeback_id,
            payment_id=payment.id,
            amount_cents=cents,
            reason=reason,
            created_at=sandbox.clock.stamp(),
        )
        sandbox.webhooks.announce(payment)
    return chargeback_by_id(sandbox, payment, chargeback_id)


def chargeback_by_id(sandbox: Sandbox, payment: Payment | None, chargeback_id: str) -> Chargeback:
    """The chargeback with this id (of ``payment``, if given), or a 404."""
    chargeback = sandbox.store.first(
        Chargeback, "SELECT * FROM chargebacks WHERE id = ?", chargeback_id
    )
    if chargeback is None or (payment and chargeback.payment_id != payment.id):
        raise ApiError(404, f"No chargeback exists with token {chargeback_id}.")
    return chargeback


def reverse_chargeback(sandbox: Sandbox, chargeback: Chargeback) -> Chargeback:
    """Let the bank give the money back to the merchant after all."""
    if chargeback.reversed_at:
        raise ApiError(422, "The chargeback was reversed already")
    with sandbox.store.transaction():
        sandbox.store.execute(
            "UPDATE chargebacks SET reversed_at = ? WHERE id = ?",
            sandbox.clock.stamp(),
            chargeback.id,
        )
        sandbox.webhooks.announce(payment_by_id(sandbox, chargeback.payment_id))
    return chargeback_by_id(sandbox, None, chargeback.id)
