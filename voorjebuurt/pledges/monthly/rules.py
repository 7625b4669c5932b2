"""When a monthly gift is collected, and in which states it can be. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions

NOTICE_DAYS = 5
"""So many days before money is collected its donor knows the day and the amount."""
SETTLE_DAYS = 7
"""A direct debit takes days: no collection begins later than so long before the last day."""
GRACE_DAYS = 3
"""Up to so long after the day that was told is collected; else the month is passed over."""
TRIES = 2
"""So many collections in a row that fail end it."""
MOST = 60
"""No gift is agreed to for more months than this."""


class MonthlyStatus(StrEnum):
    """``first`` waits for its first payment; ``break``: the bank let the mandate go."""

    FIRST = "first"
    RUN = "run"
    PAUSE = "pause"
    STOP = "stop"
    END = "end"
    BREAK = "break"


class CollectionState(StrEnum):
    """Announced, on its way, arrived, failed, or passed over."""

    PLAN = "plan"
    WAY = "way"
    ARRIVAL = "arrival"
    FAILURE = "failure"
    SKIP = "skip"


class OverReason(StrEnum):
    """Why nothing is collected any more."""

    DONOR = "donor"
    FAILURES = "failures"
    MANDATE = "mandate"
    CAMPAIGN = "campaign"
    COMPLETE = "complete"
    ERASURE = "erasure"
    UNPAID = "unpaid"


M = MonthlyStatus
UNDER_WAY = frozenset({M.FIRST, M.RUN, M.PAUSE})
OVER = frozenset({M.STOP, M.END, M.BREAK})

MONTHLY_TRANSITIONS: Transitions[MonthlyStatus] = Transitions(
    {
        "start": ({M.FIRST}, M.RUN),
        "pause": ({M.RUN}, M.PAUSE),
        "resume": ({M.PAUSE}, M.RUN),
        "stop": (UNDER_WAY, M.STOP),
        "end": (UNDER_WAY, M.END),
        "break": (UNDER_WAY, M.BREAK),
    }
)


@dataclass(frozen=True)
class MonthlyPlan:
    """What a donor agrees to: on this day of each month, so often at most, by which last day."""

    day: int
    most: int
    until_on: date
    days: tuple[date, ...]
    """The days after the first payment on which is collected, if nothing fails or is paused."""


def month_of(day: date) -> date:
    """The first of its month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first of the next month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def day_in(month: date, day: int) -> date:
    """``day`` of a month, or its last day where it has no such day."""
    return month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))


def last_start(deadline_on: date) -> date:
    """The last day on which a collection can begin and still be there in time."""
    return deadline_on - timedelta(days=SETTLE_DAYS)


def plan_of(first_on: date, deadline_on: date) -> MonthlyPlan | None:
    """What a gift whose first payment is on ``first_on`` comes to; None where no month fits."""
    days: list[date] = []
    month = month_after(month_of(first_on))
    while len(days) < MOST - 1 and (due := day_in(month, first_on.day)) <= last_start(deadline_on):
        days.append(due)
        month = month_after(month)
    if not days:
        return None
    return MonthlyPlan(
        day=first_on.day, most=len(days) + 1, until_on=last_start(deadline_on), days=tuple(days)
    )


def next_due(*, day: int, until_on: date, today: date, months: Sequence[date]) -> date | None:
    """The next day to collect on, of which the donor can still be told; None when there is none.

    ``months``: the months in which was collected, or that were passed over. Who is told late (no
    worker ran) is collected from later, in the same month still, or not in that month.
    """
    soonest = today + timedelta(days=NOTICE_DAYS)
    month = max([month_of(today), *(month_after(month) for month in months)])
    while month <= until_on:
        due = max(day_in(month, day), soonest)
        if due > until_on:
            return None
        if month_of(due) == month:
            return due
        month = month_after(month)
    return None
