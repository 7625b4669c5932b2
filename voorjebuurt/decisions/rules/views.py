"""Which decisions need the applicant's views first (Awb 4:7, 4:8, 4:11, 4:12). Pure.

Before an application is refused on facts about the applicant that differ from what they told (4:7),
and before an award is withdrawn, determined lower or claimed back (4:8), the applicant is asked for
their views. The exception for financial decisions (4:12, first paragraph) does not hold for most of
these (4:12, second paragraph); where it might, for claiming back, they are asked all the same.
Not for interest: that is a sum which follows from days and percentages, and an objection undoes it
whole.
A decision on an objection needs none: there is a hearing (7:2).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voorjebuurt.decisions.rules.grounds import GROUNDS
from voorjebuurt.decisions.rules.kinds import FROM_STATES, DecisionKind

_K = DecisionKind
ALWAYS = frozenset(
    {
        _K.WITHDRAWAL,
        _K.LOWER_DETERMINATION,
        _K.CLAWBACK,
        _K.AWARD_CHANGE,
        _K.DETERMINATION_CHANGE,
    }
)
"""Against who got the money (Awb 4:8), whatever the ground."""
BY_GROUND = frozenset({_K.REFUSAL, _K.PARTIAL_AWARD})
"""On an application (Awb 4:7): only where a ground rests on facts about the applicant."""
WITH_VIEWS = ALWAYS | BY_GROUND

VIEWS_DAYS = (7, 56)
"""The shortest and the longest term that an applicant gets to give their views."""
SILENCE = "silence"
"""How an intention is told whose term ended without a word."""
INTENDABLE = frozenset(status for kind in WITH_VIEWS for status in FROM_STATES[kind])
"""In which states of an application something of the kind can be intended."""
REMINDER_DAYS = 2
"""So many days before the last one the applicant is reminded."""


class ViewsStatus(StrEnum):
    """How an intention stands. ``waived``: the applicant said that they have no views."""

    OPEN = "open"
    ANSWERED = "answered"
    WAIVED = "waived"
    DROPPED = "dropped"


class ViewsException(StrEnum):
    """Why views need not be asked (Awb 4:11, under a, b and c)."""

    URGENCY = "urgency"
    BEFORE = "before"
    PURPOSE = "purpose"


class ViewsChannel(StrEnum):
    """How views came in: the applicant chooses, in writing or by word of mouth (Awb 4:9)."""

    ONLINE = "online"
    LETTER = "letter"
    PHONE = "phone"
    DESK = "desk"


def needs_views(kind: str, grounds: Collection[str]) -> bool:
    """Whether a decision of this kind on these grounds needs the applicant's views first."""
    decision_kind = DecisionKind(kind)
    if decision_kind in BY_GROUND:
        return any(GROUNDS[code].about_applicant for code in grounds)
    return decision_kind in ALWAYS


def article_of_views(kind: str) -> str:
    """The article under which the applicant is asked."""
    return "artikel 4:8" if DecisionKind(kind) in ALWAYS else "artikel 4:7"


@dataclass(frozen=True)
class Content:
    """What is intended, or decided: kind, amount in eurocents, and codes of grounds."""

    kind: str
    amount_cents: int
    grounds: frozenset[str]


def covers(intention: Content, decision: Content) -> bool:
    """Whether a decision is no heavier than what the applicant could give their views on.

    Of the same kind, or a part where a refusal was intended; for an amount that is no worse, and
    on no other grounds about the applicant.
    """
    if {code for code in decision.grounds if _counts(decision.kind, code)} - intention.grounds:
        return False
    if (intention.kind, decision.kind) == (_K.REFUSAL, _K.PARTIAL_AWARD):
        return True
    if intention.kind != decision.kind:
        return False
    if decision.kind == _K.CLAWBACK:
        return decision.amount_cents <= intention.amount_cents
    return decision.amount_cents >= intention.amount_cents


def _counts(kind: str, code: str) -> bool:
    return kind in ALWAYS or GROUNDS[code].about_applicant


def is_over(status: str, until: date, today: date) -> bool:
    """Whether the decision can follow: views came in or will not, or the term has passed."""
    if status == ViewsStatus.OPEN:
        return today > until
    return status in (ViewsStatus.ANSWERED, ViewsStatus.WAIVED)
