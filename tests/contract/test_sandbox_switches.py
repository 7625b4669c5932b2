"""Each way to misbehave, as the provider's own client meets it."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
from mollie.api.client import Client
from mollie.api.error import (
    ConflictError,
    NotFoundError,
    RequestError,
    ResponseError,
    ResponseHandlingError,
    UnauthorizedError,
)
from mollie.api.objects.payment import Payment

from tests.support.sandbox_process import KEY, SandboxProcess

Open = Callable[..., Payment]


@pytest.mark.parametrize(
    ("behaviour", "options", "error"),
    [
        ("rate_limit", {"retry_after": 3}, ResponseError),
        ("error", {"status": 503}, ResponseError),
        ("bad_gateway", {}, ResponseHandlingError),
        ("unauthorized", {}, UnauthorizedError),
        ("not_found", {}, NotFoundError),
        ("in_flight", {}, ConflictError),
        ("reset", {}, RequestError),
        ("cut_json", {}, ResponseHandlingError),
        ("cut_connection", {}, RequestError),
    ],
)
def test_it_goes_wrong_as_often_as_was_asked(
    mollie: Client,
    sandbox: SandboxProcess,
    open_payment: Open,
    behaviour: str,
    options: dict[str, Any],
    error: type[Exception],
) -> None:
    payment = open_payment()
    sandbox.switch(behaviour, "get_payment", count=2, **options)
    for _ in range(2):
        with pytest.raises(error):
            mollie.payments.get(payment.id)
    assert mollie.payments.list().count == 1
    assert mollie.payments.get(payment.id).id == payment.id


@pytest.mark.parametrize(
    ("behaviour", "options", "number"),
    [
        ("reset", {}, 0),
        ("reset", {"when": "after"}, 1),
        ("error", {"status": 500}, 0),
        ("error", {"status": 500, "when": "after"}, 1),
        ("bad_gateway", {"when": "after"}, 1),
        ("cut_json", {}, 1),
        ("cut_connection", {}, 1),
    ],
)
def test_a_create_that_went_wrong_was_executed_or_not_and_can_be_repeated(
    mollie: Client,
    sandbox: SandboxProcess,
    order: dict[str, Any],
    behaviour: str,
    options: dict[str, Any],
    number: int,
) -> None:
    sandbox.switch(behaviour, "create_payment", **options)
    with pytest.raises((RequestError, ResponseError, ResponseHandlingError)):
        mollie.payments.create(order, idempotency_key="k")
    assert mollie.payments.list().count == number
    payment = mollie.payments.create(order, idempotency_key="k")
    assert [row.id for row in mollie.payments.list()] == [payment.id]


def test_nothing_in_an_answer_that_was_executed(
    mollie: Client, sandbox: SandboxProcess, order: dict[str, Any]
) -> None:
    sandbox.switch("no_content", "create_payment")
    assert dict(mollie.payments.create(order)) == {}
    assert mollie.payments.list().count == 1


@pytest.mark.parametrize(("options", "header"), [({"retry_after": 7}, "7"), ({}, None)])
def test_too_many_requests_may_name_a_time(
    sandbox: SandboxProcess, options: dict[str, Any], header: str | None
) -> None:
    sandbox.switch("rate_limit", **options)
    answer = requests.get(
        f"{sandbox.url}/v2/payments", headers={"Authorization": f"Bearer {KEY}"}, timeout=5
    )
    assert (answer.status_code, answer.headers.get("Retry-After")) == (429, header)
    assert answer.json()["title"] == "Too Many Requests"


def test_an_answer_may_come_late(mollie: Client, sandbox: SandboxProcess) -> None:
    sandbox.switch("delay", "list_payments", seconds=0.4)
    start = time.monotonic()
    mollie.payments.list()
    assert time.monotonic() - start >= 0.4


def test_a_stale_answer_says_open_while_it_was_paid(
    mollie: Client, sandbox: SandboxProcess, open_payment: Open
) -> None:
    payment = open_payment()
    sandbox.switch("stale", "get_payment", count=2)
    assert mollie.payments.get(payment.id).is_open()
    sandbox.pay(payment.checkout_url)
    stale = [mollie.payments.get(payment.id) for _ in range(2)]
    assert [(answer.status, answer.is_paid()) for answer in stale] == [("open", False)] * 2
    assert mollie.payments.get(payment.id).is_paid()


def test_an_answer_may_differ_from_what_was_asked(
    mollie: Client, sandbox: SandboxProcess, open_payment: Open
) -> None:
    payment = open_payment()
    wrong = {"amount": {"currency": "USD"}, "mode": "live", "metadata": {"pledge": "other"}}
    sandbox.switch("alter", "get_payment", set=wrong)
    other = mollie.payments.get(payment.id)
    assert other.amount == {"value": "52.00", "currency": "USD"}
    assert (other.mode, other.metadata) == ("live", {"pledge": "other"})
    assert dict(mollie.payments.get(payment.id)) == dict(payment)


def test_switches_can_be_taken_away(mollie: Client, sandbox: SandboxProcess) -> None:
    sandbox.switch("unauthorized", count=None)
    for _ in range(3):
        with pytest.raises(UnauthorizedError):
            mollie.methods.list()
    sandbox.behave()
    assert mollie.methods.list().count == 3


@pytest.mark.parametrize(
    "rule",
    [
        {"behaviour": "dance"},
        {"behaviour": "reset", "operation": "dance"},
        {"behaviour": "reset", "count": 0},
    ],
)
def test_a_rule_that_is_not_understood_is_refused(
    sandbox: SandboxProcess, rule: dict[str, Any]
) -> None:
    answer = requests.post(f"{sandbox.url}/control/switches", json=rule, timeout=5)
    assert answer.status_code == 400
    assert sandbox.switches() == []
