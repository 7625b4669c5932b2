"""Webhooks of the sandbox: what is posted, when, how often, and how they go wrong."""

from collections.abc import Callable

import pytest
from mollie.api.client import Client
from mollie.api.objects.payment import Payment

from tests.support.fixtures_sandbox import Receiver, mollie_client
from tests.support.sandbox_process import SandboxProcess, wait_for

Open = Callable[..., Payment]


@pytest.fixture
def payment(open_payment: Open, receiver: Receiver) -> Payment:
    """A payment whose webhooks the receiver takes."""
    return open_payment(webhookUrl=receiver.url)


def test_a_webhook_is_a_form_with_only_the_id(
    payment: Payment, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.received == [
        {"id": payment.id, "content_type": "application/x-www-form-urlencoded"}
    ]
    assert receiver.paths == ["/haakje?t=abc"]
    (webhook,) = sandbox.webhooks()
    assert (webhook["state"], webhook["attempts"], webhook["outcome"]) == ("delivered", 1, "200")


def test_every_change_is_told_by_the_id_of_the_payment(
    payment: Payment, receiver: Receiver, sandbox: SandboxProcess, mollie: Client
) -> None:
    sandbox.set_clock("2026-06-01T12:00:00+00:00")
    sandbox.pay(payment.checkout_url, "pending")
    sandbox.set_state(payment.id, "paid")
    refund = mollie.payments.get(payment.id).refunds.create(
        {"amount": {"value": "1.00", "currency": "EUR"}}
    )
    sandbox.wait_for_webhooks()
    assert len(receiver.ids) == 2
    sandbox.set_clock("2026-06-03T12:00:00+00:00")
    sandbox.set_refund(refund.id, "failed")
    chargeback = sandbox.charge_back(payment.id)
    sandbox.reverse_chargeback(chargeback["id"])
    sandbox.refund(payment.id, value="3.00")
    sandbox.wait_for_webhooks()
    assert receiver.ids == [payment.id] * 8


def test_an_expired_payment_is_told_without_anybody_asking(
    payment: Payment, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    sandbox.set_clock("2099-01-01T00:00:00+00:00")
    wait_for(lambda: bool(receiver.ids))
    assert receiver.ids == [payment.id]


def test_a_webhook_is_tried_again_until_it_is_taken(
    payment: Payment, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    receiver.answers = [500, 404]
    sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.ids == [payment.id] * 3
    (webhook,) = sandbox.webhooks()
    assert (webhook["state"], webhook["attempts"]) == ("delivered", 3)


def test_a_webhook_is_given_up_at_last(
    payment: Payment, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    receiver.answers = [302] * 9
    sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    (webhook,) = sandbox.webhooks()
    assert (webhook["state"], webhook["attempts"], webhook["outcome"]) == ("given_up", 4, "302")


def test_an_address_where_nobody_listens_harms_nothing(
    open_payment: Open, sandbox: SandboxProcess
) -> None:
    payment = open_payment(webhookUrl="http://127.0.0.1:1/haakje")
    sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    (webhook,) = sandbox.webhooks()
    assert webhook["state"] == "given_up"
    assert "refused" in webhook["outcome"]


def test_lost(payment: Payment, receiver: Receiver, sandbox: SandboxProcess) -> None:
    sandbox.switch("drop_webhook")
    sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    assert [webhook["state"] for webhook in sandbox.webhooks()] == ["dropped"]
    sandbox.redeliver(payment.id)
    wait_for(lambda: receiver.ids == [payment.id])


def test_twenty_times(payment: Payment, receiver: Receiver, sandbox: SandboxProcess) -> None:
    sandbox.switch("double_webhook", times=20)
    sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.ids == [payment.id] * 20
    sandbox.redeliver(payment.id, times=20)
    wait_for(lambda: len(receiver.ids) == 40)


def test_late(payment: Payment, receiver: Receiver, sandbox: SandboxProcess) -> None:
    sandbox.switch("delay_webhook", seconds=0.5)
    sandbox.pay(payment.checkout_url)
    assert receiver.ids == []
    wait_for(lambda: receiver.ids == [payment.id])


def test_in_another_order(open_payment: Open, receiver: Receiver, sandbox: SandboxProcess) -> None:
    payments = [open_payment(webhookUrl=receiver.url) for _ in range(3)]
    sandbox.switch("reverse_webhooks", times=3, count=3)
    for payment in payments[:2]:
        sandbox.pay(payment.checkout_url)
    assert [webhook["state"] for webhook in sandbox.webhooks()] == ["held", "held"]
    sandbox.pay(payments[2].checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.ids == [payment.id for payment in reversed(payments)]


def test_before_the_answer(sandbox: SandboxProcess, receiver: Receiver, open_payment: Open) -> None:
    sandbox.switch("webhook_first", "create_payment", status="paid")
    sandbox.switch("delay", "create_payment", seconds=0.3, when="after")
    payment = open_payment(webhookUrl=receiver.url)
    assert receiver.ids[0] == payment.id
    assert payment.status == "open"
    assert mollie_client(sandbox.url).payments.get(payment.id).is_paid()


def test_a_switch_may_be_about_one_payment(
    open_payment: Open, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    silent, normal = (open_payment(webhookUrl=receiver.url) for _ in range(2))
    sandbox.switch("drop_webhook", payment_id=silent.id, count=None)
    for payment in (silent, normal):
        sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.ids == [normal.id]
