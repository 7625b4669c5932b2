"""What a changed plan may be, when reminders are due, and what may follow what. Pure."""

from datetime import UTC, datetime, timedelta

import pytest

from voorjebuurt.campaigns.rules import CampaignKind, comes_near
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.pledges.near_miss.rules import (
    NEAR_MISS_TRANSITIONS,
    Answer,
    Measure,
    NearMissState,
    Plan,
    new_minimum,
    plan_fault,
    reminder_due,
    why_no_answer,
)

MEASURE = Measure([90_000, 30_000], minimum_cents=100_000, reached_cents=85_000)
END = datetime(2026, 12, 13, 23, 0, tzinfo=UTC)
S = NearMissState


@pytest.mark.parametrize(
    ("crowd", "match", "near"),
    [
        (79_999, 0, False),
        (80_000, 0, True),
        (50_000, 30_000, True),
        (99_999, 0, True),
        (100_000, 0, False),
        (0, 90_000, False),
    ],
)
def test_from_eighty_up_to_the_minimum_itself(crowd: int, match: int, near: bool) -> None:
    kind = CampaignKind.ALL_OR_NOTHING
    is_near = comes_near(
        kind, crowd_cents=crowd, match_cents=match, minimum_cents=100_000, percent=80
    )
    assert is_near is near


def test_who_keeps_what_comes_misses_nothing() -> None:
    kind = CampaignKind.KEEP_WHAT_COMES
    assert not comes_near(kind, crowd_cents=90, match_cents=0, minimum_cents=100, percent=80)


@pytest.mark.parametrize(
    ("lines", "left_out", "asks_rest", "fault"),
    [
        ([85_000, 0], "Geen aarde.", False, None),
        ([90_000, 30_000], "", True, None),
        ([90_000, 20_000], "Minder aarde.", True, None),
        ([90_001, 0], "Geen aarde.", False, ("plan_line_raised", "lines")),
        ([-1, 0], "Geen aarde.", True, ("plan_line_raised", "lines")),
        ([0, 0], "Alles.", False, ("plan_empty", "lines")),
        ([90_000, 30_000], "", False, ("plan_unchanged", "lines")),
        ([80_000, 0], "  ", False, ("plan_left_out_missing", "left_out")),
        ([85_001, 0], "Geen aarde.", False, ("plan_out_of_reach", "asks_rest")),
    ],
)
def test_what_a_changed_plan_may_be(
    lines: list[int], left_out: str, asks_rest: bool, fault: tuple[str, str] | None
) -> None:
    assert plan_fault(Plan(lines, left_out, asks_rest), MEASURE) == fault


@pytest.mark.parametrize(
    ("costs", "minimum"), [(60_000, 60_000), (100_000, 100_000), (110_000, 100_000)]
)
def test_the_new_minimum_is_what_the_plan_costs_and_never_more_than_before(
    costs: int, minimum: int
) -> None:
    assert new_minimum(costs, 100_000) == minimum


@pytest.mark.parametrize(
    ("state", "before", "to", "code"),
    [
        (S.ASKING, None, Answer.KEEP, None),
        (S.ASKING, Answer.KEEP, Answer.BACK, None),
        (S.ASKING, Answer.BACK, Answer.KEEP, "answer_final"),
        (S.ASKING, Answer.BACK, Answer.BACK, None),
        (S.CLOSING, None, Answer.KEEP, "near_miss_over"),
        (S.REVIEW, None, Answer.BACK, "near_miss_over"),
    ],
)
def test_what_a_donor_may_still_choose(
    state: NearMissState, before: Answer | None, to: Answer, code: str | None
) -> None:
    now = END - timedelta(microseconds=1)
    assert why_no_answer(state, ends_at=END, now=now, before=before, to=to) == code
    assert why_no_answer(S.ASKING, ends_at=END, now=END, before=None, to=to) == "near_miss_over"


@pytest.mark.parametrize(
    ("before_end", "number"),
    [(7.01, None), (7, 1), (2.01, 1), (2, 2), (0.01, 2), (0, None)],
)
def test_reminders_come_seven_and_two_days_before_the_end(
    before_end: float, number: int | None
) -> None:
    now = END - timedelta(days=before_end)
    assert reminder_due(asked_at=END - timedelta(days=12), ends_at=END, now=now) == number


def test_who_was_asked_within_a_day_is_not_reminded_at_once() -> None:
    asked_at = END - timedelta(days=7, hours=2)
    assert reminder_due(asked_at=asked_at, ends_at=END, now=END - timedelta(days=7)) is None
    assert reminder_due(asked_at=asked_at, ends_at=END, now=END - timedelta(days=2)) == 2


ILLEGAL = {
    "send": "review asking closing over",
    "send_back": "planning asking closing over",
    "approve": "planning asking closing over",
    "close": "planning review closing over",
    "end": "over",
}


@pytest.mark.parametrize(
    ("action", "state"),
    [(action, state) for action, each in ILLEGAL.items() for state in each.split()],
)
def test_a_refused_transition_of_a_near_miss(action: str, state: str) -> None:
    with pytest.raises(TransitionError):
        NEAR_MISS_TRANSITIONS.after(NearMissState(state), action)
