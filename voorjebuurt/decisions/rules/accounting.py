"""By when an initiator accounts for match money, and when to remind them (Awb 4:44). Pure."""

from datetime import date, timedelta

from voorjebuurt.kernel.legal_days import last_day, moved

ACCOUNTING_WEEKS = 26
LAST_TERM_DAYS = (14, 91)
"""The shortest and the longest last term to account, once the first one has passed (Awb 4:44)."""
LAST_TERM_REMINDER_DAYS = 7
"""So many days before the end of a last term the applicant is reminded."""
MAX_LINES = 40
MAX_RECEIPTS = 30
MAX_LABEL = 100
_REMIND_WEEKS = (0, ACCOUNTING_WEEKS - 4, ACCOUNTING_WEEKS, ACCOUNTING_WEEKS + 4)
"""Asked when the money is the initiator's; reminded four weeks before the day, on it, and after."""


def accounting_due(committed_on: date, *, later: date | None = None) -> date:
    """The last day to account: half a year after the money became the initiator's.

    ``later``: the last day that a change of the award granted, here and below.
    """
    due = moved(committed_on + timedelta(weeks=ACCOUNTING_WEEKS))
    return max(due, later) if later else due


def ex_officio_from(committed_on: date, *, weeks: int, later: date | None = None) -> date:
    """The first day on which an award is determined ex officio (Awb 4:47): its term has passed.

    Without weeks that is the day on which the money became the applicant's.
    """
    first = committed_on + timedelta(days=weeks * 7 + 1) if weeks else committed_on
    return max(first, later + timedelta(days=1)) if later else first


def ex_officio_by(
    committed_on: date, *, weeks: int, decide_weeks: int, later: date | None = None
) -> date:
    """The last day of the term within which that is done, as the award or its change says."""
    last = moved(committed_on + timedelta(weeks=weeks + decide_weeks))
    return max(last, moved(later + timedelta(weeks=decide_weeks))) if later else last


def determine_by(accounted_on: date, *, weeks: int) -> date:
    """The last day to determine the amount: the fund's own term, from the account (Awb 4:13)."""
    return last_day(accounted_on, weeks=weeks)


def asking_turn(committed_on: date, today: date, *, later: date | None = None) -> int:
    """How often an account has been asked for by today, counted from 0.

    A later last day moves the reminders with it.
    """
    due = accounting_due(committed_on)
    more = accounting_due(committed_on, later=later) - due
    past_weeks = [
        weeks
        for weeks in _REMIND_WEEKS
        if committed_on + timedelta(weeks=weeks) + (more if weeks else timedelta()) <= today
    ]
    return max(0, len(past_weeks) - 1)
