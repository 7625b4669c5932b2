"""Requests checked as the provider does, with the field that is wrong."""

import json
from typing import Any
from urllib.parse import urlsplit

from voorjebuurt.kernel.money import from_provider
from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.merchant_bodies import MAXIMUM_CENTS, METHODS
from voorjebuurt.local.sandbox.payments import NewPayment

PAYMENT_FIELDS = {
    "amount",
    "description",
    "redirectUrl",
    "cancelUrl",
    "webhookUrl",
    "method",
    "metadata",
    "locale",
    "sequenceType",
    "customerId",
    "mandateId",
}
CUSTOMER_FIELDS = {"name", "email", "locale", "metadata"}
SEQUENCE_TYPES = ("oneoff", "first", "recurring")
REFUND_FIELDS = {"amount", "description", "metadata"}
NOT_SIMULATED = {
    "applicationFee",
    "billingAddress",
    "captureMode",
    "lines",
    "profileId",
    "restrictPaymentMethodsToCountry",
    "routing",
    "reverseRouting",
    "routingReversals",
    "shippingAddress",
    "testmode",
}
"""Fields that the provider knows and the sandbox doesn't play: refused, never ignored."""

METADATA_BYTES = 1024
LOCALES = {
    *("nl_NL", "nl_BE", "en_US", "en_GB", "de_DE", "de_AT", "de_CH", "fr_FR", "fr_BE", "es_ES"),
    *("ca_ES", "pt_PT", "it_IT", "nb_NO", "sv_SE", "fi_FI", "da_DK", "is_IS", "hu_HU", "pl_PL"),
    *("lv_LV", "lt_LT"),
}


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object in the body of a request; an empty body is an empty object."""
    if not body:
        return {}
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise ApiError(400, "The request body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise ApiError(400, "The request body must be a JSON object.")
    return value


def new_payment(body: dict[str, Any]) -> NewPayment:
    """A checked request for a payment."""
    _known(body, PAYMENT_FIELDS)
    sequence_type = body.get("sequenceType", "oneoff")
    if sequence_type not in SEQUENCE_TYPES:
        raise ApiError(422, "The sequence type is invalid", field="sequenceType")
    customer_id, mandate_id = _id(body, "customerId", "cst_"), _id(body, "mandateId", "mdt_")
    if sequence_type != "oneoff" and customer_id is None:
        raise ApiError(422, "The customerId is required for this sequence type", field="customerId")
    if mandate_id is not None and sequence_type != "recurring":
        raise ApiError(422, "A mandate is only used by recurring payments", field="mandateId")
    locale = body.get("locale")
    if locale is not None and locale not in LOCALES:
        raise ApiError(422, "The locale is invalid", field="locale")
    return NewPayment(
        amount_cents=cents(body, maximum=MAXIMUM_CENTS),
        currency="EUR",
        description=_description(body),
        redirect_url=_url(body, "redirectUrl", is_required=sequence_type != "recurring"),
        cancel_url=_url(body, "cancelUrl"),
        webhook_url=_url(body, "webhookUrl"),
        methods=_methods(body.get("method")),
        metadata=metadata(body),
        locale=locale,
        sequence_type=sequence_type,
        customer_id=customer_id,
        mandate_id=mandate_id,
    )


def new_customer(body: dict[str, Any]) -> dict[str, Any]:
    """The values of a checked request for a customer."""
    _known(body, CUSTOMER_FIELDS)
    for name in ("name", "email", "locale"):
        if not isinstance(body.get(name), str | None):
            raise ApiError(422, f"The {name} is invalid", field=name)
    if body.get("locale") not in {None, *LOCALES}:
        raise ApiError(422, "The locale is invalid", field="locale")
    return {name: body.get(name) for name in ("name", "email", "locale")} | {
        "metadata": metadata(body)
    }


def new_refund(body: dict[str, Any]) -> tuple[int, str, Any]:
    """Cents, description and metadata of a checked request for a refund."""
    _known(body, REFUND_FIELDS)
    description = body.get("description", "")
    if not isinstance(description, str) or len(description) > 255:
        raise ApiError(422, "The description is invalid", field="description")
    return cents(body), description, metadata(body)


def cents(body: dict[str, Any], *, maximum: int | None = None) -> int:
    """The amount in cents: a string with exactly two decimals, in euros, above zero."""
    amount = body.get("amount")
    if not isinstance(amount, dict) or set(amount) != {"value", "currency"}:
        raise ApiError(422, "The amount is required, with a value and a currency", field="amount")
    if amount["currency"] != "EUR":
        raise ApiError(422, "The currency is not supported", field="amount.currency")
    try:
        number = from_provider(amount["value"])
    except (TypeError, ValueError):
        detail = "The amount contains an invalid value: a string with two decimals is expected"
        raise ApiError(422, detail, field="amount.value") from None
    if number <= 0:
        raise ApiError(422, "The amount is lower than the minimum", field="amount")
    if maximum is not None and number > maximum:
        raise ApiError(422, "The amount is higher than the maximum", field="amount")
    return number


def metadata(body: dict[str, Any]) -> Any:
    """Any JSON up to about a kilobyte."""
    value = body.get("metadata")
    if len(json.dumps(value)) > METADATA_BYTES:
        raise ApiError(422, "The metadata is too long", field="metadata")
    return value


def _known(body: dict[str, Any], fields: set[str]) -> None:
    for name in body:
        if name in NOT_SIMULATED:
            raise ApiError(422, f"The sandbox does not play {name!r}", field=name)
        if name not in fields:
            detail = f'Non-existent body parameter "{name}" for this API call.'
            raise ApiError(400, detail, field=name)


def _id(body: dict[str, Any], name: str, prefix: str) -> str | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.startswith(prefix):
        raise ApiError(422, f"The {name} is invalid", field=name)
    return value


def _description(body: dict[str, Any]) -> str:
    text = body.get("description")
    if not isinstance(text, str) or not text.strip():
        raise ApiError(422, "The description is required", field="description")
    if len(text) > 255:
        raise ApiError(422, "The description is too long", field="description")
    return text


def _url(body: dict[str, Any], name: str, *, is_required: bool = False) -> str | None:
    url = body.get(name)
    if url is None and not is_required:
        return None
    if not isinstance(url, str) or not url:
        raise ApiError(422, f"The {name} is required", field=name)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ApiError(422, f"The {name} is invalid", field=name)
    return url


def _methods(value: Any) -> list[str]:
    if value is None:
        return []
    methods = [value] if isinstance(value, str) else value
    valid = isinstance(methods, list) and all(isinstance(m, str) and m in METHODS for m in methods)
    if not valid:
        raise ApiError(422, "The payment method is invalid", field="method")
    return methods
