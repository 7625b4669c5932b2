"""The JSON bodies about the merchant's settlements."""

from typing import Any

from voorjebuurt.kernel.money import to_provider
from voorjebuurt.local.sandbox.bodies import HTML, Urls, amount, link
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import Settlement
from voorjebuurt.local.sandbox.merchant_bodies import BALANCE


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
