"""The sandbox's answers held against real answers of the provider.

Every key that our code reads is in both, with the same type; the sandbox invents no keys. The
real answers are no part of this repository; without them these tests are skipped.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from mollie.api.client import Client
from mollie.api.objects.payment import Payment

from tests.support.sandbox_process import KEY, SandboxProcess
from tests.support.source import SHARED

REAL = SHARED / "mollie"

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the provider's real answers (shared/data/mollie) are not here"
)

Body = dict[str, Any]
Open = Callable[..., Payment]

FREE = {"metadata", "periods", "details", "routing", "reason"}
"""Keys whose insides differ per payment method, month or merchant, or that no real answer has."""

ONLY_IN_DOCUMENTATION: dict[str, dict[str, type]] = {
    "payment": {"cancelUrl": str, "settlementId": str, "method": type(None)},
    "chargeback": {"reason": dict},
    "payment._links": {"settlement": dict},
    "payment._links.settlement": {"href": str, "type": str},
    "refund._links": {"settlement": dict},
    "refund._links.settlement": {"href": str, "type": str},
}
"""Documented, though no real answer that we hold has them."""

ALWAYS_READ = {"id", "mode", "status", "amount", "metadata", "createdAt", "description"}
READ_BY_STATUS = {
    "open": {"expiresAt", "isCancelable"},
    "pending": {"isCancelable"},
    "paid": {"paidAt", "amountRefunded", "amountRemaining"},
    "failed": {"failedAt"},
    "canceled": {"canceledAt"},
    "expired": {"expiredAt"},
}
READ_OF_REFUND = {"id", "status", "amount", "paymentId", "createdAt", "metadata", "mode"}
READ_OF_CHARGEBACK = {"id", "amount", "paymentId", "createdAt", "settlementAmount"}


def real(name: str) -> Body:
    """One real answer."""
    body: Body = json.loads((REAL / f"{name}.json").read_text())
    return body


def real_bodies(resource: str) -> Iterator[Body]:
    """All real answers of a kind; those with a changed status aren't real."""
    for file in sorted(REAL.glob("*.json")):
        body = json.loads(file.read_text())
        real_one = isinstance(body, dict) and not file.name.startswith("DERIVED_")
        if real_one and body.get("resource") == resource:
            yield body


def known_types(resource: str) -> dict[str, dict[str, set[type]]]:
    """Per place in a body the keys that real answers have there, with their types."""
    types: dict[str, dict[str, set[type]]] = {}

    def learn(place: str, body: Body) -> None:
        keys = types.setdefault(place, {})
        for key, value in body.items():
            keys.setdefault(key, set()).add(type(value))
            if isinstance(value, dict) and key not in FREE and key != "_embedded":
                learn(f"{place}.{key}", value)

    for body in real_bodies(resource):
        learn(resource, body)
    for place, more in ONLY_IN_DOCUMENTATION.items():
        for key, kind in more.items():
            types.setdefault(place, {}).setdefault(key, set()).add(kind)
    return types


def differences(body: Body, resource: str) -> list[str]:
    """Keys and types in ``body`` that no real answer has."""
    types, faults = known_types(resource), []

    def compare(place: str, part: Body) -> None:
        keys = types.get(place, {})
        for key, value in part.items():
            if key not in keys:
                faults.append(f"{place}.{key} is invented")
            elif type(value) not in keys[key] and key not in FREE:
                faults.append(f"{place}.{key} is {type(value).__name__}, not {keys[key]}")
            if isinstance(value, dict) and key not in FREE and key != "_embedded":
                compare(f"{place}.{key}", value)

    compare(resource, body)
    return faults


def as_read(body: Body, keys: set[str]) -> dict[str, type]:
    """The types of the keys that our code reads."""
    return {key: type(body[key]) for key in keys}


