"""Whether an objection can be decided on now, and so: everything that the law wants first."""

from dataclasses import dataclass

from voorjebuurt.decisions.objections.rows import text_of
from voorjebuurt.decisions.rules.objections import OUTCOMES, ObjectionStatus
from voorjebuurt.decisions.rules.proceedings import Course, NoHearing
from voorjebuurt.kernel.errors import DomainError

_WAIVERS = {
    NoHearing.MANIFEST_INADMISSIBILITY: frozenset({ObjectionStatus.INADMISSIBLE}),
    NoHearing.MANIFEST_UNFOUNDEDNESS: frozenset({ObjectionStatus.REJECTED}),
    NoHearing.FULL_AGREEMENT: frozenset({ObjectionStatus.UPHELD}),
}
"""Of the grounds for no hearing that say an outcome: which (Awb 7:3)."""


@dataclass(frozen=True)
class Verdict:
    """The outcome and what is said for it."""

    outcome: ObjectionStatus
    reason: str
    deviation: str

    @classmethod
    def of(cls, outcome: str, reason: str, deviation: str) -> "Verdict":
        """Checked. Raises ``DomainError`` at ``outcome`` or ``reason``."""
        if outcome not in OUTCOMES:
            raise DomainError("outcome_unknown", field="outcome")
        text = text_of(reason, "reason", "reason_needed")
        return cls(ObjectionStatus(outcome), text, deviation.strip())


def refuse_unready(verdict: Verdict, course: Course, *, in_time: bool, follows: bool) -> None:
    """Raises ``DomainError`` for what is not done yet, or does not go with the outcome."""
    if course.open_question is not None:
        raise DomainError("question_waits")
    if not in_time:
        _refuse_late(verdict, course)
    if not course.heard:
        raise DomainError("hearing_missing")
    if course.hearing is None and course.waiver is not None:
        outcomes = _WAIVERS.get(NoHearing(course.waiver.detail), OUTCOMES)
        if verdict.outcome not in outcomes:
            raise DomainError("waiver_not_for_outcome", field="outcome")
    if course.committee and course.advice is None:
        raise DomainError("advice_missing")
    if course.committee and not follows and not verdict.deviation:
        raise DomainError("deviation_missing", field="deviation")


def _refuse_late(verdict: Verdict, course: Course) -> None:
    if course.excused is None:
        raise DomainError("excuse_unjudged")
    if not course.excused and verdict.outcome is not ObjectionStatus.INADMISSIBLE:
        raise DomainError("late_is_inadmissible", field="outcome")
