"""A payment provider in memory, for tests that need thousands of its answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, ClassVar, Self

from voorjebuurt.kernel import clock
from voorjebuurt.payments.gateway import (
    ChargebackFacts,
    GatewayNotFoundError,
    GatewayRefusedError,
    PaymentFacts,
    PaymentQuestion,
    RefundFacts,
    RefundQuestion,
    WebhookCall,
)
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.rules import MandateStatus
from voorjebuurt.settings import Settings

LOST_STATES = ("failed", "canceled")
_numbers = count(1)


def facts_of(payment: Payment, status: str = "paid", **changes: Any) -> PaymentFacts:
    """What the provider would say of a payment of ours, with differences."""
    return replace(
        PaymentFacts(
            provider_id=payment.provider_id or f"tr_fake{next(_numbers):06}",
            status=status,
            mode="test",
            currency="EUR",
            amount_cents=payment.amount_cents,
            settlement_cents=payment.amount_cents,
            metadata={"payment_id": str(payment.id), "pledge_id": str(payment.pledge_id)},
            method="ideal",
            checkout_url="https://provider.example/checkout",
            created_at=payment.created_at,
            expires_at=None,
            paid_at=clock.now() if status == "paid" else None,
        ),
        **changes,
    )


class FakeProvider:
    """A ``Gateway``; the methods beyond it are what payers, banks and colleagues do."""

    key_lifetime: ClassVar[timedelta] = timedelta(minutes=50)
    id_prefix = "tr_fake"
    checkout_origins: ClassVar[tuple[str, ...]] = ("https://provider.example",)

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        """One that nobody asked anything."""
        return cls()

    def in_a_hurry(self) -> Self:
        """It answers at once as it is."""
        return self

    @classmethod
    def webhook_payment_id(cls, call: WebhookCall) -> str | None:
        """The field that the form calls ``id``."""
        return call.form.get("id")

    @staticmethod
    def valid_payment_id(text: str) -> bool:
        """Whether we made it."""
        return text.startswith("tr_fake")

    def __init__(self) -> None:
        self.payments: dict[str, PaymentFacts] = {}
        self.mandates: dict[str, MandateStatus] = {}
        self.webhook_urls: dict[str, str] = {}
        self._by_key: dict[str, str] = {}
        self._refunds_by_key: dict[str, RefundFacts] = {}

    def create_payment(self, question: PaymentQuestion) -> PaymentFacts:
        """Make a payment, or the one of this key again."""
        provider_id = self._by_key.get(question.idempotency_key)
        return self.payments[provider_id] if provider_id else self._make(question)

    def _make(self, question: PaymentQuestion) -> PaymentFacts:
        payment = PaymentFacts(
            provider_id=f"{self.id_prefix}{next(_numbers):06}",
            status="open",
            mode="test",
            currency="EUR",
            amount_cents=question.amount_cents,
            settlement_cents=None,
            metadata=dict(question.metadata),
            method=None,
            checkout_url="https://provider.example/checkout",
            created_at=clock.now(),
            expires_at=None,
            paid_at=None,
        )
        self.payments[payment.provider_id] = payment
        self.webhook_urls[payment.provider_id] = question.webhook_url
        self._by_key[question.idempotency_key] = payment.provider_id
        return payment

    def payment(self, provider_id: str) -> PaymentFacts:
        """A payment with what was refunded and charged back."""
        if provider_id not in self.payments:
            raise GatewayNotFoundError(provider_id)
        return self.payments[provider_id]

    def find_payment(self, payment_id: str, *, since: datetime) -> PaymentFacts | None:
        """The newest one whose metadata names ours."""
        matches = [p for p in self.payments.values() if p.metadata.get("payment_id") == payment_id]
        return matches[-1] if matches else None

    def payments_since(self, since: datetime) -> Iterator[PaymentFacts]:
        """All since then, the newest first."""
        newest_first = reversed(list(self.payments.values()))
        return (each for each in newest_first if each.created_at and each.created_at >= since)

    def create_customer(self, reference: str, *, locale: str, idempotency_key: str) -> str:
        """The customer of this key."""
        return f"cst_fake{reference.replace('-', '')[:12]}"

    def mandate_status(self, customer_id: str, mandate_id: str) -> MandateStatus:
        """Whatever it was said to be."""
        return self.mandates.get(mandate_id, MandateStatus.GONE)

    def revoke_mandates(self, customer_id: str) -> None:
        """All are gone."""
        self.mandates.clear()

    def create_refund(self, question: RefundQuestion) -> RefundFacts:
        """Order a refund of what remains, or the one of this key again."""
        if question.idempotency_key in self._refunds_by_key:
            return self._refunds_by_key[question.idempotency_key]
        payment = self.payments[question.provider_payment_id]
        if question.amount_cents > self.remaining(payment.provider_id):
            raise GatewayRefusedError("422 The specified amount cannot be refunded")
        refund = self.add_refund(
            payment.provider_id, question.amount_cents, metadata=question.metadata
        )
        self._refunds_by_key[question.idempotency_key] = refund
        return refund

    def refunds(self, provider_payment_id: str) -> list[RefundFacts]:
        """All refunds of a payment."""
        return list(self.payments[provider_payment_id].refunds)

    def remaining(self, provider_id: str) -> int:
        """What may still be refunded; chargebacks do not reduce it."""
        payment = self.payments[provider_id]
        repaid_cents = sum(
            r.amount_cents or 0 for r in payment.refunds if r.status not in LOST_STATES
        )
        return (payment.amount_cents or 0) - repaid_cents

    def change(self, provider_id: str, **values: Any) -> PaymentFacts:
        """Let a payment be otherwise."""
        payment = replace(self.payments[provider_id], **values)
        self.payments[provider_id] = payment
        return payment

    def copy_as_paid(self, provider_id: str) -> PaymentFacts:
        """A second payment of the same question, which is paid."""
        copy = replace(
            self.payments[provider_id],
            provider_id=f"{self.id_prefix}{next(_numbers):06}",
            status="paid",
            paid_at=clock.now(),
            refunds=(),
            chargebacks=(),
        )
        self.payments[copy.provider_id] = copy
        return copy

    def add_refund(
        self, provider_id: str, cents: int, metadata: Mapping[str, str] | None = None
    ) -> RefundFacts:
        """A refund that is pending; without metadata it was made in the dashboard."""
        refund = RefundFacts(
            provider_id=f"re_fake{next(_numbers):06}",
            status="pending",
            amount_cents=cents,
            metadata=dict(metadata or {}),
            created_at=clock.now(),
        )
        payment = self.payments[provider_id]
        self.change(provider_id, refunds=(*payment.refunds, refund))
        return refund

    def decide_refunds(self, provider_id: str, status: str, *, before: str = "pending") -> None:
        """Let every refund of a payment that is ``before`` be in ``status``."""
        refunds = self.payments[provider_id].refunds
        decisions = (replace(r, status=status) if r.status == before else r for r in refunds)
        self.change(provider_id, refunds=tuple(decisions))

    def charge_back(self, provider_id: str, cents: int) -> None:
        """The payer's bank takes money back."""
        chargeback = ChargebackFacts(
            provider_id=f"chb_fake{next(_numbers):06}",
            amount_cents=cents,
            created_at=clock.now(),
            reversed_at=None,
        )
        payment = self.payments[provider_id]
        self.change(provider_id, chargebacks=(*payment.chargebacks, chargeback))

    def charged_back(self, provider_id: str) -> int:
        """What the bank took and did not give back."""
        chargebacks = self.payments[provider_id].chargebacks
        return sum(c.amount_cents or 0 for c in chargebacks if c.reversed_at is None)

    def reverse_chargebacks(self, provider_id: str) -> None:
        """The bank gives everything back after all."""
        before = self.payments[provider_id].chargebacks
        after = (replace(c, reversed_at=c.reversed_at or clock.now()) for c in before)
        self.change(provider_id, chargebacks=tuple(after))
