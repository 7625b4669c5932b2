"""The API under ``/v2``: all refunds and chargebacks, methods, the balance, settlements."""

from flask import Blueprint, Response

from voorjebuurt.local.sandbox import balance
from voorjebuurt.local.sandbox.bodies import (
    chargeback_body,
    link,
    list_body,
    payment_body,
    refund_body,
)
from voorjebuurt.local.sandbox.calls import perform, the_sandbox, the_urls
from voorjebuurt.local.sandbox.entities import Chargeback, Payment, Refund, Settlement
from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.guards import require_key
from voorjebuurt.local.sandbox.idempotency import Answer
from voorjebuurt.local.sandbox.lists import page
from voorjebuurt.local.sandbox.merchant_bodies import BALANCE, METHODS, balance_body, method_body
from voorjebuurt.local.sandbox.request_log import note_request
from voorjebuurt.local.sandbox.settlement_bodies import settlement_body

blueprint = Blueprint("merchant_api", __name__, url_prefix="/v2")
blueprint.before_request(require_key)
blueprint.after_request(note_request)


def _refunds(**where: str) -> Answer:
    return page("refunds", Refund, lambda refund: refund_body(the_urls(), refund), **where)


def _chargebacks(**where: str) -> Answer:
    return page("chargebacks", Chargeback, lambda c: chargeback_body(the_urls(), c), **where)


@blueprint.get("/refunds")
def list_refunds() -> Response:
    """The refunds of all payments."""
    return perform("list_refunds", _refunds)


@blueprint.get("/chargebacks")
def list_chargebacks() -> Response:
    """The chargebacks of all payments."""
    return perform("list_chargebacks", _chargebacks)


@blueprint.get("/methods")
def list_methods() -> Response:
    """What can be paid with."""

    def execute() -> Answer:
        methods = [method_body(the_urls(), method) for method in METHODS]
        return Answer(
            200, list_body("methods", methods, {"self": link(f"{the_urls().api}/methods")})
        )

    return perform("list_methods", execute)


@blueprint.get("/methods/<method>")
def get_method(method: str) -> Response:
    """One way to pay."""

    def execute() -> Answer:
        if method not in METHODS:
            raise ApiError(404, f"No method exists with token {method}.")
        return Answer(200, method_body(the_urls(), method))

    return perform("list_methods", execute)


@blueprint.get("/balances/<balance_id>")
def get_balance(balance_id: str) -> Response:
    """The primary balance."""

    def execute() -> Answer:
        if balance_id not in ("primary", BALANCE):
            raise ApiError(404, f"No balance exists with token {balance_id}.")
        return Answer(200, balance_body(the_sandbox(), the_urls()))

    return perform("get_balance", execute)


@blueprint.get("/settlements")
def list_settlements() -> Response:
    """The transfers to the merchant's bank."""

    def execute() -> Answer:
        return page(
            "settlements",
            Settlement,
            lambda settlement: settlement_body(the_sandbox(), the_urls(), settlement),
        )

    return perform("list_settlements", execute)


@blueprint.get("/settlements/<settlement_id>")
def get_settlement(settlement_id: str) -> Response:
    """One transfer, by id or bank reference."""

    def execute() -> Answer:
        settlement = balance.settlement_by_id(the_sandbox(), settlement_id)
        return Answer(200, settlement_body(the_sandbox(), the_urls(), settlement))

    return perform("get_settlement", execute)


@blueprint.get("/settlements/<settlement_id>/<any(payments, refunds, chargebacks):part>")
def list_settled(settlement_id: str, part: str) -> Response:
    """The payments, refunds or chargebacks in one transfer."""

    def execute() -> Answer:
        settlement = balance.settlement_by_id(the_sandbox(), settlement_id)
        if part == "refunds":
            return _refunds(settlement_id=settlement.id)
        if part == "chargebacks":
            return _chargebacks(settlement_id=settlement.id)
        return page(
            "payments",
            Payment,
            lambda payment: payment_body(the_sandbox(), the_urls(), payment),
            settlement_id=settlement.id,
        )

    return perform("get_settlement", execute)
