"""The way to a decision on an objection: what comes next, and where its term ends."""

from datetime import date, timedelta

import pytest

from voorjebuurt.decisions.rules.penalties import (
    determine_by,
    first_penalty_day,
    penalty_cents,
    penalty_days,
)
from voorjebuurt.decisions.rules.proceedings import (
    NextStep,
    StepFact,
    StepKind,
    course_of,
    decide_by_after,
)

UNTIL = date(2026, 7, 13)
"""The last day to object: the term to decide counts from the day after it."""
FIRST = date(2026, 8, 24)
BANDS = (2_300, 3_500, 4_500)


def fact(kind: str, on: str, until: str = "", detail: str = "") -> StepFact:
    last = date.fromisoformat(until) if until else None
    return StepFact(StepKind(kind), date.fromisoformat(on), last, detail)


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ([], FIRST),
        ([fact("committee", "2026-07-01", detail="c")], date(2026, 10, 5)),
        # Asked and answered before the term began to count: nothing stood still.
        ([fact("question", "2026-06-01", "2026-06-29"), fact("completion", "2026-06-10")], FIRST),
        # Asked before it, answered while it counts: only the days that count stood still.
        (
            [fact("question", "2026-07-01", "2026-07-29"), fact("completion", "2026-07-20")],
            date(2026, 8, 31),
        ),
        # 30 August is a Sunday.
        (
            [fact("question", "2026-07-20", "2026-08-03"), fact("completion", "2026-07-26")],
            date(2026, 8, 31),
        ),
        # Unused: its last day counts too.
        (
            [fact("question", "2026-07-20", "2026-08-03"), fact("lapse", "2026-08-03")],
            date(2026, 9, 8),
        ),
        # Still open: as if it is not answered.
        ([fact("question", "2026-07-20", "2026-08-03")], date(2026, 9, 8)),
        ([fact("extension", "2026-08-01")], date(2026, 10, 5)),
        ([fact("consent", "2026-08-01", "2026-11-04")], date(2026, 11, 4)),
        (
            [fact("committee", "2026-07-01", detail="c"), fact("extension", "2026-08-01")],
            date(2026, 11, 16),
        ),
    ],
)
def test_the_term_counts_by_law(facts: list[StepFact], end: date) -> None:
    """Awb 7:10, first to fourth paragraph; its end is moved past a free day (Atw 1)."""
    assert decide_by_after(FIRST, UNTIL, facts) == end


def test_what_comes_next_follows_from_what_was_done() -> None:
    steps = [
        (fact("question", "2026-07-01", "2026-07-29", "grounds"), NextStep.ANSWER),
        (fact("completion", "2026-07-10"), NextStep.EXCUSE),
        (fact("excuse", "2026-07-11", detail="yes"), NextStep.HEARING_PLAN),
        (fact("invitation", "2026-07-12", "2026-08-01"), NextStep.HEARING),
        (fact("committee", "2026-07-13", detail="c"), NextStep.HEARING),
        (fact("hearing", "2026-08-01", detail="w"), NextStep.ADVICE),
        (fact("advice", "2026-08-02"), NextStep.RULING),
    ]
    for count, (_, expected) in enumerate(steps, start=1):
        course = course_of([step for step, _ in steps[:count]])
        assert course.next_step(in_time=False) is expected


def test_no_hearing_for_a_reason_is_as_good_as_one() -> None:
    course = course_of([fact("waiver", "2026-07-12", detail="renunciation")])
    assert course.next_step(in_time=True) is NextStep.RULING


@pytest.mark.parametrize(
    ("days", "cents"),
    [(0, 0), (1, 2_300), (14, 32_200), (15, 35_700), (28, 81_200), (42, 144_200), (60, 144_200)],
)
def test_the_penalty_is_by_the_statutory_amounts(days: int, cents: int) -> None:
    """Awb 4:17, second paragraph: at most 42 days, so at most € 1.442."""
    assert penalty_cents(min(days, 42), BANDS) == cents


def test_the_penalty_runs_two_weeks_after_the_notice() -> None:
    """Awb 4:17, third paragraph; 4:18: determined within two weeks after its last day."""
    first = first_penalty_day(date(2026, 8, 24), date(2026, 9, 1))
    assert first == date(2026, 9, 16)
    assert first_penalty_day(date(2026, 9, 10), date(2026, 9, 1)) == date(2026, 9, 25)
    assert penalty_days(first, date(2026, 9, 15)) == 0
    assert penalty_days(first, first) == 0
    assert penalty_days(first, first + timedelta(days=3)) == 3
    assert penalty_days(first, date(2027, 9, 1)) == 42
    assert determine_by(first, None) == first + timedelta(days=55)
    assert determine_by(first, date(2026, 9, 20)) == date(2026, 10, 3)
