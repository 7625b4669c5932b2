"""A pledge's states, and which payments count. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from voorjebuurt.campaigns.rules import REFUNDING, CampaignStatus
from voorjebuurt.kernel.transitions import Transitions
from voorjebuurt.payments.rules import PaymentStatus


class GiftPart(StrEnum):
    """What a donor writes with a gift for everybody to read."""

    NAME = "name"
    MESSAGE = "message"
    DEDICATION = "dedication"
    """Who the gift is in memory or on behalf of, with the words for that."""


class Mark(StrEnum):
    """What a campaign comes to on its way."""

    HALF = "half"
    MINIMUM = "minimum"
    GOAL = "goal"


class PledgeStatus(StrEnum):
    """``booked`` is a contribution: the money is in the ledger and counts."""

    OPEN = "open"
    BOOKED = "booked"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    UNCLAIMED = "unclaimed"
    CHARGED_BACK = "charged_back"


S = PledgeStatus

PLEDGE_TRANSITIONS: Transitions[PledgeStatus] = Transitions(
    {
        "book": ({S.OPEN}, S.BOOKED),
        # A payment that may not count (too late, campaign over) is booked and goes straight back.
        "return": ({S.OPEN, S.BOOKED}, S.REFUNDING),
        "refunded": ({S.REFUNDING, S.BOOKED}, S.REFUNDED),
        "refund_failed": ({S.REFUNDING, S.REFUNDED}, S.UNCLAIMED),
        "charge_back": ({S.BOOKED}, S.CHARGED_BACK),
        "charge_back_reversed": ({S.CHARGED_BACK}, S.BOOKED),
    }
)


class RefundReason(StrEnum):
    """Why a donor gets money back."""

    CAMPAIGN_FAILED = "campaign_failed"
    CAMPAIGN_CANCELLED = "campaign_cancelled"
    LATE = "late"
    PAID_TWICE = "paid_twice"
    DONOR = "donor"
    DONOR_CHOICE = "donor_choice"
    NO_ANSWER = "no_answer"
    DASHBOARD = "dashboard"
    BOOKING = "booking"
    """Cash that was booked wrongly: its money never came."""


class NoAnswer(StrEnum):
    """What happens to a gift whose donor does not answer when a campaign nearly made it."""

    BACK = "back"
    KEEP = "keep"


class Turn(NamedTuple):
    """The time in which a near miss takes gifts again: from a moment up to another."""

    begins_at: datetime
    ends_at: datetime


def reason_to_return(
    *,
    pledge: PledgeStatus,
    campaign: CampaignStatus,
    paid_at: datetime,
    closes_at: datetime,
    again: Turn | None = None,
) -> RefundReason | None:
    """Why a payment that arrived can't be kept; None when it counts.

    The provider's ``paid_at`` decides whether it was in time, however late the news is: a
    payment counts when it was made before the moment the deadline day ended, or in the second
    turn ``again`` of a near miss.
    """
    if pledge is not PledgeStatus.OPEN:
        return RefundReason.PAID_TWICE
    in_turn = again is not None and again.begins_at <= paid_at < again.ends_at
    if paid_at >= closes_at and not in_turn:
        return RefundReason.LATE
    if campaign in REFUNDING:
        is_cancelled = campaign is CampaignStatus.CANCELLED
        return RefundReason.CAMPAIGN_CANCELLED if is_cancelled else RefundReason.CAMPAIGN_FAILED
    return None


def why_not_taken_back(
    pledge: PledgeStatus, campaign: CampaignStatus, *, closes_at: datetime | None, now: datetime
) -> str | None:
    """Why a donor can't take a gift back now; None when they can: until the last day is over."""
    if pledge is not PledgeStatus.BOOKED:
        return "gift_not_there"
    if campaign is not CampaignStatus.LIVE or closes_at is None or now >= closes_at:
        return "gift_stays"
    return None


class GiftState(StrEnum):
    """What the gift's own page tells its donor.

    ``arrived``: the provider says that it was paid, and we are about to book it. ``checking``:
    money came that is not what we asked for, and a person looks at it. ``replaced``: it was paid
    beside its correction, which counts; what was paid here goes back by itself.
    """

    TO_PAY = "to_pay"
    WAITING = "waiting"
    PENDING = "pending"
    ARRIVED = "arrived"
    CHECKING = "checking"
    REPLACED = "replaced"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"
    BOOKED = "booked"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    UNCLAIMED = "unclaimed"
    CHARGED_BACK = "charged_back"


