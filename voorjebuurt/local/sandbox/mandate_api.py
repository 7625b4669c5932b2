"""The API under ``/v2``: customers and their mandates."""

import json
from typing import Any

from flask import Blueprint, Response, request

from voorjebuurt.local.sandbox import checks, mandates
from voorjebuurt.local.sandbox.bodies import HTML, Urls, link
from voorjebuurt.local.sandbox.calls import perform, the_sandbox, the_urls
from voorjebuurt.local.sandbox.entities import Customer, Mandate
from voorjebuurt.local.sandbox.guards import require_key
from voorjebuurt.local.sandbox.idempotency import Answer
from voorjebuurt.local.sandbox.lists import page
from voorjebuurt.local.sandbox.request_log import note_request

blueprint = Blueprint("mandate_api", __name__, url_prefix="/v2")
blueprint.before_request(require_key)
blueprint.after_request(note_request)


def customer_body(urls: Urls, customer: Customer) -> dict[str, Any]:
    """A customer."""
    self_url = f"{urls.api}/customers/{customer.id}"
    return {
        "resource": "customer",
        "id": customer.id,
        "mode": "test",
        "name": customer.name,
        "email": customer.email,
        "locale": customer.locale,
        "metadata": json.loads(customer.metadata),
        "createdAt": customer.created_at,
        "_links": {
            "self": link(self_url),
            "dashboard": link(f"{urls.public}/control/ui", HTML),
            "mandates": link(f"{self_url}/mandates"),
            "documentation": link("https://docs.mollie.com/reference/get-customer", HTML),
        },
    }


def mandate_body(urls: Urls, mandate: Mandate) -> dict[str, Any]:
    """A mandate."""
    customer_url = f"{urls.api}/customers/{mandate.customer_id}"
    return {
        "resource": "mandate",
        "id": mandate.id,
        "mode": "test",
        "status": mandate.status,
        "method": mandate.method,
        "details": json.loads(mandate.details),
        "mandateReference": None,
        "signatureDate": mandate.created_at[:10],
        "createdAt": mandate.created_at,
        "_links": {
            "self": link(f"{customer_url}/mandates/{mandate.id}"),
            "customer": link(customer_url),
            "documentation": link("https://docs.mollie.com/reference/get-mandate", HTML),
        },
    }


@blueprint.post("/customers")
def create_customer() -> Response:
    """Make a customer."""

    def execute() -> Answer:
        values = checks.new_customer(checks.json_object(request.get_data()))
        customer = mandates.create_customer(the_sandbox(), **values)
        return Answer(201, customer_body(the_urls(), customer))

    return perform("create_customer", execute)


@blueprint.get("/customers/<customer_id>")
def get_customer(customer_id: str) -> Response:
    """One customer."""

    def execute() -> Answer:
        customer = mandates.customer_by_id(the_sandbox(), customer_id)
        return Answer(200, customer_body(the_urls(), customer))

    return perform("get_customer", execute)


@blueprint.get("/customers/<customer_id>/mandates")
def list_mandates(customer_id: str) -> Response:
    """The mandates of a customer that were not revoked, newest first."""

    def execute() -> Answer:
        mandates.customer_by_id(the_sandbox(), customer_id)
        return page(
            "mandates",
            Mandate,
            lambda mandate: mandate_body(the_urls(), mandate),
            customer_id=customer_id,
            revoked="no",
        )

    return perform("list_mandates", execute)


@blueprint.get("/customers/<customer_id>/mandates/<mandate_id>")
def get_mandate(customer_id: str, mandate_id: str) -> Response:
    """One mandate."""

    def execute() -> Answer:
        mandates.customer_by_id(the_sandbox(), customer_id)
        mandate = mandates.mandate_by_id(the_sandbox(), mandate_id, customer_id)
        return Answer(200, mandate_body(the_urls(), mandate))

    return perform("get_mandate", execute)


@blueprint.delete("/customers/<customer_id>/mandates/<mandate_id>")
def revoke_mandate(customer_id: str, mandate_id: str) -> Response:
    """Let nothing be collected by a mandate any more."""

    def execute() -> Answer:
        mandate = mandates.mandate_by_id(the_sandbox(), mandate_id, customer_id)
        mandates.change_mandate(the_sandbox(), mandate, "revoked")
        return Answer(204, None)

    return perform("revoke_mandate", execute)
