"""What may happen to cash, and how much of it. Pure."""

from datetime import date
from enum import StrEnum

from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.transitions import Transitions
from voorjebuurt.settings import CashSettings

NAME_MAX_LENGTH = 80
NOTE_MAX_LENGTH = 200
MOST_HELPERS = 20
LINK_DAYS = 7
DAY_AHEAD = 60
"""So many days ahead somebody is asked to help for a day."""
MOST_GIFTS = 500
"""So much cash is listed at once, the latest; nothing more is taken before some is deposited."""


class Giver(StrEnum):
    """Who put it in: somebody by name, somebody who gave none, or many together."""

    PERSON = "person"
    STRANGER = "stranger"
    COLLECTION = "collection"


class CashState(StrEnum):
    """Where cash is. ``entry`` waits for a second person; only ``bank`` counts for the campaign.

    ``back``: it was at the bank and does not count (any more). ``home``: its giver has it again.
    """

    ENTRY = "entry"
    TIN = "tin"
    WAY = "way"
    BANK = "bank"
    BACK = "back"
    HOME = "home"
    VOID = "void"


class DepositState(StrEnum):
    """Of a transfer to the platform's account; ``back``: it came, but too late to count."""

    WAY = "way"
    BANK = "bank"
    BACK = "back"
    VOID = "void"


class ArrivalState(StrEnum):
    """Of a line of the bank statement about a deposit; ``reversal``: taken back by two."""

    ENTRY = "entry"
    BANK = "bank"
    REVERSAL = "reversal"
    VOID = "void"


class ReturnState(StrEnum):
    """Of a transfer back to whoever deposited."""

    PROPOSAL = "proposal"
    TRANSFER = "transfer"
    VOID = "void"


class ReversalState(StrEnum):
    """Of taking back a line that was booked wrongly."""

    PROPOSAL = "proposal"
    BOOKING = "booking"
    VOID = "void"


C, D, A, R = CashState, DepositState, ArrivalState, ReturnState
V = ReversalState

CASH_TRANSITIONS: Transitions[CashState] = Transitions(
    {
        "confirm": ({C.ENTRY}, C.TIN),
        "void": ({C.ENTRY}, C.VOID),
        "deposit": ({C.TIN}, C.WAY),
        "withdraw": ({C.WAY}, C.TIN),
        "count": ({C.WAY}, C.BANK),
        "undo": ({C.BANK, C.BACK}, C.WAY),
        "return": ({C.WAY, C.BANK}, C.BACK),
        "hand_back": ({C.TIN, C.BACK}, C.HOME),
    }
)
DEPOSIT_TRANSITIONS: Transitions[DepositState] = Transitions(
    {
        "count": ({D.WAY}, D.BANK),
        "return": ({D.WAY}, D.BACK),
        "withdraw": ({D.WAY}, D.VOID),
        "undo": ({D.BANK, D.BACK}, D.WAY),
        "drop": ({D.BANK, D.BACK}, D.VOID),
    }
)
ARRIVAL_TRANSITIONS: Transitions[ArrivalState] = Transitions(
    {
        "book": ({A.ENTRY}, A.BANK),
        "void": ({A.ENTRY}, A.VOID),
        "reverse": ({A.BANK}, A.REVERSAL),
    }
)
RETURN_TRANSITIONS: Transitions[ReturnState] = Transitions(
    {"release": ({R.PROPOSAL}, R.TRANSFER), "void": ({R.PROPOSAL}, R.VOID)}
)
REVERSAL_TRANSITIONS: Transitions[ReversalState] = Transitions(
    {"release": ({V.PROPOSAL}, V.BOOKING), "void": ({V.PROPOSAL}, V.VOID)}
)

UNCERTAIN = frozenset({C.ENTRY, C.TIN, C.WAY})
"""Collected, and not at the bank: it does not count yet."""
RUNNING = frozenset({CampaignStatus.LIVE, CampaignStatus.CLOSING})


def still_counts(status: CampaignStatus, *, received_on: date, deadline_on: date | None) -> bool:
    """Whether a deposit counts: its money was at the bank on the last day at the latest.

    However late the news is; not while a near miss lasts, nor for a campaign that pays back.
    """
    in_time = deadline_on is not None and received_on <= deadline_on
    return in_time and (status in RUNNING or status in WON)


def judge_amount(giver: Giver, name: str, cents: int, tin_cents: int, limits: CashSettings) -> None:
    """Raise ``DomainError`` at ``name`` or ``amount`` for what is not taken in cash.

    ``tin_cents``: what is collected and not at the bank yet.
    """
    if giver is Giver.PERSON and not name.strip():
        raise DomainError("cash_name_missing", field="name")
    if cents <= 0:
        raise DomainError("cash_amount_missing", field="amount")
    if giver is Giver.STRANGER and cents > limits.anonymous_max_cents:
        most = limits.anonymous_max_cents
        raise DomainError("cash_anonymous_too_high", field="amount", maximum_cents=most)
    if cents > limits.gift_max_cents:
        raise DomainError("cash_gift_too_high", field="amount", maximum_cents=limits.gift_max_cents)
    if tin_cents + cents > limits.tin_max_cents:
        raise DomainError("cash_tin_full", field="amount", maximum_cents=limits.tin_max_cents)


def creditor_reference(number: int) -> str:
    """A structured reference (ISO 11649) of a deposit, as banks check it: ``RF45VJB00042``."""
    body = f"VJB{number:07}"
    digits = "".join(str(int(character, 36)) for character in f"{body}RF00")
    return f"RF{98 - int(digits) % 97:02}{body}"


def bare_reference(text: str) -> str:
    """A reference as it is kept, however a statement spells it."""
    return "".join(text.split()).upper()
