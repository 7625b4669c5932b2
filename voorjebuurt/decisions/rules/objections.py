"""Terms and states of objections (Awb 6:7–6:11, 7:10). Pure."""

from datetime import date, timedelta
from enum import StrEnum

from voorjebuurt.kernel.legal_days import last_day, moved
from voorjebuurt.kernel.transitions import Transitions

OBJECTION_WEEKS = 6
DECISION_WEEKS = 6
COMMITTEE_WEEKS = 12
EXTENSION_WEEKS = 6
POST_DAYS = 7
"""A letter that was posted in time may come in so many days later (Awb 6:9, second paragraph)."""


class ObjectionStatus(StrEnum):
    """How an objection stands, or ended: founded, founded in part, unfounded, and so on."""

    RECEIVED = "received"
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    REJECTED = "rejected"
    INADMISSIBLE = "inadmissible"
    WITHDRAWN = "withdrawn"


S = ObjectionStatus
FOUNDED = frozenset({S.UPHELD, S.PARTLY_UPHELD})
"""The decision that was objected to is revoked (Awb 7:11)."""
OUTCOMES = FOUNDED | {S.REJECTED, S.INADMISSIBLE}

OBJECTION_TRANSITIONS: Transitions[ObjectionStatus] = Transitions(
    {
        "uphold": ({S.RECEIVED}, S.UPHELD),
        "uphold_in_part": ({S.RECEIVED}, S.PARTLY_UPHELD),
        "reject": ({S.RECEIVED}, S.REJECTED),
        "declare_inadmissible": ({S.RECEIVED}, S.INADMISSIBLE),
        "withdraw": ({S.RECEIVED}, S.WITHDRAWN),
        # A court annulled the decision on it: it is decided on again.
        "reopen": (OUTCOMES, S.RECEIVED),
    }
)
ACTIONS = {
    S.UPHELD: "uphold",
    S.PARTLY_UPHELD: "uphold_in_part",
    S.REJECTED: "reject",
    S.INADMISSIBLE: "declare_inadmissible",
}


class Party(StrEnum):
    """Who objects: who applied, or another interested party (Awb 1:2)."""

    APPLICANT = "applicant"
    OTHER = "other"


class Channel(StrEnum):
    """How an objection came in."""

    ONLINE = "online"
    LETTER = "letter"
    DESK = "desk"


def object_until(announced_on: date) -> date:
    """The last day to object: six weeks from the day after the announcement (Awb 6:7, 6:8)."""
    return last_day(announced_on, weeks=OBJECTION_WEEKS)


def is_in_time(until: date, *, received_on: date, posted_on: date | None = None) -> bool:
    """Whether an objection came in time (Awb 6:9).

    One that was posted by the last day is in time when it comes within a week after that.
    """
    if received_on <= until:
        return True
    in_post_days = received_on <= until + timedelta(days=POST_DAYS)
    return posted_on is not None and posted_on <= until and in_post_days


def decide_objection_by(until: date, *, received_on: date, in_time: bool, committee: bool) -> date:
    """The last day to decide on an objection (Awb 7:10, first paragraph).

    Six weeks, or twelve with an advisory committee, from the day after the period for objecting
    ended, also for one that was posted in time and came after it; for one that is too late, from
    the day after it came.
    """
    weeks = COMMITTEE_WEEKS if committee else DECISION_WEEKS
    return last_day(until if in_time else received_on, weeks=weeks)


def extended_by_law(decide_by: date) -> date:
    """That day six weeks later, which may be done once (Awb 7:10, third paragraph)."""
    return moved(decide_by + timedelta(weeks=EXTENSION_WEEKS))
