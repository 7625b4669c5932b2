"""The way to a decision on an objection (Awb 6:6, 7:2–7:13): its steps and its term. Pure.

The term counts from the day after the period for objecting ended, or after the receipt of one that
came too late; six weeks, twelve with an advisory committee (7:10, first paragraph). It stands still
from the day on which something missing was asked until the day on which it came, or until the term
for it ended unused (second paragraph). It is lengthened once by six weeks (third), and further with
the consent of who objected (fourth).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from voorjebuurt.decisions.rules.objections import COMMITTEE_WEEKS, extended_by_law
from voorjebuurt.kernel.legal_days import last_day, moved

ANSWER_DAYS = (7, 42)
"""The shortest and the longest term to mend what is missing in an objection (Awb 6:6)."""
HEARING_NOTICE_DAYS = 10
"""Papers may be handed in until ten days before the hearing (Awb 7:4)."""


class StepKind(StrEnum):
    """One kind of step; what ``until`` and ``detail`` hold stands at each.

    ``question``: something is missing (6:6), of which kind (``MissingPart``), by when;
    ``completion``: it came; ``lapse``: its term ended unused. ``committee``: an advisory committee
    by name (7:13); ``advice``: what it said. ``invitation``: a hearing on ``until``, at a place
    (7:2); ``waiver``: why there is none (7:3); ``hearing``: its report (7:7), and who led it.
    ``extension``: six weeks more; ``consent``: more time until a day. ``excuse``: whether being
    late is excused (6:11), ``yes`` or ``no``. ``costs``: help of a professional is asked to be
    paid (7:15).
    """

    QUESTION = "question"
    COMPLETION = "completion"
    LAPSE = "lapse"
    COMMITTEE = "committee"
    ADVICE = "advice"
    INVITATION = "invitation"
    WAIVER = "waiver"
    HEARING = "hearing"
    EXTENSION = "extension"
    CONSENT = "consent"
    EXCUSE = "excuse"
    COSTS = "costs"


_ABOUT_WHAT_IS_MISSING = frozenset({StepKind.QUESTION, StepKind.COMPLETION, StepKind.LAPSE})


class MissingPart(StrEnum):
    """What an objection can lack and must get time to mend (Awb 6:5, 6:6, 2:1)."""

    GROUNDS = "grounds"
    AUTHORITY = "authority"
    SIGNATURE = "signature"


class NoHearing(StrEnum):
    """Why nobody is heard (Awb 7:3, a to e)."""

    MANIFEST_INADMISSIBILITY = "manifest_inadmissibility"
    MANIFEST_UNFOUNDEDNESS = "manifest_unfoundedness"
    RENUNCIATION = "renunciation"
    SILENCE = "silence"
    FULL_AGREEMENT = "full_agreement"


class NextStep(StrEnum):
    """What an objection waits for now."""

    ANSWER = "answer"
    EXCUSE = "excuse"
    HEARING_PLAN = "hearing_plan"
    HEARING = "hearing"
    ADVICE = "advice"
    RULING = "ruling"


@dataclass(frozen=True)
class StepFact:
    """One step on its day."""

    kind: StepKind
    on: date
    until: date | None = None
    detail: str = ""
    body: str = ""
    place: str = ""


@dataclass(frozen=True)
class Course:
    """How far an objection is.

    ``open_question`` waits for an answer; ``excused`` is None until it was judged.
    """

    open_question: StepFact | None = None
    lapsed: bool = False
    excused: bool | None = None
    committee: str = ""
    advice: StepFact | None = None
    invitation: StepFact | None = None
    hearing: StepFact | None = None
    waiver: StepFact | None = None
    extended: bool = False
    costs_asked: bool = False
    facts: tuple[StepFact, ...] = field(default=(), repr=False)

    @property
    def heard(self) -> bool:
        """Whether somebody was heard, or a ground for none stands (Awb 7:2, 7:3)."""
        return self.hearing is not None or self.waiver is not None

    def hearing_ahead(self, today: date) -> date | None:
        """The day of the hearing that was planned for after ``today``, if nobody was heard yet."""
        day = self.invitation.until if self.invitation and not self.heard else None
        return day if day and day > today else None

    def next_step(self, *, in_time: bool) -> NextStep:
        """What is due first."""
        if self.open_question is not None:
            return NextStep.ANSWER
        if not in_time and self.excused is None:
            return NextStep.EXCUSE
        if not self.heard:
            return NextStep.HEARING if self.invitation else NextStep.HEARING_PLAN
        if self.committee and self.advice is None:
            return NextStep.ADVICE
        return NextStep.RULING


def course_of(facts: Iterable[StepFact]) -> Course:
    """The course after these steps in their order."""
    facts = tuple(facts)
    last: dict[StepKind, StepFact] = {}
    question, has_lapsed = None, False
    for fact in facts:
        last[fact.kind] = fact
        if fact.kind in _ABOUT_WHAT_IS_MISSING:
            question = fact if fact.kind is StepKind.QUESTION else None
            has_lapsed = fact.kind is StepKind.LAPSE
    excuse = last.get(StepKind.EXCUSE)
    committee = last.get(StepKind.COMMITTEE)
    return Course(
        open_question=question,
        lapsed=has_lapsed,
        excused=excuse.detail == "yes" if excuse else None,
        committee=committee.detail if committee else "",
        advice=last.get(StepKind.ADVICE),
        invitation=last.get(StepKind.INVITATION),
        hearing=last.get(StepKind.HEARING),
        waiver=last.get(StepKind.WAIVER),
        extended=StepKind.EXTENSION in last,
        costs_asked=StepKind.COSTS in last,
        facts=facts,
    )


def decide_by_after(first: date, clock_from: date, facts: Iterable[StepFact]) -> date:
    """The last day to decide (Awb 7:10) after these steps in their order.

    ``first`` is what it was at the receipt, ``clock_from`` the day after which the term counts.
    What is still asked counts as if it is not answered until its last day.
    """
    end, question, days = first, None, 0
    for fact in facts:
        match fact.kind:
            case StepKind.COMMITTEE:
                end = max(end, last_day(clock_from, weeks=COMMITTEE_WEEKS) + timedelta(days=days))
            case StepKind.QUESTION:
                question = fact
            case StepKind.COMPLETION | StepKind.LAPSE:
                if question is not None:
                    more = suspension_days(question, fact, clock_from)
                    end, days, question = end + timedelta(days=more), days + more, None
            case StepKind.EXTENSION:
                end = extended_by_law(end)
            case StepKind.CONSENT:
                end = max(end, fact.until or end)
            case (
                StepKind.ADVICE
                | StepKind.INVITATION
                | StepKind.WAIVER
                | StepKind.HEARING
                | StepKind.EXCUSE
                | StepKind.COSTS
            ):
                pass
            case _:
                assert_never(fact.kind)
    if question is not None and question.until is not None:
        lapse = StepFact(StepKind.LAPSE, question.until)
        end += timedelta(days=suspension_days(question, lapse, clock_from))
    return moved(end)


def suspension_days(question: StepFact, answer: StepFact, clock_from: date) -> int:
    """On how many days of the term the clock stood still (Awb 7:10, second paragraph).

    From the day of the question until the day of the answer; of a term that ended unused, its last
    day counts too. Days before the term began to count are none.
    """
    end = answer.on
    if question.until is not None:
        lapsed_on = question.until + timedelta(days=1)
        end = lapsed_on if answer.kind is StepKind.LAPSE else min(end, lapsed_on)
    start = max(question.on, clock_from + timedelta(days=1))
    return max(0, (end - start).days)
