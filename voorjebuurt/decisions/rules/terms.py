"""The term for deciding on an application (Awb 4:13–4:15). Pure: days in, a day out.

The term is set by the fund, eight weeks unless it says otherwise (4:13), and counts from the day
after the receipt. It stands still from the day after the applicant was asked to complete the
application, until the day on which that was done, or until the term for it ended unused (4:15,
first paragraph, under a). It is lengthened once, with a reason, to a named day (4:14, third
paragraph). Its end is moved past a free day (Atw 1), unless it is longer than twelve weeks (Atw 4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from voorjebuurt.kernel.legal_days import LONG_TERM_DAYS, moved

COMPLETION_DAYS = (7, 56)
"""The shortest and the longest term that an applicant gets to complete an application."""
LEAVE_ASIDE_WEEKS = 4
"""Within so many weeks after the completion, or the end of its term, it must be announced that an
incomplete application is not handled (Awb 4:5, fourth paragraph)."""
EXTENSION_DAYS_MAX = 91
"""An extension ends within thirteen weeks: as short as possible, yet past a campaign's end."""

DAYS_BEFORE_END = 3
"""A live fund's award is sent at least so many days before the campaign's last day: only then do
gifts still come in that can be matched."""


def aim_before(decide_by: date, *, live: bool, last_day: date | None) -> date | None:
    """The day to aim at where that is before the last day of the law: in a live fund that still
    runs, some days before the campaign ends.
    """
    aim = award_by(decide_by, live=live, last_day=last_day)
    return aim if aim < decide_by else None


def award_by(decide_by: date, *, live: bool, last_day: date | None) -> date:
    """The day by which an application should be decided on: its term, and in a live fund some days
    before the campaign ends, whichever is first.
    """
    if not live or last_day is None:
        return decide_by
    return min(decide_by, last_day - timedelta(days=DAYS_BEFORE_END))


class TermEventKind(StrEnum):
    """What stops, moves or ends the term."""

    COMPLETION_ASKED = "completion_asked"
    COMPLETED = "completed"
    COMPLETION_EXPIRED = "completion_expired"
    EXTENDED = "extended"
    DECIDED = "decided"
    REOPENED = "reopened"


@dataclass(frozen=True)
class TermFact:
    """One such event on its day; ``until`` is the last day that it names."""

    kind: TermEventKind
    on: date
    until: date | None = None


@dataclass(frozen=True)
class Term:
    """How a term stands. ``end`` is the last day to decide on.

    While ``complete_by`` is set the clock stands still, and ``end`` is what it becomes when nothing
    is completed by then. ``suspended_days`` were added so far. ``aside_by`` is the last day to
    announce that the application is not handled (Awb 4:5, fourth paragraph); None where nothing was
    asked, or not answered yet. ``lapsed``: the term to complete it ended unused.
    """

    end: date
    suspended_days: int = 0
    complete_by: date | None = None
    extended: bool = False
    decided_on: date | None = None
    aside_by: date | None = None
    lapsed: bool = False

    @property
    def kept(self) -> bool | None:
        """Whether the decision came in time; None while there is none."""
        return None if self.decided_on is None else self.decided_on <= self.end


def term_of(received_on: date, *, weeks: int, facts: Iterable[TermFact]) -> Term:
    """The term of an application received on a day, after these events in their order."""
    end = received_on + timedelta(weeks=weeks)
    days, question, is_extended, decided_on = 0, None, False, None
    aside_by, has_lapsed = None, False
    for fact in facts:
        match fact.kind:
            case TermEventKind.COMPLETION_ASKED:
                question, aside_by, has_lapsed = fact, None, False
            case TermEventKind.COMPLETED | TermEventKind.COMPLETION_EXPIRED:
                if question is not None:
                    more_days = suspended_days(question, fact)
                    has_lapsed = fact.kind is TermEventKind.COMPLETION_EXPIRED
                    aside_by = _aside_by(question, fact)
                    end, days, question = end + timedelta(days=more_days), days + more_days, None
            case TermEventKind.EXTENDED:
                if fact.until is not None:
                    end, is_extended = fact.until, True
            case TermEventKind.REOPENED:
                if fact.until is not None:
                    end, decided_on = fact.until, None
                    aside_by, has_lapsed = None, False
            case TermEventKind.DECIDED:
                decided_on = fact.on
            case _:
                assert_never(fact.kind)
    if question is not None and question.until is not None:
        end += question.until - question.on
    return Term(
        end=_end_on_working_day(end, weeks),
        suspended_days=days,
        complete_by=question.until if question is not None else None,
        extended=is_extended,
        decided_on=decided_on,
        aside_by=aside_by,
        lapsed=has_lapsed,
    )


def suspended_days(question: TermFact, answer: TermFact) -> int:
    """On how many days the clock stood still.

    From the day after the question up to, and not counting, the day of completion; of a term that
    ended unused, its last day counts too.
    """
    if question.until is None:
        return 0
    whole = (question.until - question.on).days
    if answer.kind is TermEventKind.COMPLETION_EXPIRED:
        return whole
    return max(0, min((answer.on - question.on).days - 1, whole))


def _aside_by(question: TermFact, answer: TermFact) -> date:
    """Four weeks after the completion, or after the last day of the term that ended unused."""
    start = answer.on
    if answer.kind is TermEventKind.COMPLETION_EXPIRED and question.until is not None:
        start = question.until
    return moved(start + timedelta(weeks=LEAVE_ASIDE_WEEKS))


def _end_on_working_day(end: date, weeks: int) -> date:
    return end if weeks * 7 > LONG_TERM_DAYS else moved(end)
