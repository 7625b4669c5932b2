"""Idempotency keys in the sandbox: within an hour, one key is one effect."""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from mollie.api.client import Client
from mollie.api.error import BadRequestError, ConflictError, RequestError
from mollie.api.objects.payment import Payment

from tests.support.fixtures_sandbox import mollie_client
from tests.support.sandbox_process import KEY, SandboxProcess, wait_for

Pay = Callable[..., Payment]


def test_the_same_request_is_answered_with_the_same_payment(
    mollie: Client, sandbox: SandboxProcess, order: dict[str, Any]
) -> None:
    first = mollie.payments.create(order, idempotency_key="k")
    sandbox.set_state(first.id, "paid")
    again = mollie.payments.create(order, idempotency_key="k")
    assert dict(again) == dict(first)
    assert mollie.payments.list().count == 1


def test_a_repetition_is_marked(sandbox: SandboxProcess, order: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": "k"}
    url, body = f"{sandbox.url}/v2/payments", json.dumps(order)
    answers = [requests.post(url, body, headers=headers, timeout=5) for _ in range(2)]
    assert [answer.headers.get("Idempotent-Replayed") for answer in answers] == [None, "true"]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].headers["Content-Type"] == "application/hal+json"


def test_a_key_is_not_for_another_request(mollie: Client, order: dict[str, Any]) -> None:
    mollie.payments.create(order, idempotency_key="k")
    with pytest.raises(BadRequestError):
        mollie.payments.create(order | {"description": "anders"}, idempotency_key="k")
    assert mollie.payments.list().count == 1


def test_a_key_is_forgotten_after_an_hour(
    mollie: Client, sandbox: SandboxProcess, order: dict[str, Any]
) -> None:
    sandbox.set_clock("2026-06-01T12:00:00+00:00")
    first = mollie.payments.create(order, idempotency_key="k")
    sandbox.set_clock("2026-06-01T12:59:59+00:00")
    assert mollie.payments.create(order, idempotency_key="k").id == first.id
    sandbox.set_clock("2026-06-01T13:00:00+00:00")
    assert mollie.payments.create(order, idempotency_key="k").id != first.id


def test_a_refused_request_does_not_use_its_key_up(mollie: Client, order: dict[str, Any]) -> None:
    with pytest.raises(Exception, match="description"):
        mollie.payments.create(order | {"description": ""}, idempotency_key="k")
    assert mollie.payments.create(order, idempotency_key="k").is_open()


def test_a_key_in_flight_is_a_conflict(sandbox: SandboxProcess, order: dict[str, Any]) -> None:
    sandbox.switch("delay", "create_payment", seconds=1)
    payments: list[Payment] = []

    def slow() -> None:
        payments.append(mollie_client(sandbox.url).payments.create(order, idempotency_key="k"))

    thread = threading.Thread(target=slow)
    thread.start()
    wait_for(lambda: sandbox.switches() == [])
    client = mollie_client(sandbox.url)
    with pytest.raises(ConflictError):
        client.payments.create(order, idempotency_key="k")
    thread.join()
    assert client.payments.create(order, idempotency_key="k").id == payments[0].id


def test_a_create_that_timed_out_was_executed_once(
    sandbox: SandboxProcess, mollie: Client, order: dict[str, Any]
) -> None:
    sandbox.switch("delay", "create_payment", seconds=2, when="after")
    hasty = mollie_client(sandbox.url, timeout=(1, 1))
    start = time.monotonic()
    with pytest.raises(RequestError, match="timed out"):
        hasty.payments.create(order, idempotency_key="k")
    assert time.monotonic() - start < 1.9
    (only,) = mollie.payments.list()
    assert hasty.payments.create(order, idempotency_key="k").id == only.id


def test_ten_at_once_with_one_key_make_one_payment(
    sandbox: SandboxProcess, order: dict[str, Any]
) -> None:
    def attempt(_: int) -> str:
        client = mollie_client(sandbox.url)
        while True:
            try:
                return str(client.payments.create(order, idempotency_key="k").id)
            except ConflictError:
                time.sleep(0.02)

    with ThreadPoolExecutor(10) as pool:
        ids = set(pool.map(attempt, range(10)))
    assert len(ids) == 1
    assert mollie_client(sandbox.url).payments.list().count == 1


def test_ten_clients_at_once_are_all_served(
    own_sandbox: SandboxProcess, order: dict[str, Any]
) -> None:
    """On a sandbox of its own: a request that an earlier test held back would be counted too."""

    def work(number: int) -> list[str]:
        client = mollie_client(own_sandbox.url)
        payments = [client.payments.create(order | {"metadata": {"n": number}}) for _ in range(10)]
        answers = [client.payments.get(payment.id) for payment in payments]
        assert [answer.metadata for answer in answers] == [{"n": number}] * 10
        return [payment.id for payment in payments]

    with ThreadPoolExecutor(10) as pool:
        ids = [payment_id for batch in pool.map(work, range(10)) for payment_id in batch]
    assert len(set(ids)) == 100
    assert len(own_sandbox.log("create_payment")) == 100


def test_the_log_shows_each_request_with_its_key(
    mollie: Client, sandbox: SandboxProcess, paid_payment: Pay
) -> None:
    payment = paid_payment()
    payment.refunds.create({"amount": {"value": "1.00", "currency": "EUR"}}, idempotency_key="r1")
    (call,) = sandbox.log("create_refund")
    assert (call["method"], call["idempotency_key"], call["status"]) == ("POST", "r1", 201)
    assert call["path"] == f"/v2/payments/{payment.id}/refunds"
