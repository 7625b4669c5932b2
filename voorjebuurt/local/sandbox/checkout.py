"""The page on which a person pays, or not."""

from flask import Blueprint, Response, redirect, render_template, request, send_file
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response as BaseResponse

from voorjebuurt import paths
from voorjebuurt.local.sandbox.calls import the_sandbox
from voorjebuurt.local.sandbox.entities import Payment
from voorjebuurt.local.sandbox.guards import as_page, require_same_site
from voorjebuurt.local.sandbox.merchant_bodies import METHODS
from voorjebuurt.local.sandbox.payments import (
    change_status,
    choose_method,
    own_bank_account,
    payment_by_token,
)
from voorjebuurt.local.sandbox.texts import euros, words_for

blueprint = Blueprint("checkout", __name__, url_prefix="/checkout")
blueprint.before_request(require_same_site)
blueprint.after_request(as_page)

LONGEST_BANK_ACCOUNT = 34
RESULTS = ("paid", "failed", "canceled", "expired", "pending")
BANKS = {
    "WYKBNL2A": "Wijkbank",
    "DUINNL2A": "Duin & Dijk Bank",
    "GRCHNL2A": "Grachtengordel Spaarbank",
}
"""Banks that don't exist."""


@blueprint.get("/sandbox.css")
def stylesheet() -> Response:
    """The style of the sandbox's pages: a file of its own, so that any content policy holds."""
    return send_file(paths.TEMPLATES / "sandbox" / "sandbox.css", max_age=300)


@blueprint.errorhandler(NotFound)
def missing(_error: NotFound) -> tuple[str, int]:
    """No payment has this address."""
    return render_template("sandbox/missing.html", **words_for(None)._asdict()), 404


@blueprint.get("/<token>")
def show(token: str) -> str:
    """The payment and how to pay it, or how it went."""
    payment = _payment(token)
    names = [method for method in METHODS if method in (payment.allowed_methods or METHODS)]
    return render_template(
        "sandbox/checkout.html" if payment.status == "open" else "sandbox/done.html",
        payment=payment,
        merchant=the_sandbox().options.merchant,
        methods={name: METHODS[name] for name in names},
        banks=BANKS,
        account=own_bank_account(payment),
        amount=euros(payment.amount_cents, payment.locale),
        back=return_url(payment),
        **words_for(payment.locale)._asdict(),
    )


@blueprint.post("/<token>")
def choose(token: str) -> BaseResponse:
    """Let it go as the person chose, and send the browser back to the shop."""
    payment = _payment(token)
    result, method = request.form.get("result", ""), request.form.get("method", "")
    if result not in RESULTS or method not in (payment.allowed_methods or METHODS):
        raise BadRequest
    sandbox = the_sandbox()
    with sandbox.store.transaction():
        payment = _payment(token)
        if payment.status == "open":
            bank = request.form.get("bank", "")
            account = request.form.get("account", "").strip()[:LONGEST_BANK_ACCOUNT]
            choose_method(
                sandbox, payment, method, bank if bank in BANKS else None, account or None
            )
            payment = change_status(sandbox, _payment(token), result)
    return redirect(return_url(payment), code=303)


def return_url(payment: Payment) -> str:
    """Where the browser goes next."""
    if payment.status == "canceled" and payment.cancel_url:
        return payment.cancel_url
    return payment.redirect_url or "/"


def _payment(token: str) -> Payment:
    payment = payment_by_token(the_sandbox(), token)
    if payment is None:
        raise NotFound
    return payment