@pytest.mark.parametrize("status", READ_BY_STATUS)
def test_a_payment(
    status: str, open_payment: Open, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = open_payment(
        locale="nl_NL", webhookUrl="http://127.0.0.1:1/haakje", metadata={"pledge": "a"}
    )
    if status != "open":
        sandbox.pay(payment.checkout_url, status, method="creditcard")
    body = dict(mollie.payments.get(payment.id))
    assert differences(body, "payment") == []
    theirs = real(f"payment_{status}")
    keys = (ALWAYS_READ | READ_BY_STATUS[status]) - {"metadata"}
    assert as_read(body, keys) == as_read(theirs, keys)
    assert ("checkout" in body["_links"]) == ("checkout" in theirs["_links"])


def test_a_payment_that_was_refunded_charged_back_and_settled(
    paid_payment: Open, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = paid_payment()
    payment.refunds.create({"amount": {"value": "1.00", "currency": "EUR"}})
    sandbox.charge_back(payment.id, value="2.00")
    sandbox.control("settlements", {})
    body = dict(mollie.payments.get(payment.id))
    assert differences(body, "payment") == []
    for name, key in (("refund", "amountRefunded"), ("chargeback", "amountChargedBack")):
        theirs = real(f"payment_paid+{name}")
        assert as_read(body, {key}) == as_read(theirs, {key})
        assert f"{name}s" in body["_links"]
        assert f"{name}s" in theirs["_links"]


@pytest.mark.parametrize("status", ["pending", "processing", "refunded"])
def test_a_refund(status: str, paid_payment: Open, sandbox: SandboxProcess) -> None:
    payment = paid_payment()
    refund = payment.refunds.create(
        {"amount": {"value": "1.00", "currency": "EUR"}, "metadata": {"refund": "a"}}
    )
    sandbox.set_refund(refund.id, status)
    body = dict(payment.refunds.get(refund.id))
    assert differences(body, "refund") == []
    keys = READ_OF_REFUND - {"metadata"}
    theirs = {"mode": "live"} | real(f"refund_{status}")
    assert as_read(body, keys) == as_read(theirs, keys)


@pytest.mark.parametrize("with_reversal", [False, True])
def test_a_chargeback(with_reversal: bool, paid_payment: Open, sandbox: SandboxProcess) -> None:
    payment = paid_payment()
    chargeback = sandbox.charge_back(payment.id)
    if with_reversal:
        sandbox.reverse_chargeback(chargeback["id"])
    body = dict(payment.chargebacks.get(chargeback["id"]))
    assert differences(body, "chargeback") == []
    theirs = real("chargeback_reversed" if with_reversal else "chargeback_None")
    keys = READ_OF_CHARGEBACK | ({"reversedAt"} if with_reversal else set())
    assert as_read(body, keys) == as_read(theirs, keys)


def test_a_settlement(paid_payment: Open, mollie: Client, sandbox: SandboxProcess) -> None:
    paid_payment()
    settlement = sandbox.control("settlements", {})
    body = dict(mollie.settlements.get(settlement["id"]))
    theirs = real("settlement_paidout")
    assert set(body) == set(theirs)
    assert differences(body | {"invoiceId": ""}, "settlement") == []
    ((months,), (their_months,)) = (
        settlement_body["periods"].values() for settlement_body in (body, theirs)
    )
    ((month,), (their_month,)) = (months.values(), their_months.values())
    assert set(month) == set(their_month)
    assert set(month["revenue"][0]) == set(their_month["revenue"][0])


@pytest.mark.parametrize(
    ("status", "behaviour", "options"),
    [
        (400, None, {"amonut": 1}),
        (401, "unauthorized", {}),
        (404, "not_found", {}),
        (409, "in_flight", {}),
        (422, None, {"description": ""}),
        (429, "rate_limit", {}),
        (500, "error", {}),
        (503, "error", {"status": 503}),
    ],
)
def test_an_error(
    status: int, behaviour: str | None, options: Body, sandbox: SandboxProcess, order: Body
) -> None:
    if behaviour:
        sandbox.switch(behaviour, **options)
    answer = requests.post(
        f"{sandbox.url}/v2/payments",
        json=order if behaviour else order | options,
        headers={"Authorization": f"Bearer {KEY}"},
        timeout=5,
    )
    body, theirs = answer.json(), real(f"error_{status}")
    assert (answer.status_code, body["status"], body["title"]) == (
        status,
        theirs["status"],
        theirs["title"],
    )
    assert set(body) - {"field"} == set(theirs) - {"field"}
    assert isinstance(body["detail"], str)
    assert body["_links"]["documentation"].keys() == theirs["_links"]["documentation"].keys()
