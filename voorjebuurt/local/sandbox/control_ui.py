"""A page for people: the payments, with buttons for what a provider or a bank may do.

It may be shown through a proxy, so every address on it is relative.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from voorjebuurt.kernel import clock as real_clock
from voorjebuurt.local.sandbox import balance, payments, refunds
from voorjebuurt.local.sandbox.calls import the_sandbox
from voorjebuurt.local.sandbox.clock import read
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import Payment
from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.guards import as_page, require_same_site
from voorjebuurt.local.sandbox.lifecycle import move_clock
from voorjebuurt.local.sandbox.merchant_bodies import METHODS
from voorjebuurt.local.sandbox.overview import payments_shown
from voorjebuurt.local.sandbox.texts import REFUND_NAMES, euros, words_for

blueprint = Blueprint("control_ui", __name__, url_prefix="/control")
blueprint.before_request(require_same_site)
blueprint.after_request(as_page)

PRESETS: dict[str, tuple[str, dict[str, Any]]] = {
    "lost": ("Meldingen raken kwijt", {"behaviour": "drop_webhook"}),
    "doubled": ("Meldingen komen dubbel", {"behaviour": "double_webhook"}),
    "late": ("Meldingen komen een minuut later", {"behaviour": "delay_webhook", "seconds": 60}),
    "slow": (
        "Een betaling beginnen duurt te lang",
        {"behaviour": "delay", "operation": "create_payment", "seconds": 15, "when": "after"},
    ),
    "busy": ("Te veel verzoeken (429)", {"behaviour": "rate_limit", "retry_after": 5}),
    "broken": ("Storing (500)", {"behaviour": "error"}),
    "gateway": ("Storing met een webpagina (502)", {"behaviour": "bad_gateway"}),
    "cut": ("Afgekapt antwoord", {"behaviour": "cut_json"}),
    "reset": ("Verbinding valt weg", {"behaviour": "reset"}),
    "stale": ("Verouderd antwoord: nog open", {"behaviour": "stale", "operation": "get_payment"}),
    "key": ("Sleutel geweigerd (401)", {"behaviour": "unauthorized"}),
    "queued": ("Terugbetaling wacht op saldo", {"behaviour": "queue_refund"}),
}
"""Faults to try: a name for people, and the switch."""


@blueprint.get("/ui")
def show() -> str:
    """The payments, the newest first, and the faults in force."""
    sandbox = the_sandbox()
    query = request.args.get("q", "").strip()
    rows, older = payments_shown(sandbox, query=query, before=request.args.get("before"))
    return render_template(
        "sandbox/control.html",
        **words_for(None)._asdict(),
        refund_names=REFUND_NAMES,
        methods=METHODS,
        euros=euros,
        moment=_moment,
        shown=rows,
        older=older,
        query=query,
        available=balance.available_cents(sandbox),
        now=sandbox.clock.stamp(),
        stands_still=sandbox.store.get("now") is not None,
        presets={name: label for name, (label, _) in PRESETS.items()},
        switches=[(switch, _label(switch.behaviour)) for switch in sandbox.switches.all()],
        problem=request.args.get("problem"),
    )


@blueprint.post("/ui")
def act() -> Response:
    """Do what the pressed button says, and show the page again at the same place."""
    action, target = request.form.get("action", ""), request.form.get("id", "")
    back = {"q": request.form.get("q"), "before": request.form.get("before")}
    if action not in ACTIONS:
        raise BadRequest
    try:
        with the_sandbox().store.transaction():
            ACTIONS[action](the_sandbox(), target)
    except ApiError as error:
        back["problem"] = error.detail
    parameters = urlencode({name: value for name, value in back.items() if value})
    anchor = request.form.get("anchor", "")
    return redirect(f"ui?{parameters}#{anchor if anchor.isidentifier() else 'top'}", code=303)


def _moment(text: str) -> str:
    """A moment on the clocks of Amsterdam."""
    return real_clock.local(read(text)).strftime("%d-%m-%Y %H:%M")


def _label(behaviour: str) -> str:
    names = [label for label, rule in PRESETS.values() if rule["behaviour"] == behaviour]
    return names[0] if names else behaviour


def _payment(sandbox: Sandbox, payment_id: str) -> Payment:
    return payments.payment_by_id(sandbox, payment_id)


def _set_status(status: str) -> Callable[[Sandbox, str], object]:
    return lambda sandbox, target: payments.change_status(
        sandbox, _payment(sandbox, target), status
    )


def _set_refund(status: str) -> Callable[[Sandbox, str], object]:
    return lambda sandbox, target: refunds.change_refund(
        sandbox, refunds.refund_by_id(sandbox, None, target), status
    )


def _refund(sandbox: Sandbox, target: str) -> None:
    payment = _payment(sandbox, target)
    cents = payment.amount_cents - refunds.refunded_cents(sandbox, payment)
    refunds.create_refund(sandbox, payment, cents=cents, description="Terugbetaling", metadata=None)
    sandbox.webhooks.announce(payment)


def _charge_back(sandbox: Sandbox, target: str) -> None:
    payment = _payment(sandbox, target)
    cents = payment.amount_cents - refunds.charged_back_cents(sandbox, payment)
    refunds.charge_back(sandbox, payment, cents=cents, reason="general")


def _reverse(sandbox: Sandbox, target: str) -> None:
    refunds.reverse_chargeback(sandbox, refunds.chargeback_by_id(sandbox, None, target))


def _misbehave(sandbox: Sandbox, target: str) -> None:
    count = request.form.get("count", "1")
    if target not in PRESETS or not count.isdecimal() or int(count) < 1:
        raise ApiError(422, "Kies een storing en hoe vaak die optreedt (1 of meer).")
    sandbox.switches.add({**PRESETS[target][1], "count": min(int(count), 1000)})


ACTIONS: dict[str, Callable[[Sandbox, str], object]] = {
    **{status: _set_status(status) for status in ("paid", "pending", "failed", "canceled")},
    "expired": _set_status("expired"),
    "again": lambda sandbox, target: sandbox.webhooks.send_again(_payment(sandbox, target)),
    "copy": lambda sandbox, target: payments.copy_as_paid(sandbox, _payment(sandbox, target)),
    "refund": _refund,
    "chargeback": _charge_back,
    "reverse": _reverse,
    "refund_processing": _set_refund("processing"),
    "refund_refunded": _set_refund("refunded"),
    "refund_failed": _set_refund("failed"),
    "settle": lambda sandbox, _: balance.settle(sandbox),
    "misbehave": _misbehave,
    "behave": lambda sandbox, _: sandbox.switches.remove(),
    "real_time": lambda sandbox, _: move_clock(sandbox, None),
}
