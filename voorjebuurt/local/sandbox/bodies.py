"""The JSON bodies of the provider's answers. Amounts are strings with two decimals."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from voorjebuurt.kernel.money import to_provider
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.entities import Chargeback, Payment, Refund
from voorjebuurt.local.sandbox.refunds import charged_back_cents, refunded_cents

HAL = "application/hal+json"
HTML = "text/html"
PROFILE = "pfl_sandbox001"
REASONS = {
    "AC01": "Account identifier incorrect (i.e. invalid IBAN)",
    "AC04": "Account closed",
    "MD06": "Refund request by end customer",
    "fraud": "The payer says that somebody else made this payment",
    "general": "Disputed by the payer",
}


@dataclass(frozen=True)
class Urls:
    """Where the API is for this caller, and the checkout page for a browser; no last slash."""

    api: str
    public: str


def amount(cents: int, currency: str = "EUR") -> dict[str, str]:
    """An amount of eurocents as the provider writes it."""
    return {"value": to_provider(cents), "currency": currency}


def link(href: str, kind: str = HAL) -> dict[str, str]:
    """One link of ``_links``."""
    return {"href": href, "type": kind}


def payment_body(
    sandbox: Sandbox, urls: Urls, payment: Payment, *, embed: Collection[str] = ()
) -> dict[str, Any]:
    """A payment; ``embed`` may hold ``refunds`` and ``chargebacks``."""
    body: dict[str, Any] = {
        "resource": "payment",
        "id": payment.id,
        "mode": "test",
        "createdAt": payment.created_at,
        "amount": amount(payment.amount_cents, payment.currency),
        "description": payment.description,
        "method": payment.method,
        "metadata": json.loads(payment.metadata),
        "status": payment.status,
    }
    body.update(_moments(payment))
    if payment.status == "paid":
        body.update(_paid_amounts(sandbox, payment))
    body.update(_wishes(payment))
    if payment.settlement_id:
        body["settlementId"] = payment.settlement_id
    if payment.status not in ("open", "canceled", "expired"):
        body["details"] = json.loads(payment.details)
    body["_links"] = _payment_links(sandbox, urls, payment)
    if embed:
        body["_embedded"] = {name: _embedded(sandbox, urls, payment, name) for name in embed}
    return body


def _moments(payment: Payment) -> dict[str, Any]:
    moments: dict[str, Any] = {
        "paidAt": payment.paid_at,
        "canceledAt": payment.canceled_at,
        "expiredAt": payment.expired_at,
        "failedAt": payment.failed_at,
    }
    if not payment.final:
        moments["isCancelable"] = payment.cancelable
    if payment.status == "open":
        moments["expiresAt"] = payment.expires_at
    return {name: value for name, value in moments.items() if value is not None}


def _paid_amounts(sandbox: Sandbox, payment: Payment) -> dict[str, Any]:
    """What chargebacks took does not reduce what remains, as at the provider."""
    repaid_cents = refunded_cents(sandbox, payment)
    disputed_cents = charged_back_cents(sandbox, payment)
    amounts = {
        "amountRefunded": amount(repaid_cents, payment.currency),
        "amountRemaining": amount(payment.amount_cents - repaid_cents, payment.currency),
        "settlementAmount": amount(payment.amount_cents, payment.currency),
    }
    if disputed_cents:
        amounts["amountChargedBack"] = amount(disputed_cents, payment.currency)
    return amounts


def _wishes(payment: Payment) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if payment.locale:
        body["locale"] = payment.locale
    if payment.status == "paid":
        body["countryCode"] = "NL"
    body |= {
        "profileId": PROFILE,
        "sequenceType": payment.sequence_type,
        "redirectUrl": payment.redirect_url,
    }
    if payment.customer_id:
        body["customerId"] = payment.customer_id
    if payment.mandate_id:
        body["mandateId"] = payment.mandate_id
    if payment.cancel_url:
        body["cancelUrl"] = payment.cancel_url
    if payment.webhook_url:
        body["webhookUrl"] = payment.webhook_url
    return body


def _payment_links(sandbox: Sandbox, urls: Urls, payment: Payment) -> dict[str, Any]:
    self_url = f"{urls.api}/payments/{payment.id}"
    links = {
        "self": link(self_url),
        "dashboard": link(f"{urls.public}/control/ui", HTML),
        "documentation": link("https://docs.mollie.com/reference/get-payment", HTML),
    }
    if payment.status == "open":
        links["checkout"] = link(f"{urls.public}/checkout/{payment.token}", HTML)
    else:
        links["changePaymentState"] = link(f"{urls.public}/checkout/{payment.token}", HTML)
    for name in ("refunds", "chargebacks"):
        if sandbox.store.number(
            f"SELECT count(*) FROM {name} WHERE payment_id = ?",
            payment.id,
        ):
            links[name] = link(f"{self_url}/{name}")
    if payment.settlement_id:
        links["settlement"] = link(f"{urls.api}/settlements/{payment.settlement_id}")
    if payment.customer_id:
        customer_url = f"{urls.api}/customers/{payment.customer_id}"
        links["customer"] = link(customer_url)
        if payment.mandate_id:
            links["mandate"] = link(f"{customer_url}/mandates/{payment.mandate_id}")
    return links


def _embedded(sandbox: Sandbox, urls: Urls, payment: Payment, name: str) -> list[dict[str, Any]]:
    if name == "refunds":
        sql = "SELECT * FROM refunds WHERE payment_id = ? ORDER BY seq DESC"
        refunds = sandbox.store.every(Refund, sql, payment.id)
        return [refund_body(urls, refund) for refund in refunds]
    sql = "SELECT * FROM chargebacks WHERE payment_id = ? ORDER BY seq DESC"
    chargebacks = sandbox.store.every(Chargeback, sql, payment.id)
    return [chargeback_body(urls, chargeback) for chargeback in chargebacks]


def refund_body(urls: Urls, refund: Refund) -> dict[str, Any]:
    """A refund."""
    body = {
        "resource": "refund",
        "id": refund.id,
        "mode": "test",
        "amount": amount(refund.amount_cents),
        "status": refund.status,
        "createdAt": refund.created_at,
        "description": refund.description,
        "metadata": json.loads(refund.metadata),
        "paymentId": refund.payment_id,
        "settlementAmount": amount(-refund.amount_cents),
        "_links": _part_links(urls, refund, "refunds"),
    }
    if refund.settlement_id:
        body["settlementId"] = refund.settlement_id
    return body


def chargeback_body(urls: Urls, chargeback: Chargeback) -> dict[str, Any]:
    """A chargeback."""
    body = {
        "resource": "chargeback",
        "id": chargeback.id,
        "amount": amount(chargeback.amount_cents),
        "settlementAmount": amount(-chargeback.amount_cents),
        "createdAt": chargeback.created_at,
        "paymentId": chargeback.payment_id,
        "reason": {
            "code": chargeback.reason,
            "description": REASONS.get(chargeback.reason, REASONS["general"]),
        },
        "_links": _part_links(urls, chargeback, "chargebacks"),
    }
    if chargeback.reversed_at:
        body["reversedAt"] = chargeback.reversed_at
    return body


def _part_links(urls: Urls, part: Refund | Chargeback, name: str) -> dict[str, Any]:
    payment_url = f"{urls.api}/payments/{part.payment_id}"
    links = {
        "self": link(f"{payment_url}/{name}/{part.id}"),
        "payment": link(payment_url),
        "documentation": link(f"https://docs.mollie.com/reference/get-{name[:-1]}", HTML),
    }
    if part.settlement_id:
        links["settlement"] = link(f"{urls.api}/settlements/{part.settlement_id}")
    return links


def list_body(
    name: str, items: Sequence[dict[str, Any]], links: dict[str, dict[str, str] | None]
) -> dict[str, Any]:
    """A page of a list; ``links`` has self, previous and next."""
    documentation = link(f"https://docs.mollie.com/reference/list-{name}", HTML)
    return {
        "count": len(items),
        "_embedded": {name: list(items)},
        "_links": {"documentation": documentation, **links},
    }
