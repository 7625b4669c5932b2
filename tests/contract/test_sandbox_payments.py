"""The life of a payment in the sandbox, as the provider's own client sees it."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from mollie.api.client import Client
from mollie.api.error import (
    BadRequestError,
    NotFoundError,
    ResponseError,
    UnauthorizedError,
    UnprocessableEntityError,
)
from mollie.api.objects.payment import Payment

from tests.support.fixtures_sandbox import mollie_client
from tests.support.sandbox_process import SandboxProcess

Open = Callable[..., Payment]


def test_a_new_payment_is_open_and_can_be_read_again(open_payment: Open, mollie: Client) -> None:
    payment = open_payment()
    assert payment.id.startswith("tr_")
    assert (payment.status, payment.mode, payment.method) == ("open", "test", None)
    assert payment.amount == {"value": "52.00", "currency": "EUR"}
    assert payment.metadata == {"pledge": "abc"}
    assert not payment.is_paid()
    assert payment.amount_remaining is None
    assert dict(mollie.payments.get(payment.id)) == dict(payment)


@pytest.mark.parametrize(
    ("result", "moment"),
    [
        ("paid", "paidAt"),
        ("failed", "failedAt"),
        ("canceled", "canceledAt"),
        ("expired", "expiredAt"),
        ("pending", None),
    ],
)
def test_the_checkout_page_decides(
    open_payment: Open, mollie: Client, sandbox: SandboxProcess, result: str, moment: str | None
) -> None:
    payment = open_payment()
    address = sandbox.pay(payment.checkout_url, result, method="bancontact")
    assert address == (payment.cancel_url if result == "canceled" else payment.redirect_url)
    after = mollie.payments.get(payment.id)
    assert after.status == result
    assert after.method == "bancontact"
    assert after.checkout_url is None
    moments = {"paidAt", "failedAt", "canceledAt", "expiredAt"}
    assert {name for name in after if name in moments} == ({moment} if moment else set())


def test_a_choice_on_the_checkout_page_is_made_once(
    open_payment: Open, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = open_payment()
    sandbox.pay(payment.checkout_url, "paid")
    assert sandbox.pay(payment.checkout_url, "failed") == payment.redirect_url
    assert mollie.payments.get(payment.id).status == "paid"


def test_cancelling_returns_to_the_shop_when_there_is_no_cancel_address(
    open_payment: Open, sandbox: SandboxProcess
) -> None:
    payment = open_payment(cancelUrl=None)
    assert sandbox.pay(payment.checkout_url, "canceled") == payment.redirect_url


def test_pending_becomes_paid(open_payment: Open, mollie: Client, sandbox: SandboxProcess) -> None:
    payment = open_payment()
    sandbox.pay(payment.checkout_url, "pending")
    assert not mollie.payments.get(payment.id).is_paid()
    sandbox.set_state(payment.id, "paid", paid_at="2026-03-29T03:30:00+02:00")
    assert mollie.payments.get(payment.id).paid_at == "2026-03-29T01:30:00+00:00"


def test_a_payment_expires_after_a_quarter_of_an_hour_and_may_be_paid_after_all(
    mollie: Client, open_payment: Open, sandbox: SandboxProcess
) -> None:
    sandbox.set_clock("2026-06-01T12:00:00+02:00")
    payment = open_payment()
    assert payment.expires_at == "2026-06-01T10:15:00+00:00"
    sandbox.set_clock("2026-06-01T12:14:59+02:00")
    assert mollie.payments.get(payment.id).is_open()
    sandbox.set_clock("2026-06-02T09:00:00+02:00")
    after = mollie.payments.get(payment.id)
    assert (after.status, after.expired_at) == ("expired", "2026-06-01T10:15:00+00:00")
    sandbox.set_state(payment.id, "paid")
    final = mollie.payments.get(payment.id)
    assert final.is_paid()
    assert final.expired_at is None


def test_a_payment_can_be_cancelled_until_a_method_was_chosen(
    open_payment: Open, mollie: Client
) -> None:
    free, fixed_method = open_payment(), open_payment(method="ideal")
    assert (free.is_cancelable, fixed_method.is_cancelable) == (True, False)
    # The library promises a dict and gives a payment.
    assert cast("Payment", mollie.payments.delete(free.id)).status == "canceled"
    with pytest.raises(UnprocessableEntityError):
        mollie.payments.delete(fixed_method.id)


def test_the_same_order_paid_in_a_second_tab(
    open_payment: Open, mollie: Client, sandbox: SandboxProcess
) -> None:
    payment = open_payment()
    sandbox.pay(payment.checkout_url)
    second = sandbox.control(f"payments/{payment.id}/copy", {})
    assert second["id"] != payment.id
    assert mollie.payments.get(second["id"]).is_paid()
    assert second["metadata"] == payment.metadata


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": None}, "amount"),
        ({"amount": {"value": "10.00", "currency": "USD"}}, "amount.currency"),
        ({"amount": {"value": "10", "currency": "EUR"}}, "amount.value"),
        ({"amount": {"value": "10.0", "currency": "EUR"}}, "amount.value"),
        ({"amount": {"value": 10.00, "currency": "EUR"}}, "amount.value"),
        ({"amount": {"value": "0.00", "currency": "EUR"}}, "amount"),
        ({"amount": {"value": "-1.00", "currency": "EUR"}}, "amount"),
        ({"amount": {"value": "50000.01", "currency": "EUR"}}, "amount"),
        ({"description": None}, "description"),
        ({"description": "x" * 256}, "description"),
        ({"redirectUrl": None}, "redirectUrl"),
        ({"redirectUrl": "/giften"}, "redirectUrl"),
        ({"webhookUrl": "ftp://voorjebuurt.example"}, "webhookUrl"),
        ({"metadata": {"x": "y" * 1100}}, "metadata"),
        ({"method": "tulips"}, "method"),
        ({"method": [["ideal"]]}, "method"),
        ({"locale": "xx"}, "locale"),
        ({"routing": []}, "routing"),
    ],
)
def test_what_is_wrong_is_named(open_payment: Open, values: dict[str, Any], field: str) -> None:
    with pytest.raises(UnprocessableEntityError) as error:
        open_payment(**values)
    assert error.value.field == field
    assert error.value.status == 422


def test_an_unknown_field_is_a_bad_request(open_payment: Open) -> None:
    with pytest.raises(BadRequestError, match="amonut") as error:
        open_payment(amonut={"value": "1.00", "currency": "EUR"})
    assert error.value.field == "amonut"


def test_an_unknown_payment_is_not_found(mollie: Client) -> None:
    with pytest.raises(NotFoundError, match="tr_unknown000"):
        mollie.payments.get("tr_unknown000")


@pytest.mark.parametrize("key", ["live_abcdefgh", ""])
def test_only_test_keys_are_accepted(sandbox: SandboxProcess, key: str) -> None:
    client = mollie_client(sandbox.url)
    client.api_key = key or "nonsense"
    with pytest.raises(UnauthorizedError):
        client.payments.list()


def test_a_method_that_does_not_exist_here_is_not_allowed(mollie: Client) -> None:
    with pytest.raises(ResponseError) as error:
        mollie.payments.perform_api_call("PUT", "payments", data={})
    assert error.value.status == 405


def test_lists_are_newest_first_and_hold_still_while_payments_arrive(
    open_payment: Open, mollie: Client
) -> None:
    ids = [open_payment().id for _ in range(7)][::-1]
    first = mollie.payments.list(limit=3)
    assert [payment.id for payment in first] == ids[:3]
    assert not first.has_previous()
    open_payment()
    second = first.get_next()
    assert [payment.id for payment in second] == ids[3:6]
    third = second.get_next()
    assert [payment.id for payment in third] == ids[6:]
    assert not third.has_next()
    assert [payment.id for payment in third.get_previous()] == ids[3:6]
    assert [
        payment.id for payment in mollie.payments.list(**{"from": ids[5], "limit": 250})
    ] == ids[5:]
    with pytest.raises(BadRequestError):
        mollie.payments.list(limit=251)


def test_an_empty_list(mollie: Client) -> None:
    page = mollie.payments.list()
    assert (page.count, list(page), page.has_next()) == (0, [], False)
