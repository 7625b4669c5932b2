"""Payments as rows, for screens; the real way is tested against the sandbox."""

from datetime import UTC, datetime

import factory

from tests.support.factories.base import Factory
from voorjebuurt.kernel.ids import new_token
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.providers import NEW_PAYMENTS
from voorjebuurt.payments.rules import webhook_url

THEN = datetime(2026, 2, 1, 10, 0, tzinfo=UTC)


class PaymentFactory(Factory[Payment]):
    """An attempt to pay ``pledge``, in any status."""

    class Meta:
        model = Payment
        exclude = ("pledge",)

    pledge_id = factory.SelfAttribute("pledge.id")
    municipality_id = factory.SelfAttribute("pledge.municipality_id")
    amount_cents = factory.SelfAttribute("pledge.amount_cents")
    status = "open"
    description = "Gift"
    locale = "nl"
    redirect_url = "https://buurt.example/terug"
    webhook_token = factory.LazyFunction(new_token)
    webhook_url = factory.LazyAttribute(
        lambda row: webhook_url(
            "https://buurt.example", provider=NEW_PAYMENTS, token=row.webhook_token
        )
    )
    idempotency_key = factory.LazyFunction(new_token)
    key_created_at = THEN
    created_at = THEN
    provider_id = factory.Sequence(lambda number: f"tr_scene{number:04}")
    checkout_url = "https://buurt.example/betalen"
    paid_at = factory.LazyAttribute(lambda row: THEN if row.status == "paid" else None)
