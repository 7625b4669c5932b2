"""Changes of an award that its applicant asks for: what can be asked, and what decided. Pure.

The amount stays. Asked is a later last day (to carry out the plan, or to account for it), other
activities, or both; a decision gives all of that, a part of it, or nothing. It is an application
(Awb 1:3, third paragraph), so it is decided on within the fund's own term (4:13).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from voorjebuurt.kernel.errors import DomainError

LONGEST_DAYS = 366
"""A last day can be moved so far at a time."""
TEXT_MAX = 2_000
"""The longest text of what else will be done (characters)."""


class PlanOutcome(StrEnum):
    """What is decided on a request."""

    WHOLE = "whole"
    PART = "part"
    REFUSAL = "refusal"


class PlanRequestStatus(StrEnum):
    """How a request stands; ``end``: the award is gone."""

    OPEN = "open"
    DECISION = "decision"
    WITHDRAWAL = "withdrawal"
    END = "end"


@dataclass(frozen=True)
class Wish:
    """What is asked: a later last day, other activities (empty for none), or both."""

    until: date | None
    activities: str


@dataclass(frozen=True)
class PlanTerms:
    """What a decision says on a request. ``told`` is what its snapshot keeps of both."""

    request_id: UUID
    outcome: PlanOutcome
    before: date
    until: date | None
    activities: str
    told: dict[str, str]


def checked_wish(wish: Wish, *, before: date) -> Wish:
    """The same, trimmed. Raises ``DomainError`` at ``wish_on`` or ``activities``.

    ``before``: the last day that holds now.
    """
    activities = _fitting(wish.activities)
    if wish.until is None and not activities:
        raise DomainError("plan_nothing_asked", field="wish_on")
    if wish.until is not None:
        _refuse_day(wish.until, before, latest=before + timedelta(days=LONGEST_DAYS))
    return Wish(wish.until, activities)


def granted(outcome: PlanOutcome, wish: Wish, part: Wish, *, before: date) -> Wish:
    """What an outcome gives of a wish; ``part`` is what officers filled in for a part of it.

    Raises ``DomainError`` at ``until`` or ``activities``: a part is less than all and more than
    nothing, and never later than was asked.
    """
    match outcome:
        case PlanOutcome.WHOLE:
            return wish
        case PlanOutcome.PART:
            return _part_of(wish, part, before)
        case PlanOutcome.REFUSAL:
            return Wish(None, "")
        case _:
            assert_never(outcome)


def _part_of(wish: Wish, part: Wish, before: date) -> Wish:
    activities = _fitting(part.activities)
    if part.until is None and not activities:
        raise DomainError("plan_part_missing", field="until")
    if part.until is not None:
        if wish.until is None:
            raise DomainError("plan_day_not_asked", field="until")
        _refuse_day(part.until, before, latest=wish.until, field="until")
    if (part.until, activities) == (wish.until, wish.activities):
        raise DomainError("plan_part_is_whole", field="outcome")
    return Wish(part.until, activities)


def _fitting(text: str) -> str:
    text = text.strip()
    if len(text) > TEXT_MAX:
        raise DomainError("text_too_long", field="activities", maximum=TEXT_MAX)
    return text


def _refuse_day(day: date, before: date, *, latest: date, field: str = "wish_on") -> None:
    if day <= before:
        raise DomainError("plan_day_no_later", field=field, day=before)
    if day > latest:
        raise DomainError("plan_day_too_late", field=field, day=latest)
