"""The control API: what tests use to let the provider do what providers do.

Reachable on the sandbox's own port by programs on the same machine.
"""

from typing import Any

from flask import Blueprint, request

from voorjebuurt.kernel.money import from_provider
from voorjebuurt.local.sandbox import balance, mandates, payments, refunds
from voorjebuurt.local.sandbox.bodies import REASONS, chargeback_body, payment_body, refund_body
from voorjebuurt.local.sandbox.calls import the_sandbox, the_urls
from voorjebuurt.local.sandbox.checks import json_object
from voorjebuurt.local.sandbox.clock import read, text
from voorjebuurt.local.sandbox.entities import Payment
from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.guards import require_loopback
from voorjebuurt.local.sandbox.lifecycle import move_clock
from voorjebuurt.local.sandbox.request_log import requests_seen
from voorjebuurt.local.sandbox.settlement_bodies import settlement_body
from voorjebuurt.local.sandbox.switches import BEHAVIOURS, OPERATIONS

blueprint = Blueprint("control", __name__, url_prefix="/control")
blueprint.before_request(require_loopback)

Json = dict[str, Any]


def _body() -> Json:
    return json_object(request.get_data())


def _payment(payment_id: str) -> Payment:
    return payments.payment_by_id(the_sandbox(), payment_id)


def _moment(body: Json, name: str) -> str | None:
    """A moment in the body, as the provider writes it."""
    if body.get(name) is None:
        return None
    try:
        return text(read(str(body[name])))
    except ValueError as error:
        raise ApiError(422, str(error), field=name) from None


def _cents(body: Json, payment: Payment) -> int:
    """The ``value`` in the body; all of the payment when there is none."""
    try:
        return from_provider(body["value"]) if body.get("value") else payment.amount_cents
    except (TypeError, ValueError) as error:
        raise ApiError(422, str(error), field="value") from None


@blueprint.get("/")
def about() -> Json:
    """What can be switched."""
    return {"behaviours": BEHAVIOURS, "operations": OPERATIONS, "page": "ui"}


@blueprint.get("/switches")
def list_switches() -> Json:
    """The switches in force."""
    return {"switches": [vars(switch) for switch in the_sandbox().switches.all()]}


@blueprint.post("/switches")
def add_switch() -> tuple[Json, int]:
    """Add one: ``{"behaviour", "operation", "count", "payment_id", …}``."""
    return vars(the_sandbox().switches.add(_body())), 201


@blueprint.delete("/switches")
def remove_switches() -> Json:
    """Behave again."""
    the_sandbox().switches.remove()
    return {}


@blueprint.post("/payments/<payment_id>/state")
def set_payment_state(payment_id: str) -> Json:
    """``{"status", "paid_at"}``: let a payment be in a status, whatever it was."""
    body = _body()
    at, status = _moment(body, "paid_at"), str(body.get("status"))
    payment = payments.change_status(the_sandbox(), _payment(payment_id), status, at=at)
    return payment_body(the_sandbox(), the_urls(), payment)


@blueprint.post("/payments/<payment_id>/copy")
def copy_payment(payment_id: str) -> Json:
    """A second, paid payment with the same order and metadata."""
    payment = payments.copy_as_paid(the_sandbox(), _payment(payment_id))
    return payment_body(the_sandbox(), the_urls(), payment)


@blueprint.post("/payments/<payment_id>/refund")
def refund_in_dashboard(payment_id: str) -> Json:
    """``{"value", "description"}``: a refund that the merchant's software did not ask for."""
    body, payment = _body(), _payment(payment_id)
    with the_sandbox().store.transaction():
        refund = refunds.create_refund(
            the_sandbox(),
            payment,
            cents=_cents(body, payment),
            description=str(body.get("description", "Refund from the dashboard")),
            metadata=None,
        )
        the_sandbox().webhooks.announce(payment)
    return refund_body(the_urls(), refund)


@blueprint.post("/payments/<payment_id>/chargeback")
def charge_back(payment_id: str) -> Json:
    """``{"value", "reason"}``: the payer's bank takes the money back."""
    body, payment = _body(), _payment(payment_id)
    reason = str(body.get("reason", "general"))
    if reason not in REASONS:
        raise ApiError(422, f"reason must be one of {', '.join(REASONS)}", field="reason")
    chargeback = refunds.charge_back(
        the_sandbox(), payment, cents=_cents(body, payment), reason=reason
    )
    return chargeback_body(the_urls(), chargeback)


@blueprint.post("/mandates/<mandate_id>/state")
def set_mandate_state(mandate_id: str) -> Json:
    """``{"status"}``: let a mandate be valid, pending, invalid or revoked."""
    mandate = mandates.mandate_by_id(the_sandbox(), mandate_id)
    return vars(mandates.change_mandate(the_sandbox(), mandate, str(_body().get("status"))))


@blueprint.post("/mandates/<mandate_id>/outcome")
def set_mandate_outcome(mandate_id: str) -> Json:
    """``{"outcome"}``: let what is collected by it be ``paid`` or ``failed`` from now on."""
    mandate = mandates.mandate_by_id(the_sandbox(), mandate_id)
    return vars(mandates.change_outcome(the_sandbox(), mandate, str(_body().get("outcome"))))


@blueprint.post("/chargebacks/<chargeback_id>/reverse")
def reverse_chargeback(chargeback_id: str) -> Json:
    """The bank gives it back after all."""
    chargeback = refunds.chargeback_by_id(the_sandbox(), None, chargeback_id)
    return chargeback_body(the_urls(), refunds.reverse_chargeback(the_sandbox(), chargeback))


@blueprint.post("/refunds/<refund_id>/state")
def set_refund_state(refund_id: str) -> Json:
    """``{"status"}``: let a refund be in a status."""
    refund = refunds.refund_by_id(the_sandbox(), None, refund_id)
    status = str(_body().get("status"))
    return refund_body(the_urls(), refunds.change_refund(the_sandbox(), refund, status))


@blueprint.post("/settlements")
def settle() -> Json:
    """Transfer what is available to the merchant's bank."""
    return settlement_body(the_sandbox(), the_urls(), balance.settle(the_sandbox()))


@blueprint.post("/clock")
def set_clock() -> Json:
    """``{"now": iso}``: stand still at that moment; ``null``: follow the real time."""
    moment = _moment(_body(), "now")
    move_clock(the_sandbox(), read(moment) if moment else None)
    return {"now": the_sandbox().clock.stamp()}


@blueprint.get("/webhooks")
def list_webhooks() -> Json:
    """Every delivery and how it went."""
    return {"webhooks": [vars(webhook) for webhook in the_sandbox().webhooks.all()]}


@blueprint.post("/webhooks/redeliver")
def redeliver_webhook() -> Json:
    """``{"id", "times"}``: send the webhook of a payment again."""
    body = _body()
    times = int(body.get("times", 1))
    the_sandbox().webhooks.send_again(_payment(str(body.get("id"))), times=times)
    return {"times": times}


@blueprint.get("/log")
def log() -> Json:
    """The requests that the API saw, oldest first."""
    return {"requests": requests_seen(the_sandbox())}


@blueprint.post("/reset")
def reset() -> Json:
    """Forget everything."""
    the_sandbox().store.clear()
    return {}