UNPAID_GIFT = frozenset({GiftState.FAILED, GiftState.CANCELED, GiftState.EXPIRED})
"""The last attempt to pay came to nothing: the donor may try again, or correct the gift first."""

_BY_PAYMENT = {
    # The donor has not been sent to the payment page yet, so nothing can have been paid.
    PaymentStatus.CREATING: GiftState.TO_PAY,
    PaymentStatus.OPEN: GiftState.WAITING,
    PaymentStatus.PENDING: GiftState.PENDING,
    PaymentStatus.AUTHORIZED: GiftState.PENDING,
    PaymentStatus.PAID: GiftState.ARRIVED,
    PaymentStatus.FAILED: GiftState.FAILED,
    PaymentStatus.CANCELED: GiftState.CANCELED,
    PaymentStatus.EXPIRED: GiftState.EXPIRED,
    PaymentStatus.ABANDONED: GiftState.EXPIRED,
}


def gift_state(
    pledge: PledgeStatus, payment: PaymentStatus | None, booked_as: str | None
) -> GiftState:
    """What to tell a donor: the pledge's state, and before it is booked that of its payment.

    ``payment`` is the one that was paid, or else the last; ``booked_as`` what became of it.
    """
    if pledge is not PledgeStatus.OPEN:
        return GiftState(pledge.value)
    if payment is None:
        return GiftState.TO_PAY
    if booked_as == "returned":
        return GiftState.REPLACED
    return GiftState.CHECKING if booked_as is not None else _BY_PAYMENT[payment]


class MatchStatus(StrEnum):
    """What a fund's match for a campaign is worth.

    ``open``: nothing is decided; ``awarded`` by two officers, on condition that the campaign
    succeeds: of a live fund it follows the gifts up to the maximum; ``committed``: owed to the
    initiator; ``received``: the municipality has paid it too (in arrears); ``released``: nothing
    of it goes to the campaign; ``fixed``: kept by a live fund without an award when its campaign
    ended, as they once did.
    """

    OPEN = "open"
    FIXED = "fixed"
    AWARDED = "awarded"
    COMMITTED = "committed"
    RECEIVED = "received"
    RELEASED = "released"


M = MatchStatus

UNDECIDED_MATCH = frozenset({M.OPEN, M.FIXED})
"""Officers have not decided yet: what is set apart may still grow or shrink."""

PROMISED_MATCH = frozenset({M.OPEN, M.FIXED, M.AWARDED})
"""Set apart for the campaign, and not owed to it yet."""

OWED_MATCH = frozenset({M.COMMITTED, M.RECEIVED})

DECIDED_MATCH = OWED_MATCH | {M.AWARDED}
"""Two officers decided: nothing shrinks by itself any more."""


class MatchRung(StrEnum):
    """How certain match money is: set apart only, decided on, or decided on for good."""

    RESERVED = "reserved"
    AWARDED = "awarded"
    DETERMINED = "determined"


def match_rung(status: str, settled_cents: int | None) -> MatchRung:
    """The rung of a match in this state; ``settled_cents`` is what its determination says."""
    if status not in DECIDED_MATCH:
        return MatchRung.RESERVED
    return MatchRung.AWARDED if settled_cents is None else MatchRung.DETERMINED


MATCH_TRANSITIONS: Transitions[MatchStatus] = Transitions(
    {
        "fix": ({M.OPEN}, M.FIXED),
        # The success was taken back: what is kept ready follows the donors' choices again.
        "unfix": ({M.FIXED}, M.OPEN),
        "promise_again": (OWED_MATCH, M.AWARDED),
        "award": ({M.OPEN, M.FIXED, M.AWARDED}, M.AWARDED),
        "commit": ({M.AWARDED}, M.COMMITTED),
        "receive": ({M.COMMITTED}, M.RECEIVED),
        "release": (PROMISED_MATCH, M.RELEASED),
        # After an objection, or when more than the first award is granted in the end.
        "reopen": ({M.RELEASED}, M.OPEN),
        "raise": (OWED_MATCH, M.COMMITTED),
        "lower_to_nothing": (OWED_MATCH, M.RELEASED),
    }
)


def fitting_match(*, budget_cents: int, crowd_cents: int, match_cents: int) -> int:
    """What a plan that costs ``budget_cents`` needs of the match beside what neighbours keep.

    Their gifts are never made less; the match is.
    """
    return max(0, min(match_cents, budget_cents - crowd_cents))
