"""A near miss: its states and terms, the changed plan, and what donors may choose. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions


class NearMissState(StrEnum):
    """Whose turn it is.

    ``planning``: the initiator's; ``review``: a coach's; ``asking``: the donors'; ``closing``: the
    choices are over, and what is still under way is waited for; ``over``: there is an outcome.
    """

    PLANNING = "planning"
    REVIEW = "review"
    ASKING = "asking"
    CLOSING = "closing"
    OVER = "over"


S = NearMissState

NEAR_MISS_TRANSITIONS: Transitions[NearMissState] = Transitions(
    {
        "send": ({S.PLANNING}, S.REVIEW),
        "send_back": ({S.REVIEW}, S.PLANNING),
        "approve": ({S.REVIEW}, S.ASKING),
        "close": ({S.ASKING}, S.CLOSING),
        "end": ({S.PLANNING, S.REVIEW, S.ASKING, S.CLOSING}, S.OVER),
    }
)


class NearMissCause(StrEnum):
    """Why it began: the last day, or what was taken away after the success."""

    DEADLINE = "deadline"
    MATCH = "match"
    GIFT = "gift"


class NearMissOutcome(StrEnum):
    """How it ended; ``stop``: staff ended the campaign."""

    SUCCESS = "success"
    FAILURE = "failure"
    STOP = "stop"


class Answer(StrEnum):
    """What a donor chooses; ``more`` keeps the gift, and another one is given beside it."""

    KEEP = "keep"
    MORE = "more"
    BACK = "back"


class Lateness(StrEnum):
    """Whose silence ended a near miss before donors were asked."""

    PLAN = "plan"
    REVIEW = "review"


REMINDERS = (timedelta(days=7), timedelta(days=2))
"""So long before the end, who did not answer is asked again."""

MAX_LEFT_OUT = 1_500
"""Characters that fit in what is left out of a plan."""

MAX_NOTE = 3_000
"""Characters that fit in what a coach says of it."""


@dataclass(frozen=True)
class Plan:
    """The changed plan as its initiator proposes it: eurocents by budget line, in their order."""

    line_cents: Sequence[int]
    left_out: str
    asks_rest: bool


@dataclass(frozen=True)
class Measure:
    """What a near miss is measured against (eurocents): the budget, the minimum, what there is."""

    line_cents: Sequence[int]
    minimum_cents: int
    reached_cents: int


def new_minimum(budget_cents: int, old_minimum_cents: int) -> int:
    """What a changed plan needs (eurocents): its costs, and never more than was needed before."""
    return min(budget_cents, old_minimum_cents)


def plan_fault(plan: Plan, measure: Measure) -> tuple[str, str] | None:
    """The code of what is wrong with a plan and the field where to mend it, if anything."""
    pairs = list(zip(plan.line_cents, measure.line_cents, strict=True))
    if any(not 0 <= new <= old for new, old in pairs):
        return "plan_line_raised", "lines"
    if not any(plan.line_cents):
        return "plan_empty", "lines"
    is_smaller = any(new < old for new, old in pairs)
    if not is_smaller and not plan.asks_rest:
        return "plan_unchanged", "lines"
    if is_smaller and not plan.left_out.strip():
        return "plan_left_out_missing", "left_out"
    needed_cents = new_minimum(sum(plan.line_cents), measure.minimum_cents)
    if needed_cents > measure.reached_cents and not plan.asks_rest:
        return "plan_out_of_reach", "asks_rest"
    return None


def why_no_answer(
    state: NearMissState, *, ends_at: datetime, now: datetime, before: Answer | None, to: Answer
) -> str | None:
    """The code of why a donor can't choose this any more; None when they can.

    Who chose to keep may still take the gift back; the other way round there is nothing left.
    """
    if state is not S.ASKING or now >= ends_at:
        return "near_miss_over"
    return "answer_final" if before is Answer.BACK and to is not Answer.BACK else None


def reminder_due(*, asked_at: datetime, ends_at: datetime, now: datetime) -> int | None:
    """The number of the reminder that is due (1 or 2), if one is.

    None in the first day after the question, so that nobody gets two mails at once.
    """
    numbers = [
        number
        for number, before in enumerate(REMINDERS, start=1)
        if asked_at + timedelta(days=1) <= ends_at - before <= now < ends_at
    ]
    return numbers[-1] if numbers else None
