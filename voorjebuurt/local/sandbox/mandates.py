"""Customers, and the mandates by which money is collected from them."""

import json
from typing import Any

from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import Customer, Mandate, Payment, new_id
from voorjebuurt.local.sandbox.errors import ApiError

STATUSES = ("valid", "pending", "invalid", "revoked")
OUTCOMES = ("paid", "failed")
REASONS = {"AM04": "Insufficient funds"}


def create_customer(
    sandbox: Sandbox, *, name: str | None, email: str | None, locale: str | None, metadata: Any
) -> Customer:
    """Make a customer, of whom nothing needs to be known."""
    customer_id = new_id("cst")
    sandbox.store.insert(
        "customers",
        id=customer_id,
        name=name,
        email=email,
        locale=locale,
        metadata=json.dumps(metadata),
        created_at=sandbox.clock.stamp(),
    )
    return customer_by_id(sandbox, customer_id)


def customer_by_id(sandbox: Sandbox, customer_id: str) -> Customer:
    """The customer with this id, or a 404."""
    customer = sandbox.store.first(Customer, "SELECT * FROM customers WHERE id = ?", customer_id)
    if customer is None:
        raise ApiError(404, f"No customer exists with token {customer_id}.")
    return customer


def mandate_by_id(sandbox: Sandbox, mandate_id: str, customer_id: str | None = None) -> Mandate:
    """The mandate with this id (of this customer); a 404, or a 410 when it was revoked."""
    mandate = sandbox.store.first(Mandate, "SELECT * FROM mandates WHERE id = ?", mandate_id)
    if mandate is None or customer_id not in (None, mandate.customer_id):
        raise ApiError(404, f"No mandate exists with token {mandate_id}.")
    if customer_id is not None and mandate.revoked == "yes":
        raise ApiError(410, f"The mandate {mandate_id} is no longer available.")
    return mandate


def begin_mandate(sandbox: Sandbox, payment: Payment) -> None:
    """A first payment was paid: by card it begins a mandate on that card, else one on an account.

    Must be called in the transaction in which it is paid.
    """
    if payment.sequence_type != "first" or payment.mandate_id is not None:
        return
    mandate_id = new_id("mdt")
    is_card = payment.method == "creditcard"
    details = json.loads(payment.details) or {}
    if not is_card and "consumerAccount" not in details:
        details = {"consumerName": "T. TEST", "consumerAccount": f"NL00SAND{payment.seq:010}"}
    sandbox.store.insert(
        "mandates",
        id=mandate_id,
        customer_id=payment.customer_id,
        status="valid",
        method="creditcard" if is_card else "directdebit",
        details=json.dumps(details),
        outcome="paid",
        created_at=sandbox.clock.stamp(),
    )
    sandbox.store.execute("UPDATE payments SET mandate_id = ? WHERE id = ?", mandate_id, payment.id)


def change_mandate(sandbox: Sandbox, mandate: Mandate, status: str) -> Mandate:
    """Let a mandate be in ``status``, whatever it was; no webhook tells of it."""
    if status not in STATUSES:
        raise ApiError(422, f"status must be one of {', '.join(STATUSES)}", field="status")
    if status == "revoked":
        sandbox.store.execute("UPDATE mandates SET revoked = 'yes' WHERE id = ?", mandate.id)
    else:
        sandbox.store.execute("UPDATE mandates SET status = ? WHERE id = ?", status, mandate.id)
    return mandate_by_id(sandbox, mandate.id)


def change_outcome(sandbox: Sandbox, mandate: Mandate, outcome: str) -> Mandate:
    """Let what is collected by a mandate come to ``outcome`` from now on."""
    if outcome not in OUTCOMES:
        raise ApiError(422, f"outcome must be one of {', '.join(OUTCOMES)}", field="outcome")
    sandbox.store.execute("UPDATE mandates SET outcome = ? WHERE id = ?", outcome, mandate.id)
    return mandate_by_id(sandbox, mandate.id)


def mandate_to_collect_by(sandbox: Sandbox, customer_id: str, mandate_id: str | None) -> Mandate:
    """The mandate that was asked for, else the newest that is valid; a 422 without one."""
    mandates = sandbox.store.every(
        Mandate,
        "SELECT * FROM mandates WHERE customer_id = ? AND status = 'valid' AND revoked = 'no'"
        " ORDER BY seq DESC",
        customer_id,
    )
    for mandate in mandates:
        if mandate_id in (None, mandate.id):
            return mandate
    raise ApiError(422, "The customer has no suitable mandates.", field="mandateId")


def outcome_details(mandate: Mandate, outcome: str) -> str:
    """What the body of a payment says about the account that was collected from."""
    details = json.loads(mandate.details)
    if mandate.method == "directdebit":
        details |= {"mandateReference": f"SD00-{mandate.id[4:].upper()}"}
        if outcome == "failed":
            details |= {"bankReasonCode": "AM04", "bankReason": REASONS["AM04"]}
    return json.dumps(details)
