"""Refunds, chargebacks and the account in the sandbox."""

from collections.abc import Callable

import pytest
from mollie.api.client import Client
from mollie.api.error import ConflictError, NotFoundError, UnprocessableEntityError
from mollie.api.objects.payment import Payment

from tests.support.sandbox_process import SandboxProcess

Pay = Callable[..., Payment]


def eur(value: str) -> dict[str, str]:
    return {"value": value, "currency": "EUR"}


def amounts(payment: Payment) -> tuple[str | None, str | None, str | None]:
    """Refunded, remaining and charged back."""
    bodies = (payment.amount_refunded, payment.amount_remaining, payment.amount_chargedback)
    refund_value, remaining, chargeback_value = (body and body["value"] for body in bodies)
    return refund_value, remaining, chargeback_value


def test_a_refund_leaves_in_time_and_arrives(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    sandbox.set_clock("2026-06-01T12:00:00+00:00")
    payment = paid_payment()
    refund = payment.refunds.create({"amount": eur("50.00"), "metadata": {"refund": "r"}})
    assert refund.id.startswith("re_")
    assert (refund.status, refund.payment_id) == ("pending", payment.id)
    assert refund["settlementAmount"] == eur("-50.00")
    assert amounts(mollie.payments.get(payment.id)) == ("50.00", "2.00", None)
    sandbox.set_clock("2026-06-01T14:00:00+00:00")
    assert payment.refunds.get(refund.id).status == "processing"
    sandbox.set_clock("2026-06-02T14:00:00+00:00")
    assert payment.refunds.get(refund.id).is_refunded()
    assert mollie.payments.get(payment.id).status == "paid"


def test_a_refund_made_during_a_look_ahead_arrives_in_the_present(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    sandbox.set_clock("2027-01-31T12:00:00+00:00")
    payment = paid_payment()
    refund = payment.refunds.create({"amount": eur("50.00")})
    sandbox.set_clock("2026-06-01T12:00:00+00:00")
    assert payment.refunds.get(refund.id).is_pending()
    sandbox.set_clock("2026-06-01T14:00:00+00:00")
    assert payment.refunds.get(refund.id).is_processing()


def test_a_refund_that_fails_gives_its_amount_back_to_the_payment(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = paid_payment()
    refund = payment.refunds.create({"amount": eur("52.00")})
    sandbox.set_refund(refund.id, "refunded")
    sandbox.set_refund(refund.id, "failed")
    assert payment.refunds.get(refund.id).status == "failed"
    assert amounts(mollie.payments.get(payment.id)) == ("0.00", "52.00", None)


def test_a_refund_can_be_cancelled_until_it_leaves(
    paid_payment: Pay, sandbox: SandboxProcess
) -> None:
    payment = paid_payment()
    refund = payment.refunds.create({"amount": eur("1.00")})
    assert payment.refunds.delete(refund.id) == {}
    assert payment.refunds.get(refund.id).status == "canceled"
    late = payment.refunds.create({"amount": eur("2.00")})
    sandbox.set_refund(late.id, "processing")
    with pytest.raises(UnprocessableEntityError):
        payment.refunds.delete(late.id)


def test_no_more_is_refunded_than_remains(paid_payment: Pay, open_payment: Pay) -> None:
    payment = paid_payment()
    payment.refunds.create({"amount": eur("50.00")})
    with pytest.raises(UnprocessableEntityError) as error:
        payment.refunds.create({"amount": eur("2.01")})
    assert error.value.field == "amount"
    with pytest.raises(UnprocessableEntityError):
        open_payment().refunds.create({"amount": eur("1.00")})


def test_the_same_amount_again_within_the_hour_is_a_duplicate(
    paid_payment: Pay, sandbox: SandboxProcess
) -> None:
    sandbox.set_clock("2026-06-01T12:00:00+00:00")
    payment = paid_payment()
    first = payment.refunds.create({"amount": eur("10.00")}, idempotency_key="one")
    with pytest.raises(ConflictError, match="duplicate refund"):
        payment.refunds.create({"amount": eur("10.00")}, idempotency_key="two")
    assert [refund.id for refund in payment.refunds.list()] == [first.id]
    sandbox.set_clock("2026-06-01T13:00:00+00:00")
    assert payment.refunds.create({"amount": eur("10.00")}).id != first.id


def test_a_refund_waits_while_the_balance_is_short(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = paid_payment()
    sandbox.control("settlements", {})
    refund = payment.refunds.create({"amount": eur("52.00")})
    assert refund.is_queued()
    assert mollie.balances.get("primary").available_amount == eur("0.00")
    paid_payment()
    assert payment.refunds.get(refund.id).is_pending()


def test_a_refund_can_be_made_to_wait(paid_payment: Pay, sandbox: SandboxProcess) -> None:
    sandbox.set_clock("2026-06-01T12:00:00+00:00")
    payment = paid_payment()
    sandbox.switch("queue_refund", "create_refund")
    refund = payment.refunds.create({"amount": eur("1.00")})
    sandbox.set_clock("2026-06-02T11:59:59+00:00")
    assert payment.refunds.get(refund.id).is_queued()
    sandbox.set_clock("2026-06-02T12:00:00+00:00")
    assert payment.refunds.get(refund.id).is_pending()


def test_a_refund_made_in_the_dashboard_is_found(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = paid_payment()
    refund = sandbox.refund(payment.id, value="12.50")
    (body,) = mollie.payments.get(payment.id, embed="refunds").get_embedded("refunds")
    assert (body["id"], body["amount"]) == (refund["id"], eur("12.50"))
    assert [refund.id for refund in mollie.refunds.list()] == [refund["id"]]


def test_a_chargeback_leaves_what_remains_as_it_was(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = paid_payment()
    assert not payment.has_chargebacks()
    chargeback = sandbox.charge_back(payment.id, value="20.00", reason="AC04")
    after = mollie.payments.get(payment.id, embed="refunds,chargebacks")
    assert (after.status, after.has_chargebacks()) == ("paid", True)
    assert amounts(after) == ("0.00", "52.00", "20.00")
    refunds: object = after.get_embedded("refunds")
    assert refunds == []
    (body,) = after.get_embedded("chargebacks")
    assert body["reason"]["code"] == "AC04"
    copy = payment.chargebacks.get(chargeback["id"])
    assert (copy.id, copy.amount) == (chargeback["id"], eur("20.00"))
    assert copy.settlement_amount == eur("-20.00")
    assert [row.id for row in mollie.chargebacks.list()] == [chargeback["id"]]


def test_a_chargeback_that_is_reversed(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = paid_payment()
    chargeback = sandbox.charge_back(payment.id)
    sandbox.set_clock("2026-07-01T00:00:00+00:00")
    sandbox.reverse_chargeback(chargeback["id"])
    assert payment.chargebacks.get(chargeback["id"]).reversed_at == "2026-07-01T00:00:00+00:00"
    assert mollie.payments.get(payment.id).amount_chargedback is None


def test_a_charged_back_payment_can_still_be_refunded(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment, _ = paid_payment(), paid_payment()
    sandbox.charge_back(payment.id)
    payment.refunds.create({"amount": eur("52.00")})
    assert amounts(mollie.payments.get(payment.id)) == ("52.00", "0.00", "52.00")
    assert mollie.balances.get("primary").available_amount == eur("0.00")


def test_parts_of_another_payment_are_not_found(paid_payment: Pay, sandbox: SandboxProcess) -> None:
    payment, other = paid_payment(), paid_payment()
    refund = payment.refunds.create({"amount": eur("1.00")})
    with pytest.raises(NotFoundError):
        other.refunds.get(refund.id)
    chargeback = sandbox.charge_back(payment.id)
    with pytest.raises(NotFoundError):
        other.chargebacks.get(chargeback["id"])


def test_a_settlement_is_the_sum_of_its_lines(
    paid_payment: Pay, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment, other = paid_payment(), paid_payment()
    refund = payment.refunds.create({"amount": eur("10.00")})
    sandbox.set_refund(refund.id, "refunded")
    chargeback = sandbox.charge_back(other.id, value="2.00")
    body = sandbox.control("settlements", {})
    settlement = mollie.settlements.get(body["id"])
    assert settlement.amount == eur("92.00")
    assert settlement.status == "paidout"
    assert {line.id for line in settlement.payments.list()} == {payment.id, other.id}
    assert [line.id for line in settlement.refunds.list()] == [refund.id]
    assert [line.id for line in settlement.chargebacks.list()] == [chargeback["id"]]
    assert mollie.payments.get(payment.id).settlement_id == settlement.id
    assert payment.chargebacks.list().count == 0
    assert other.chargebacks.get(chargeback["id"]).settlement_id == settlement.id
    assert [row.id for row in mollie.settlements.list()] == [settlement.id]
    assert mollie.settlements.get(settlement.reference).id == settlement.id


def test_methods_have_names_of_the_providers_choice(mollie: Client) -> None:
    names = {method.id: method.description for method in mollie.methods.list()}
    assert names == {
        "ideal": "iDEAL | Wero",
        "creditcard": "Creditcard",
        "bancontact": "Bancontact",
    }
    assert mollie.methods.get("ideal").minimum_amount == eur("0.01")
