"""The API under ``/v2``: payments, and what belongs to one."""

from flask import Blueprint, Response, request

from voorjebuurt.local.sandbox import checks, payments, refunds
from voorjebuurt.local.sandbox.bodies import chargeback_body, payment_body, refund_body
from voorjebuurt.local.sandbox.calls import perform, the_sandbox, the_urls
from voorjebuurt.local.sandbox.entities import Chargeback, Payment, Refund
from voorjebuurt.local.sandbox.guards import require_key
from voorjebuurt.local.sandbox.idempotency import Answer
from voorjebuurt.local.sandbox.lists import page
from voorjebuurt.local.sandbox.request_log import note_request

blueprint = Blueprint("api", __name__, url_prefix="/v2")
blueprint.before_request(require_key)
blueprint.after_request(note_request)

EMBEDDABLE = ("refunds", "chargebacks")


def _embedded() -> list[str]:
    """What ``?embed=`` (or ``?include=``) asks for; other words are passed over."""
    words = ",".join((request.args.get("embed", ""), request.args.get("include", "")))
    return [name for name in EMBEDDABLE if name in words.split(",")]


@blueprint.post("/payments")
def create_payment() -> Response:
    """Open a payment."""

    def execute() -> Answer:
        order = checks.new_payment(checks.json_object(request.get_data()))
        payment = payments.create_payment(the_sandbox(), order)
        return Answer(201, payment_body(the_sandbox(), the_urls(), payment))

    return perform("create_payment", execute)


@blueprint.get("/payments")
def list_payments() -> Response:
    """All payments, newest first."""

    def execute() -> Answer:
        return page(
            "payments",
            Payment,
            lambda payment: payment_body(the_sandbox(), the_urls(), payment, embed=_embedded()),
        )

    return perform("list_payments", execute)


@blueprint.get("/payments/<payment_id>")
def get_payment(payment_id: str) -> Response:
    """One payment."""

    def execute() -> Answer:
        payment = payments.payment_by_id(the_sandbox(), payment_id)
        return Answer(200, payment_body(the_sandbox(), the_urls(), payment, embed=_embedded()))

    return perform("get_payment", execute, payment_id=payment_id)


@blueprint.delete("/payments/<payment_id>")
def cancel_payment(payment_id: str) -> Response:
    """Cancel a payment that nobody has begun to pay."""

    def execute() -> Answer:
        payment = payments.payment_by_id(the_sandbox(), payment_id)
        payment = payments.cancel_payment(the_sandbox(), payment)
        return Answer(200, payment_body(the_sandbox(), the_urls(), payment))

    return perform("cancel_payment", execute, payment_id=payment_id)


@blueprint.post("/payments/<payment_id>/refunds")
def create_refund(payment_id: str) -> Response:
    """Send money back to the payer."""

    def execute() -> Answer:
        payment = payments.payment_by_id(the_sandbox(), payment_id)
        cents, description, metadata = checks.new_refund(checks.json_object(request.get_data()))
        refund = refunds.create_refund(
            the_sandbox(), payment, cents=cents, description=description, metadata=metadata
        )
        return Answer(201, refund_body(the_urls(), refund))

    return perform("create_refund", execute, payment_id=payment_id)


@blueprint.get("/payments/<payment_id>/refunds")
def list_payment_refunds(payment_id: str) -> Response:
    """The refunds of one payment."""

    def execute() -> Answer:
        payments.payment_by_id(the_sandbox(), payment_id)
        return page("refunds", Refund, lambda r: refund_body(the_urls(), r), payment_id=payment_id)

    return perform("list_refunds", execute, payment_id=payment_id)


@blueprint.get("/payments/<payment_id>/refunds/<refund_id>")
def get_refund(payment_id: str, refund_id: str) -> Response:
    """One refund."""

    def execute() -> Answer:
        payment = payments.payment_by_id(the_sandbox(), payment_id)
        refund = refunds.refund_by_id(the_sandbox(), payment, refund_id)
        return Answer(200, refund_body(the_urls(), refund))

    return perform("get_refund", execute, payment_id=payment_id)


@blueprint.delete("/payments/<payment_id>/refunds/<refund_id>")
def cancel_refund(payment_id: str, refund_id: str) -> Response:
    """Stop a refund that has not left yet."""

    def execute() -> Answer:
        payment = payments.payment_by_id(the_sandbox(), payment_id)
        refund = refunds.refund_by_id(the_sandbox(), payment, refund_id)
        refunds.cancel_refund(the_sandbox(), refund)
        return Answer(204, None)

    return perform("cancel_refund", execute, payment_id=payment_id)


@blueprint.get("/payments/<payment_id>/chargebacks")
def list_payment_chargebacks(payment_id: str) -> Response:
    """The chargebacks of one payment."""

    def execute() -> Answer:
        payments.payment_by_id(the_sandbox(), payment_id)
        return page(
            "chargebacks",
            Chargeback,
            lambda chargeback: chargeback_body(the_urls(), chargeback),
            payment_id=payment_id,
        )

    return perform("list_chargebacks", execute, payment_id=payment_id)


@blueprint.get("/payments/<payment_id>/chargebacks/<chargeback_id>")
def get_chargeback(payment_id: str, chargeback_id: str) -> Response:
    """One chargeback."""

    def execute() -> Answer:
        payment = payments.payment_by_id(the_sandbox(), payment_id)
        chargeback = refunds.chargeback_by_id(the_sandbox(), payment, chargeback_id)
        return Answer(200, chargeback_body(the_urls(), chargeback))

    return perform("get_chargeback", execute, payment_id=payment_id)
