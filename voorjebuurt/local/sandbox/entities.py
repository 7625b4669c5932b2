"""What the sandbox remembers, as its rows: payments, refunds, chargebacks, settlements."""

import json
import secrets
import string
from dataclasses import dataclass

ALPHABET = string.ascii_letters + string.digits

PAYMENT_STATUSES = ("open", "pending", "paid", "failed", "canceled", "expired")
FINAL_STATUSES = ("paid", "failed", "canceled", "expired")
REFUND_STATUSES = ("queued", "pending", "processing", "refunded", "failed", "canceled")


def new_id(prefix: str) -> str:
    """An id like the provider's: ``tr_7UhSN1zuXS``."""
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(10))}"


@dataclass(frozen=True)
class Payment:
    """A payment; ``methods`` are those its creator allows (all, when empty).

    ``due_at``: when the bank says what came of a direct debit.
    """

    seq: int
    id: str
    token: str
    status: str
    amount_cents: int
    currency: str
    description: str
    method: str | None
    methods: str
    metadata: str
    redirect_url: str | None
    cancel_url: str | None
    webhook_url: str | None
    locale: str | None
    details: str
    created_at: str
    expires_at: str
    paid_at: str | None
    canceled_at: str | None
    expired_at: str | None
    failed_at: str | None
    settlement_id: str | None
    sequence_type: str = "oneoff"
    customer_id: str | None = None
    mandate_id: str | None = None
    due_at: str | None = None

    @property
    def final(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.status in FINAL_STATUSES

    @property
    def allowed_methods(self) -> list[str]:
        """The methods to choose from; empty when all are."""
        return list(json.loads(self.methods))

    @property
    def cancelable(self) -> bool:
        """Whether the merchant may still cancel it: nobody has begun to pay."""
        return self.status == "open" and self.method is None


@dataclass(frozen=True)
class Customer:
    """Whom mandates are of."""

    seq: int
    id: str
    name: str | None
    email: str | None
    locale: str | None
    metadata: str
    created_at: str


@dataclass(frozen=True)
class Mandate:
    """What money may be collected by; ``outcome`` is what becomes of what is collected now."""

    seq: int
    id: str
    customer_id: str
    status: str
    method: str
    details: str
    outcome: str
    created_at: str
    revoked: str


@dataclass(frozen=True)
class Refund:
    """Money on its way back; its present status lasts from ``changed_at`` on."""

    seq: int
    id: str
    payment_id: str
    amount_cents: int
    description: str
    metadata: str
    status: str
    created_at: str
    changed_at: str
    settlement_id: str | None


@dataclass(frozen=True)
class Chargeback:
    """Money taken back by the donor's bank; ``reason`` is a code."""

    seq: int
    id: str
    payment_id: str
    amount_cents: int
    reason: str
    created_at: str
    reversed_at: str | None
    settlement_id: str | None


@dataclass(frozen=True)
class Settlement:
    """A transfer of what was collected to the merchant's bank account."""

    seq: int
    id: str
    reference: str
    amount_cents: int
    created_at: str
