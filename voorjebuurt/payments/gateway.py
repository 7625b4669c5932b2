"""What we ask of a payment provider, and the facts that it answers with.

Nothing here knows a particular provider. Amounts are eurocents, moments aware.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Protocol, Self

from voorjebuurt.payments.rules import MandateStatus, PaymentSequence
from voorjebuurt.settings import Settings


@dataclass(frozen=True)
class PaymentQuestion:
    """Everything a new payment consists of; the same question always goes with the same key."""

    amount_cents: int
    description: str
    redirect_url: str
    webhook_url: str
    metadata: Mapping[str, str]
    locale: str
    idempotency_key: str
    sequence: PaymentSequence = PaymentSequence.ONEOFF
    customer_id: str | None = None
    mandate_id: str | None = None


@dataclass(frozen=True)
class RefundQuestion:
    """A refund of (part of) one payment."""

    provider_payment_id: str
    amount_cents: int
    description: str
    metadata: Mapping[str, str]
    idempotency_key: str


@dataclass(frozen=True)
class RefundFacts:
    """A refund as the provider tells it; ``amount_cents`` is None when it is not in euros."""

    provider_id: str
    status: str
    amount_cents: int | None
    metadata: Mapping[str, str]
    created_at: datetime | None


@dataclass(frozen=True)
class ChargebackFacts:
    """Money that a bank took back; ``reversed_at`` when it came back."""

    provider_id: str
    amount_cents: int | None
    created_at: datetime | None
    reversed_at: datetime | None


@dataclass(frozen=True)
class PaymentFacts:
    """A payment as the provider tells it. ``amount_cents`` counts in ``currency``.

    ``payer`` is a keyed hash of the account it was paid from, where the method tells one: it is
    the same for every payment from that account, and tells nothing else.
    """

    provider_id: str
    status: str
    mode: str
    currency: str
    amount_cents: int | None
    settlement_cents: int | None
    metadata: Mapping[str, str]
    method: str | None
    checkout_url: str | None
    created_at: datetime | None
    expires_at: datetime | None
    paid_at: datetime | None
    payer: str | None = None
    mandate_id: str | None = None
    refunds: tuple[RefundFacts, ...] = field(default=())
    chargebacks: tuple[ChargebackFacts, ...] = field(default=())


@dataclass(frozen=True)
class WebhookCall:
    """A call at a webhook's address, believed nothing: its form, and how to read its body."""

    form: Mapping[str, str]
    read: Callable[[], bytes]


class Gateway(Protocol):
    """A payment provider. Every method of an instance may raise a ``GatewayError``."""

    key_lifetime: ClassVar[timedelta]
    """How long the provider surely keeps an idempotency key."""

    checkout_origins: ClassVar[tuple[str, ...]]
    """Where its payment pages are, as sources of a content policy."""

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        """The gateway that the settings name. Speaks to nobody yet."""

    def in_a_hurry(self) -> Self:
        """The same, but it gives up within seconds: somebody waits for the answer."""

    @classmethod
    def webhook_payment_id(cls, call: WebhookCall) -> str | None:
        """The provider's id of the payment that a webhook is about; None when it names none."""

    @staticmethod
    def valid_payment_id(text: str) -> bool:
        """Whether ``text`` may be put into a URL as this provider's id of a payment."""

    def create_payment(self, question: PaymentQuestion) -> PaymentFacts:
        """Make a payment, or get the one that was made before under the same key."""

    def payment(self, provider_id: str) -> PaymentFacts:
        """A payment with its refunds and chargebacks."""

    def find_payment(self, payment_id: str, *, since: datetime) -> PaymentFacts | None:
        """The payment whose metadata names our ``payment_id``, made at or after ``since``."""

    def payments_since(self, since: datetime) -> Iterator[PaymentFacts]:
        """All payments made at or after ``since``, newest first, without refunds."""

    def create_customer(self, reference: str, *, locale: str, idempotency_key: str) -> str:
        """Make a customer that mandates can hang on; returns its id.

        The provider learns nothing of the donor by it but our ``reference``.
        """

    def mandate_status(self, customer_id: str, mandate_id: str) -> MandateStatus:
        """Whether money can be collected by a mandate now."""

    def revoke_mandates(self, customer_id: str) -> None:
        """Let no money be collected from a customer any more; done again it changes nothing."""

    def create_refund(self, question: RefundQuestion) -> RefundFacts:
        """Order a refund, or get the one that was ordered before under the same key."""

    def refunds(self, provider_payment_id: str) -> list[RefundFacts]:
        """All refunds of a payment."""


class GatewayError(Exception):
    """The provider did not do what we asked, or we can't know whether it did."""


class GatewayUnclearError(GatewayError):
    """No answer, or one that can't be read: what we asked may have been done all the same."""


class GatewayBusyError(GatewayError):
    """Too many requests; ``seconds`` is how long the provider wants us to wait, if it said."""

    def __init__(self, message: str, seconds: int | None) -> None:
        super().__init__(message)
        self.seconds = seconds


class GatewayNotFoundError(GatewayError):
    """The provider does not know this id (yet)."""


class GatewayConflictError(GatewayError):
    """The same request is being dealt with, or (refunds) looks like one made just before."""


class GatewayUnauthorizedError(GatewayError):
    """Our key is refused."""


class GatewayRefusedError(GatewayError):
    """The request is refused as it stands; asking again will not help."""
