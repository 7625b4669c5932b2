"""States of a payment and of a refund, and what may follow what. Pure."""

from enum import StrEnum

from voorjebuurt.kernel.ids import keyed_hash
from voorjebuurt.kernel.transitions import Transitions


class PaymentStatus(StrEnum):
    """``creating`` is ours: the row is committed, the provider has not answered yet."""

    CREATING = "creating"
    OPEN = "open"
    PENDING = "pending"
    AUTHORIZED = "authorized"
    PAID = "paid"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"
    ABANDONED = "abandoned"


class PaymentSequence(StrEnum):
    """What a payment is to a mandate: nothing, its beginning, or collected by it."""

    ONEOFF = "oneoff"
    FIRST = "first"
    RECURRING = "recurring"


class MandateStatus(StrEnum):
    """Whether money can be collected by a mandate; ``gone`` is ours: it was revoked."""

    VALID = "valid"
    PENDING = "pending"
    INVALID = "invalid"
    GONE = "gone"


P = PaymentStatus
UNDECIDED = frozenset({P.CREATING, P.OPEN, P.PENDING, P.AUTHORIZED})
UNPAID_FINAL = frozenset({P.FAILED, P.CANCELED, P.EXPIRED, P.ABANDONED})

# The provider's word decides, with one exception: nothing undoes ``paid``. A stale ``open`` may
# arrive after any final state; ``paid`` may arrive after ``expired``, and then there is money.
PAYMENT_TRANSITIONS: Transitions[PaymentStatus] = Transitions(
    {
        "open": ({P.CREATING, P.OPEN}, P.OPEN),
        "pending": ({P.CREATING, P.OPEN, P.PENDING, P.AUTHORIZED}, P.PENDING),
        "authorized": ({P.CREATING, P.OPEN, P.PENDING, P.AUTHORIZED}, P.AUTHORIZED),
        "paid": (frozenset(P), P.PAID),
        "failed": (UNDECIDED | UNPAID_FINAL, P.FAILED),
        "canceled": (UNDECIDED | UNPAID_FINAL, P.CANCELED),
        "expired": (UNDECIDED | UNPAID_FINAL, P.EXPIRED),
        "abandoned": ({P.CREATING, P.ABANDONED}, P.ABANDONED),
    }
)


class RefundStatus(StrEnum):
    """``asked`` is ours: booked and committed, the provider has not answered yet."""

    ASKED = "asked"
    QUEUED = "queued"
    PENDING = "pending"
    PROCESSING = "processing"
    REFUNDED = "refunded"
    FAILED = "failed"
    CANCELED = "canceled"


R = RefundStatus
REFUND_UNDECIDED = frozenset({R.ASKED, R.QUEUED, R.PENDING, R.PROCESSING})

# A refund can fail after it was called refunded: the receiving bank sends it back.
REFUND_TRANSITIONS: Transitions[RefundStatus] = Transitions(
    {
        "queued": ({R.ASKED, R.QUEUED}, R.QUEUED),
        "pending": ({R.ASKED, R.QUEUED, R.PENDING}, R.PENDING),
        "processing": ({R.ASKED, R.QUEUED, R.PENDING, R.PROCESSING}, R.PROCESSING),
        "refunded": (REFUND_UNDECIDED | {R.REFUNDED}, R.REFUNDED),
        "failed": (REFUND_UNDECIDED | {R.REFUNDED, R.FAILED}, R.FAILED),
        "canceled": (REFUND_UNDECIDED | {R.CANCELED}, R.CANCELED),
    }
)


def webhook_url(base_url: str, *, provider: str, token: str) -> str:
    """Where a provider tells us of one payment; the token is that payment's own secret."""
    return f"{base_url}/hooks/{provider}/{token}"


def provider_of(webhook_url: str) -> str:
    """The name of the provider that was given this address."""
    return webhook_url.rsplit("/", 2)[-2]


def payer_key(donors_key: str, account: str) -> str:
    """What is kept of the account that a payment came from: the same account, the same key."""
    return keyed_hash(donors_key, "payer", "".join(account.split()).upper())
