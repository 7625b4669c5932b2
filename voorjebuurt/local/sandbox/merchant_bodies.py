"""The JSON bodies about the merchant's account: methods, the balance, settlements."""

from typing import Any

from voorjebuurt.kernel.money import to_provider
from voorjebuurt.local.sandbox.balance import available_cents
from voorjebuurt.local.sandbox.bodies import HTML, Urls, amount, link
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import Settlement

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


def settlement_body(sandbox: Sandbox, urls: Urls, settlement: Settlement) -> dict[str, Any]:
    """A transfer to the bank, without fees: ``periods`` adds up to its amount."""
    self_url = f"{urls.api}/settlements/{settlement.id}"
    return {
        "resource": "settlement",
        "id": settlement.id,
        "reference": settlement.reference,
        "createdAt": settlement.created_at,
        "settledAt": settlement.created_at,
        "status": "paidout",
        "amount": amount(settlement.amount_cents),
        "balanceId": BALANCE,
        "invoiceId": None,
        "periods": _periods(sandbox, settlement),
        "_links": {
            "self": link(self_url),
            "payments": link(f"{self_url}/payments"),
            "refunds": link(f"{self_url}/refunds"),
            "chargebacks": link(f"{self_url}/chargebacks"),
            "documentation": link("https://docs.mollie.com/reference/get-settlement", HTML),
        },
    }


def _periods(sandbox: Sandbox, settlement: Settlement) -> dict[str, Any]:
    """Revenue per kind in the month of the transfer; four decimals, as at the provider."""
    revenue = []
    kinds = (("payments", "Payments", "ideal"), ("refunds", "Refunds", "refund"))
    for table, description, method in (*kinds, ("chargebacks", "Chargebacks", "chargeback")):
        where = f"FROM {table} WHERE settlement_id = ?"
        count = sandbox.store.number(f"SELECT count(*) {where}", settlement.id)
        cents = sandbox.store.number(f"SELECT sum(amount_cents) {where}", settlement.id)
        if count:
            signed_cents = cents if table == "payments" else -cents
            gross = {"value": f"{to_provider(signed_cents)}00", "currency": "EUR"}
            revenue.append(
                {
                    "description": description,
                    "method": method,
                    "count": count,
                    "amountNet": gross,
                    "amountVat": None,
                    "amountGross": gross,
                }
            )
    year, month = settlement.created_at[:4], settlement.created_at[5:7]
    return {year: {month: {"revenue": revenue, "costs": [], "invoiceId": None}}}
