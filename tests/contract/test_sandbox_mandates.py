"""Customers, mandates and what is collected by them: the sandbox, and our gateway against it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from mollie.api.client import Client
from mollie.api.error import NotFoundError, ResponseError, UnprocessableEntityError

from tests.support.sandbox_process import SandboxProcess
from voorjebuurt.payments.gateway import GatewayRefusedError, PaymentFacts, PaymentQuestion
from voorjebuurt.payments.providers.mollie import SANDBOX_KEY, MollieGateway
from voorjebuurt.payments.rules import MandateStatus, PaymentSequence

START = datetime(2027, 1, 31, 10, tzinfo=UTC)
ACCOUNT = "NL00SAND0000000042"


@pytest.fixture
def gateway(sandbox: SandboxProcess) -> MollieGateway:
    sandbox.set_clock(START.isoformat())
    return MollieGateway(sandbox.url, SANDBOX_KEY, payer_secret="s" * 32)


def question(sequence: PaymentSequence, customer_id: str, **values: Any) -> PaymentQuestion:
    return PaymentQuestion(
        amount_cents=1000,
        description="Gift: Bankje",
        redirect_url="https://voorjebuurt.example/giften/abc",
        webhook_url="http://127.0.0.1:1/haakje",
        metadata={"payment_id": f"p-{sequence}", "pledge_id": "g1"},
        locale="nl",
        idempotency_key=f"payment-{sequence}",
        sequence=sequence,
        customer_id=customer_id,
        **values,
    )


def first_paid(
    gateway: MollieGateway, sandbox: SandboxProcess, method: str = "ideal"
) -> tuple[str, PaymentFacts]:
    customer_id = gateway.create_customer("m1", locale="nl", idempotency_key="customer-m1")
    facts = gateway.create_payment(question(PaymentSequence.FIRST, customer_id))
    assert facts.checkout_url is not None
    assert facts.mandate_id is None
    fields = {"method": method, "result": "paid", "account": ACCOUNT}
    requests.post(facts.checkout_url, data=fields, allow_redirects=False, timeout=10)
    return customer_id, gateway.payment(facts.provider_id)


def collected(gateway: MollieGateway, customer_id: str, mandate_id: str) -> PaymentFacts:
    order = question(PaymentSequence.RECURRING, customer_id, mandate_id=mandate_id)
    return gateway.create_payment(order)


def later(sandbox: SandboxProcess, **time: int) -> None:
    sandbox.set_clock((START + timedelta(**time)).isoformat())


def test_a_customer_is_made_once_per_key_and_nothing_is_told_of_the_donor(
    gateway: MollieGateway, sandbox: SandboxProcess, mollie: Client
) -> None:
    ids = [gateway.create_customer("m1", locale="nl", idempotency_key="k1") for _ in range(2)]
    assert ids[0] == ids[1]
    customer = mollie.customers.get(ids[0])
    assert (customer.name, customer.email, customer.locale) == (None, None, "nl_NL")
    assert customer.metadata == {"monthly_gift_id": "m1"}


def test_a_first_payment_begins_a_mandate_by_which_is_collected_days_later(
    gateway: MollieGateway, sandbox: SandboxProcess
) -> None:
    customer_id, first = first_paid(gateway, sandbox)
    assert first.status == "paid"
    assert first.mandate_id is not None
    assert gateway.mandate_status(customer_id, first.mandate_id) is MandateStatus.VALID
    facts = collected(gateway, customer_id, first.mandate_id)
    assert (facts.status, facts.method, facts.checkout_url) == ("pending", "directdebit", None)
    assert collected(gateway, customer_id, first.mandate_id).provider_id == facts.provider_id
    later(sandbox, days=1)
    assert gateway.payment(facts.provider_id).status == "pending"
    later(sandbox, days=2)
    last = gateway.payment(facts.provider_id)
    assert (last.status, last.paid_at) == ("paid", START + timedelta(days=2))
    assert last.payer == first.payer is not None, "one donor, by either way to pay"


def test_what_is_collected_can_fail_and_be_taken_back(
    gateway: MollieGateway, sandbox: SandboxProcess, mollie: Client
) -> None:
    customer_id, first = first_paid(gateway, sandbox)
    assert first.mandate_id is not None
    sandbox.control(f"mandates/{first.mandate_id}/outcome", {"outcome": "failed"})
    facts = collected(gateway, customer_id, first.mandate_id)
    later(sandbox, days=2)
    assert gateway.payment(facts.provider_id).status == "failed"
    assert mollie.payments.get(facts.provider_id).details["bankReasonCode"] == "AM04"
    sandbox.set_state(facts.provider_id, "paid")
    sandbox.charge_back(facts.provider_id, reason="MD06")
    assert [c.amount_cents for c in gateway.payment(facts.provider_id).chargebacks] == [1000]


def test_a_card_is_charged_at_once(gateway: MollieGateway, sandbox: SandboxProcess) -> None:
    customer_id, first = first_paid(gateway, sandbox, method="creditcard")
    assert first.mandate_id is not None
    facts = collected(gateway, customer_id, first.mandate_id)
    last = gateway.payment(facts.provider_id)
    assert (last.status, last.method) == ("paid", "creditcard")


@pytest.mark.parametrize("status", ["pending", "invalid", "revoked"])
def test_nothing_is_collected_by_a_mandate_that_is_not_valid(
    gateway: MollieGateway, sandbox: SandboxProcess, status: str
) -> None:
    customer_id, first = first_paid(gateway, sandbox)
    assert first.mandate_id is not None
    sandbox.control(f"mandates/{first.mandate_id}/state", {"status": status})
    wish = MandateStatus.GONE if status == "revoked" else MandateStatus(status)
    assert gateway.mandate_status(customer_id, first.mandate_id) is wish
    with pytest.raises(GatewayRefusedError, match="suitable"):
        collected(gateway, customer_id, first.mandate_id)


def test_mandates_are_revoked_and_a_second_time_changes_nothing(
    gateway: MollieGateway, sandbox: SandboxProcess, mollie: Client
) -> None:
    customer_id, first = first_paid(gateway, sandbox)
    assert first.mandate_id is not None
    for _ in range(2):
        gateway.revoke_mandates(customer_id)
    assert gateway.mandate_status(customer_id, first.mandate_id) is MandateStatus.GONE
    mandates = mollie.customers.get(customer_id).mandates
    assert list(mandates.list()) == []
    with pytest.raises(ResponseError, match="no longer") as error:
        mandates.get(first.mandate_id)
    assert str(error.value.status) == "410"
    gateway.revoke_mandates("cst_unknown000")


def test_a_mandate_that_goes_while_all_are_revoked_is_passed_over(
    gateway: MollieGateway, sandbox: SandboxProcess
) -> None:
    customer_id, first = first_paid(gateway, sandbox)
    assert first.mandate_id is not None
    sandbox.switch("not_found", "revoke_mandate")
    gateway.revoke_mandates(customer_id)
    sandbox.switch("error", "revoke_mandate", status=422)
    with pytest.raises(GatewayRefusedError):
        gateway.revoke_mandates(customer_id)
    sandbox.switch("error", "list_mandates", status=422)
    with pytest.raises(GatewayRefusedError):
        gateway.revoke_mandates(customer_id)
    sandbox.switch("error", "get_mandate", status=422)
    with pytest.raises(GatewayRefusedError):
        gateway.mandate_status(customer_id, first.mandate_id)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sequenceType": "sometimes"}, "sequenceType"),
        ({"sequenceType": "first"}, "customerId"),
        ({"sequenceType": "recurring", "redirectUrl": None}, "customerId"),
        ({"customerId": "abc"}, "customerId"),
        ({"sequenceType": "first", "customerId": "cst_x", "mandateId": "mdt_x"}, "mandateId"),
    ],
)
def test_a_request_is_checked(
    mollie: Client, order: dict[str, Any], values: dict[str, Any], field: str
) -> None:
    body = {name: value for name, value in (order | values).items() if value is not None}
    with pytest.raises(UnprocessableEntityError) as error:
        mollie.payments.create(body)
    assert error.value.field == field


def test_a_customer_that_is_not_there(mollie: Client, order: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError):
        mollie.customers.get("cst_unknown000")
    with pytest.raises(NotFoundError):
        mollie.payments.create(order | {"sequenceType": "first", "customerId": "cst_unknown000"})
    for body in ({"name": 3}, {"locale": "xx_XX"}):
        with pytest.raises(UnprocessableEntityError):
            mollie.customers.create(body)


def test_steering_a_mandate_is_checked(gateway: MollieGateway, sandbox: SandboxProcess) -> None:
    _, first = first_paid(gateway, sandbox)
    for path, body in (("state", {"status": "odd"}), ("outcome", {"outcome": "odd"})):
        with pytest.raises(AssertionError, match="must be one of"):
            sandbox.control(f"mandates/{first.mandate_id}/{path}", body)


def test_the_days_at_the_bank_begin_anew_when_the_clock_goes_back(
    gateway: MollieGateway, sandbox: SandboxProcess
) -> None:
    customer_id, first = first_paid(gateway, sandbox)
    assert first.mandate_id is not None
    later(sandbox, days=30)
    facts = collected(gateway, customer_id, first.mandate_id)
    later(sandbox, days=0)
    later(sandbox, days=2)
    assert gateway.payment(facts.provider_id).status == "paid"
