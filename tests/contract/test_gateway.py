"""Our gateway against the sandbox, and against real answers of the provider.

The errors of the gateway decide what is tried again: each way in which the provider may fail is
held against the one that our code acts on.
"""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.support.sandbox_process import SandboxProcess
from tests.support.source import SHARED
from voorjebuurt.payments.gateway import (
    GatewayBusyError,
    GatewayConflictError,
    GatewayNotFoundError,
    GatewayRefusedError,
    GatewayUnauthorizedError,
    GatewayUnclearError,
    PaymentQuestion,
    RefundQuestion,
)
from voorjebuurt.payments.providers import mollie
from voorjebuurt.payments.providers.mollie import SANDBOX_KEY, MollieGateway

REAL = SHARED / "mollie"
QUESTION = PaymentQuestion(
    amount_cents=5200,
    description="Bankje in de Dorpsstraat",
    redirect_url="https://voorjebuurt.example/giften/abc",
    webhook_url="http://127.0.0.1:1/haakje",
    metadata={"payment_id": "p1", "pledge_id": "g1"},
    locale="nl",
    idempotency_key="payment-p1",
)


@pytest.fixture
def gateway(sandbox: SandboxProcess) -> MollieGateway:
    return MollieGateway(sandbox.url, SANDBOX_KEY, payer_secret="s" * 32)


def refund_question(provider_id: str, cents: int, key: str) -> RefundQuestion:
    return RefundQuestion(
        provider_payment_id=provider_id,
        amount_cents=cents,
        description="Terugbetaling",
        metadata={"refund_id": key},
        idempotency_key=key,
    )


def test_a_payment_from_question_to_facts(gateway: MollieGateway, sandbox: SandboxProcess) -> None:
    payment = gateway.create_payment(QUESTION)
    assert (payment.status, payment.mode, payment.amount_cents) == ("open", "test", 5200)
    assert payment.metadata == QUESTION.metadata
    assert payment.paid_at is None
    assert payment.checkout_url is not None
    sandbox.set_clock("2026-03-29T03:00:00+02:00")
    sandbox.pay(payment.checkout_url)
    refund = gateway.create_refund(refund_question(payment.provider_id, 200, "r1"))
    chargeback = sandbox.charge_back(payment.provider_id, value="50.00")
    facts = gateway.payment(payment.provider_id)
    assert (facts.status, facts.method, facts.currency) == ("paid", "ideal", "EUR")
    assert facts.paid_at == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert [(row.provider_id, row.amount_cents, row.status) for row in facts.refunds] == [
        (refund.provider_id, 200, "pending")
    ]
    assert [(row.provider_id, row.amount_cents) for row in facts.chargebacks] == [
        (chargeback["id"], 5000)
    ]
    assert gateway.refunds(payment.provider_id) == list(facts.refunds)


def test_a_payment_is_found_by_our_own_id(gateway: MollieGateway) -> None:
    payment = gateway.create_payment(QUESTION)
    since = datetime.now(UTC) - timedelta(minutes=10)
    match = gateway.find_payment("p1", since=since)
    assert match is not None
    assert match.provider_id == payment.provider_id
    assert gateway.find_payment("p2", since=since) is None


def test_the_search_goes_on_to_older_pages_and_ends_before_what_is_too_old(
    gateway: MollieGateway, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mollie, "_PAGE", 2)
    begin = datetime.now(UTC).replace(microsecond=0)
    sandbox.set_clock(begin.isoformat())
    first = gateway.create_payment(QUESTION)
    sandbox.set_clock((begin + timedelta(hours=2)).isoformat())
    for number in range(2, 6):
        gateway.create_payment(
            replace(
                QUESTION,
                metadata={"payment_id": f"p{number}"},
                idempotency_key=f"payment-p{number}",
            )
        )
    match = gateway.find_payment("p1", since=begin)
    assert match is not None
    assert match.provider_id == first.provider_id
    assert len(sandbox.log("list_payments")) == 3, "two, two and one"
    assert gateway.find_payment("p0", since=begin + timedelta(hours=1)) is None


