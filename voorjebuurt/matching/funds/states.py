"""A fund's states, what may follow what, and how much fits. Pure."""

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
