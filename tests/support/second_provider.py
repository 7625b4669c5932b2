"""A second, made-up provider: other ids than the first, and webhooks that are JSON.

It is what a real one would be: one class. ``FakeProvider`` is its other side of the wire.
"""

import json
from collections.abc import Callable
from typing import ClassVar, Self

from tests.support.fake_provider import FakeProvider
from voorjebuurt.kernel import clock
from voorjebuurt.payments.gateway import PaymentFacts, WebhookCall
from voorjebuurt.settings import Settings

NAME = "florijn"


class SecondProvider(FakeProvider):
    """A ``Gateway``; ``opened`` are those that were asked for, the newest last."""

    id_prefix = "flor-"
    checkout_origins: ClassVar[tuple[str, ...]] = ("https://betaal.florijn.example",)
    opened: ClassVar[list["SecondProvider"]] = []

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        """A provider of its own for each site."""
        gateway = cls()
        cls.opened.append(gateway)
        return gateway

    @classmethod
    def webhook_payment_id(cls, call: WebhookCall) -> str | None:
        """The payment that the JSON names."""
        try:
            provider_id = json.loads(call.read())["payment"]["number"]
        except (ValueError, KeyError, TypeError):
            return None
        return provider_id if cls.valid_payment_id(provider_id) else None

    @staticmethod
    def valid_payment_id(text: str) -> bool:
        """Its prefix and a number."""
        return text.startswith("flor-") and text.removeprefix("flor-").isdecimal()

    def pay(self, post: Callable[..., object]) -> PaymentFacts:
        """The donor pays the newest payment; ``post(address, json=…)`` carries the webhook."""
        newest = list(self.payments.values())[-1]
        facts = self.change(newest.provider_id, status="paid", paid_at=clock.now())
        post(self.webhook_urls[newest.provider_id], json={"payment": {"number": facts.provider_id}})
        return facts
