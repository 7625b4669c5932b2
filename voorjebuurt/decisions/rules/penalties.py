"""The daily penalty for deciding too late (Awb 4:17, 4:18). Pure.

It runs from the day after two weeks have passed since the day on which both were true: the term to
decide was over, and the notice of default had come in. It ends with the decision, and lasts at most
42 days; the Algemene termijnenwet does not apply to these.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

MAX_DAYS = 42
BAND_DAYS = 14
"""Each amount per day holds for so many days."""
GRACE_DAYS = 14
DETERMINE_DAYS = 14
"""The penalty is determined within two weeks after its last day (Awb 4:18)."""


class NoPenalty(StrEnum):
    """Why nothing is due although the decision was late (Awb 4:17, sixth paragraph)."""

    LATE_NOTICE = "late_notice"
    NO_INTEREST = "no_interest"
    MANIFEST = "manifest"


class PenaltyTask(StrEnum):
    """What is to be done about a notice of default, in this order."""

    DECIDE = "decide"
    DETERMINE = "determine"
    APPROVE = "approve"
    PAY = "pay"


def first_penalty_day(due_on: date, received_on: date) -> date:
    """The first day that costs a penalty (4:17, third paragraph)."""
    return max(due_on, received_on) + timedelta(days=GRACE_DAYS + 1)


def penalty_days(first: date, until: date) -> int:
    """How many days cost a penalty when it was decided on ``until``, which costs none itself."""
    return max(0, min(MAX_DAYS, (until - first).days))


def penalty_cents(days: int, bands: Sequence[int]) -> int:
    """What so many days cost (eurocents); ``bands`` are the amounts per day, in their order."""
    return sum(
        cents * max(0, min(BAND_DAYS, days - BAND_DAYS * place))
        for place, cents in enumerate(bands)
    )


def determine_by(first: date, decided_on: date | None) -> date:
    """The last day to determine the penalty: two weeks after the last day that costs one."""
    full = first + timedelta(days=MAX_DAYS - 1)
    last = min(full, decided_on - timedelta(days=1)) if decided_on else full
    return last + timedelta(days=DETERMINE_DAYS)
