"""What the contract tests share: an order, and ways to open and pay for it."""

from collections.abc import Callable
from typing import Any

import pytest
from mollie.api.client import Client
from mollie.api.objects.payment import Payment

from tests.support.sandbox_process import SandboxProcess

Open = Callable[..., Payment]

ORDER: dict[str, Any] = {
    "amount": {"value": "52.00", "currency": "EUR"},
    "description": "Bankje in de Dorpsstraat",
    "redirectUrl": "https://voorjebuurt.example/giften/abc",
    "cancelUrl": "https://voorjebuurt.example/giften/abc/geannuleerd",
    "metadata": {"pledge": "abc"},
}


@pytest.fixture
def order() -> dict[str, Any]:
    """The usual order."""
    return dict(ORDER)


@pytest.fixture
def open_payment(mollie: Client, order: dict[str, Any]) -> Open:
    """Opens a payment; values given replace those of the usual order, None leaves them out."""

    def open_one(**values: Any) -> Payment:
        fields = {name: value for name, value in (order | values).items() if value is not None}
        payment: Payment = mollie.payments.create(fields)
        return payment

    return open_one


@pytest.fixture
def paid_payment(open_payment: Open, mollie: Client, sandbox: SandboxProcess) -> Open:
    """Opens a payment and pays it."""

    def pay_one(**values: Any) -> Payment:
        payment = open_payment(**values)
        sandbox.pay(payment.checkout_url)
        return mollie.payments.get(payment.id)

    return pay_one
