"""Webhooks of the sandbox: what is posted, when, how often, and how they go wrong."""

from collections.abc import Callable

import pytest
from mollie.api.client import Client
from mollie.api.objects.payment import Payment

from tests.support.fixtures_sandbox import Receiver, mollie_client
from tests.support.sandbox_process import SandboxProcess, wait_for

Open = Callable[..., Payment]


@pytest.fixture
def heard(open_payment: Open, receiver: Receiver) -> Payment:
    """A payment whose webhooks the receiver takes."""
    return open_payment(webhookUrl=receiver.url)


def test_a_webhook_is_a_form_with_only_the_id(
    heard: Payment, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    sandbox.pay(heard.checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.received == [
        {"id": heard.id, "content_type": "application/x-www-form-urlencoded"}
    ]
    assert receiver.paths == ["/haakje?t=abc"]
    (sent,) = sandbox.webhooks()
    assert (sent["state"], sent["attempts"], sent["outcome"]) == ("delivered", 1, "200")


def test_every_change_is_told_by_the_id_of_the_payment(
    heard: Payment, receiver: Receiver, sandbox: SandboxProcess, mollie: Client
) -> None:
    sandbox.set_clock("2026-06-01T12:00:00+00:00")
    sandbox.pay(heard.checkout_url, "pending")
    sandbox.set_state(heard.id, "paid")
    refund = mollie.payments.get(heard.id).refunds.create(
        {"amount": {"value": "1.00", "currency": "EUR"}}
    )
    sandbox.wait_for_webhooks()
    assert len(receiver.ids) == 2
    sandbox.set_clock("2026-06-03T12:00:00+00:00")
    sandbox.set_refund(refund.id, "failed")
    taken = sandbox.charge_back(heard.id)
    sandbox.reverse_chargeback(taken["id"])
    sandbox.refund(heard.id, value="3.00")
    sandbox.wait_for_webhooks()
    assert receiver.ids == [heard.id] * 8


def test_an_expired_payment_is_told_without_anybody_asking(
    heard: Payment, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    sandbox.set_clock("2099-01-01T00:00:00+00:00")
    wait_for(lambda: bool(receiver.ids))
    assert receiver.ids == [heard.id]


def test_a_webhook_is_tried_again_until_it_is_taken(
    heard: Payment, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    receiver.answers = [500, 404]
    sandbox.pay(heard.checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.ids == [heard.id] * 3
    (sent,) = sandbox.webhooks()
    assert (sent["state"], sent["attempts"]) == ("delivered", 3)


def test_a_webhook_is_given_up_at_last(
    heard: Payment, receiver: Receiver, sandbox: SandboxProcess
) -> None:
    receiver.answers = [302] * 9
    sandbox.pay(heard.checkout_url)
    sandbox.wait_for_webhooks()
    (sent,) = sandbox.webhooks()
    assert (sent["state"], sent["attempts"], sent["outcome"]) == ("given_up", 4, "302")


def test_an_address_where_nobody_listens_harms_nothing(
    open_payment: Open, sandbox: SandboxProcess
) -> None:
    payment = open_payment(webhookUrl="http://127.0.0.1:1/haakje")
    sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    (sent,) = sandbox.webhooks()
    assert sent["state"] == "given_up"
    assert "refused" in sent["outcome"]


def test_lost(heard: Payment, receiver: Receiver, sandbox: SandboxProcess) -> None:
    sandbox.switch("drop_webhook")
    sandbox.pay(heard.checkout_url)
    sandbox.wait_for_webhooks()
    assert [one["state"] for one in sandbox.webhooks()] == ["dropped"]
    sandbox.redeliver(heard.id)
    wait_for(lambda: receiver.ids == [heard.id])


def test_twenty_times(heard: Payment, receiver: Receiver, sandbox: SandboxProcess) -> None:
    sandbox.switch("double_webhook", times=20)
    sandbox.pay(heard.checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.ids == [heard.id] * 20
    sandbox.redeliver(heard.id, times=20)
    wait_for(lambda: len(receiver.ids) == 40)


def test_late(heard: Payment, receiver: Receiver, sandbox: SandboxProcess) -> None:
    sandbox.switch("delay_webhook", seconds=0.5)
    sandbox.pay(heard.checkout_url)
    assert receiver.ids == []
    wait_for(lambda: receiver.ids == [heard.id])


def test_in_another_order(open_payment: Open, receiver: Receiver, sandbox: SandboxProcess) -> None:
    payments = [open_payment(webhookUrl=receiver.url) for _ in range(3)]
    sandbox.switch("reverse_webhooks", times=3, count=3)
    for payment in payments[:2]:
        sandbox.pay(payment.checkout_url)
    assert [one["state"] for one in sandbox.webhooks()] == ["held", "held"]
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
    lost, kept = (open_payment(webhookUrl=receiver.url) for _ in range(2))
    sandbox.switch("drop_webhook", payment_id=lost.id, count=None)
    for payment in (lost, kept):
        sandbox.pay(payment.checkout_url)
    sandbox.wait_for_webhooks()
    assert receiver.ids == [kept.id]