@pytest.mark.parametrize(
    ("behaviour", "options", "error"),
    [
        ("rate_limit", {"retry_after": 7}, GatewayBusyError),
        ("rate_limit", {}, GatewayBusyError),
        ("error", {"status": 500}, GatewayUnclearError),
        ("error", {"status": 503}, GatewayUnclearError),
        ("bad_gateway", {}, GatewayUnclearError),
        ("cut_json", {}, GatewayUnclearError),
        ("cut_connection", {}, GatewayUnclearError),
        ("no_content", {}, GatewayUnclearError),
        ("reset", {}, GatewayUnclearError),
        ("unauthorized", {}, GatewayUnauthorizedError),
        ("in_flight", {}, GatewayConflictError),
        ("not_found", {}, GatewayNotFoundError),
        ("error", {"status": 422}, GatewayRefusedError),
        ("error", {"status": 410}, GatewayRefusedError),
    ],
)
def test_each_failure_has_its_error(
    gateway: MollieGateway,
    sandbox: SandboxProcess,
    behaviour: str,
    options: dict[str, Any],
    error: type[Exception],
) -> None:
    sandbox.switch(behaviour, "create_payment", **options)
    with pytest.raises(error):
        gateway.create_payment(QUESTION)
    assert gateway.create_payment(QUESTION).status == "open"
    assert {call["idempotency_key"] for call in sandbox.log("create_payment")} == {"payment-p1"}


def test_the_time_to_wait_is_told(gateway: MollieGateway, sandbox: SandboxProcess) -> None:
    sandbox.switch("rate_limit", retry_after=7)
    with pytest.raises(GatewayBusyError) as busy:
        gateway.payment("tr_7UhSN1zuXS")
    assert busy.value.seconds == 7


def test_a_key_for_another_question_is_refused(gateway: MollieGateway) -> None:
    payment = gateway.create_payment(QUESTION)
    with pytest.raises(GatewayRefusedError):
        gateway.create_refund(refund_question(payment.provider_id, 100, "payment-p1"))


def test_a_second_refund_of_the_same_amount_is_a_conflict(
    gateway: MollieGateway, sandbox: SandboxProcess
) -> None:
    payment = gateway.create_payment(QUESTION)
    sandbox.set_state(payment.provider_id, "paid")
    gateway.create_refund(refund_question(payment.provider_id, 100, "r1"))
    with pytest.raises(GatewayConflictError):
        gateway.create_refund(refund_question(payment.provider_id, 100, "r2"))


class _RealAnswers(BaseHTTPRequestHandler):
    """Serves ``/v2/payments/{file}``."""

    def do_GET(self) -> None:
        name = self.path.split("?")[0].rsplit("/", 1)[1].removeprefix("tr_")
        body = (REAL / f"{name}.json").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/hal+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def real_gateway() -> Iterator[Callable[[str], Any]]:
    """Reads one of the provider's real answers through the gateway."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _RealAnswers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    gateway = MollieGateway(
        f"http://127.0.0.1:{server.server_port}", SANDBOX_KEY, payer_secret="s" * 32
    )
    yield lambda name: gateway.payment(f"tr_{name}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(
    not REAL.is_dir(), reason="the provider's real answers (shared/data/mollie) are not here"
)
@pytest.mark.parametrize(
    "name",
    [
        "payment_open",
        "payment_pending",
        "payment_canceled",
        "payment_expired",
        "payment_failed",
        "payment_paid",
        "payment_paid+refund",
        "payment_paid+chargeback",
    ],
)
def test_a_real_answer_is_understood(real_gateway: Callable[[str], Any], name: str) -> None:
    body = json.loads((REAL / f"{name}.json").read_text())
    facts = real_gateway(name)
    assert (facts.provider_id, facts.status, facts.mode) == (
        body["id"],
        body["status"],
        body["mode"],
    )
    assert facts.amount_cents == int(Decimal(body["amount"]["value"]) * 100)
    assert (facts.paid_at is not None) == ("paidAt" in body)
    assert (facts.checkout_url is not None) == ("checkout" in body["_links"])
