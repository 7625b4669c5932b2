"""The JSON bodies about the merchant's account: methods and the balance."""

from typing import Any

from voorjebuurt.local.sandbox.balance import available_cents
from voorjebuurt.local.sandbox.bodies import HTML, Urls, amount, link
from voorjebuurt.local.sandbox.context import Sandbox

METHODS = {
    "ideal": "iDEAL | Wero",
    "creditcard": "Creditcard",
    "bancontact": "Bancontact",
}
"""What may be paid with, and the names that the provider gives."""

MAXIMUM_CENTS = 5_000_000
ICONS = "https://www.mollie.com/external/icons/payment-methods"
BALANCE = "bal_sandbox001"


def method_body(urls: Urls, method: str) -> dict[str, Any]:
    """One way to pay."""
    return {
        "resource": "method",
        "id": method,
        "description": METHODS[method],
        "minimumAmount": amount(1),
        "maximumAmount": amount(MAXIMUM_CENTS),
        "image": {
            "size1x": f"{ICONS}/{method}.png",
            "size2x": f"{ICONS}/{method}%402x.png",
            "svg": f"{ICONS}/{method}.svg",
        },
        "status": "activated",
        "_links": {"self": link(f"{urls.api}/methods/{method}")},
    }


def balance_body(sandbox: Sandbox, urls: Urls) -> dict[str, Any]:
    """The one balance."""
    return {
        "resource": "balance",
        "id": BALANCE,
        "mode": "test",
        "createdAt": "2026-01-01T00:00:00+00:00",
        "currency": "EUR",
        "status": "active",
        "availableAmount": amount(available_cents(sandbox)),
        "pendingAmount": amount(0),
        "transferFrequency": "never",
        "transferThreshold": amount(500),
        "transferReference": "Sandbox",
        "_links": {
            "self": link(f"{urls.api}/balances/{BALANCE}"),
            "documentation": link("https://docs.mollie.com/reference/get-balance", HTML),
        },
    }
