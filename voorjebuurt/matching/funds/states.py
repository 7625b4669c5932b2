"""A fund's states, what may follow what, and what publishing needs. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions


class FundStatus(StrEnum):
    """``rehearsed``: exactly the draft's rules were rehearsed. ``settled``: all is decided."""

    DRAFT = "draft"
    REHEARSED = "rehearsed"
    PUBLISHED = "published"
    OPEN = "open"
    CLOSED = "closed"
    DIVIDED = "divided"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


S = FundStatus
EDITABLE = frozenset({S.DRAFT, S.REHEARSED})
"""Nobody outside the municipality knows of the fund yet: all of it may change."""
VERSIONED = frozenset({S.PUBLISHED, S.OPEN})
"""Details stand; other rules are a new version, for applications received after it."""
PUBLIC = frozenset({S.PUBLISHED, S.OPEN, S.CLOSED, S.DIVIDED, S.SETTLED})

FUND_TRANSITIONS: Transitions[FundStatus] = Transitions(
    {
        "rehearse": ({S.DRAFT}, S.REHEARSED),
        "revise": ({S.REHEARSED}, S.DRAFT),
        "publish": (EDITABLE, S.PUBLISHED),
        "open": ({S.PUBLISHED}, S.OPEN),
        "close": ({S.OPEN}, S.CLOSED),
        "divide": ({S.CLOSED}, S.DIVIDED),
        "settle": ({S.DIVIDED}, S.SETTLED),
        "settle_live": ({S.CLOSED}, S.SETTLED),
        "withdraw": (EDITABLE | {S.PUBLISHED}, S.WITHDRAWN),
    }
)
"""A live fund has nothing to divide, so ``settle_live`` skips that; the service tells which."""

MAX_LENGTHS = {
    "name": 80,
    "purpose": 600,
    "legal_basis": 300,
    "sender": 300,
    "objection_address": 300,
    "scheme_reference": 200,
    "ceiling_reference": 200,
    "checklist_item": 160,
    "lottery_source": 300,
    "reason": 1_000,
}
"""Characters that fit in each text of a fund."""

MAX_CHECKLIST = 20
MIN_WEEKS, MAX_WEEKS = 1, 26


@dataclass(frozen=True)
class FundFacts:
    """What a draft says so far, for judging whether it may be published."""

    purpose: str
    legal_basis: str
    sender: str
    objection_address: str
    opens_at: datetime | None
    closes_at: datetime | None
    checklist: tuple[str, ...]
    by_lottery: bool
    lottery_source: str


@dataclass(frozen=True)
class FundGap:
    """Something that keeps a draft from being published: the field, and the code of a text."""

    name: str
    code: str


def publishing_gaps(fund: FundFacts, *, now: datetime) -> Iterator[FundGap]:
    """Everything that is missing or wrong, in the order of the details form."""
    if not fund.purpose:
        yield FundGap("purpose", "fund_purpose_missing")
    if not fund.legal_basis:
        yield FundGap("legal_basis", "fund_legal_basis_missing")
    if fund.opens_at is None or fund.closes_at is None:
        yield FundGap("opens_on", "fund_period_missing")
    elif fund.opens_at <= now:
        yield FundGap("opens_on", "fund_opens_in_past")
    if not fund.checklist:
        yield FundGap("checklist", "fund_checklist_missing")
    if fund.by_lottery and not fund.lottery_source:
        yield FundGap("lottery_source", "fund_lottery_source_missing")
    if not fund.sender:
        yield FundGap("sender", "fund_sender_missing")
    if not fund.objection_address:
        yield FundGap("objection_address", "fund_objection_address_missing")
