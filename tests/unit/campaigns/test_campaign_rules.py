"""What a pitch must say before it may be submitted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support.certain import certain
from voorjebuurt.campaigns.rules import (
    CAMPAIGN_TRANSITIONS,
    PUBLIC,
    CampaignKind,
    CampaignStatus,
    PitchFacts,
    Step,
    deadline_fault,
    gaps,
    goal_fault,
    reaches_minimum,
    why_no_gifts,
)
from voorjebuurt.settings import CampaignSettings

BOUNDS = CampaignSettings(
    min_goal_cents=10_000,
    max_goal_cents=10_000_000,
    min_days=7,
    max_days=90,
    extension_days=14,
    extension_percent=50,
    picture_max_bytes=8_000_000,
    video_hosts=("vimeo.com",),
    draft_remind_days=14,
    draft_warn_days=53,
    draft_erase_days=60,
)
TODAY = date(2026, 11, 23)
WHOLE = PitchFacts(
    title="Bomen op het plein",
    summary="Het plein wordt groen.",
    for_whom="Voor de straat.",
    theme="green",
    has_place=True,
    kind=CampaignKind.ALL_OR_NOTHING,
    budget_cents=120_000,
    goal_cents=120_000,
    minimum_cents=100_000,
    deadline_on=TODAY + timedelta(days=30),
    story="Wij planten bomen.",
    worse_off="Niemand.",
    leftovers="Planten.",
    has_picture=False,
    picture_alt="",
)


def test_a_whole_pitch_has_no_gaps() -> None:
    assert gaps(WHOLE, BOUNDS, today=TODAY) == []


@pytest.mark.parametrize(
    ("change", "step", "name", "code"),
    [
        ({"title": ""}, Step.IDEA, "title", "title_missing"),
        ({"summary": ""}, Step.IDEA, "summary", "summary_missing"),
        ({"for_whom": ""}, Step.IDEA, "for_whom", "for_whom_missing"),
        ({"theme": None}, Step.IDEA, "theme", "theme_missing"),
        ({"has_place": False}, Step.PLACE, "neighbourhood", "neighbourhood_missing"),
        ({"budget_cents": 0}, Step.BUDGET, "lines", "budget_missing"),
        ({"goal_cents": None}, Step.BUDGET, "goal", "goal_missing"),
        ({"goal_cents": 9_999}, Step.BUDGET, "goal", "goal_too_low"),
        ({"goal_cents": 10_000_001}, Step.BUDGET, "goal", "goal_too_high"),
        ({"goal_cents": 120_001}, Step.BUDGET, "goal", "goal_above_budget"),
        ({"minimum_cents": None}, Step.BUDGET, "minimum", "minimum_missing"),
        ({"deadline_on": None}, Step.BUDGET, "deadline", "deadline_missing"),
        ({"deadline_on": TODAY}, Step.BUDGET, "deadline", "deadline_too_soon"),
        ({"story": ""}, Step.STORY, "story", "story_missing"),
        ({"has_picture": True}, Step.STORY, "picture_alt", "picture_alt_missing"),
        ({"worse_off": ""}, Step.STORY, "worse_off", "worse_off_missing"),
        ({"leftovers": ""}, Step.STORY, "leftovers", "leftovers_missing"),
    ],
)
def test_a_gap_names_its_step_and_field(
    change: dict[str, Any], step: Step, name: str, code: str
) -> None:
    (gap,) = gaps(replace(WHOLE, **change), BOUNDS, today=TODAY)

    assert (gap.step, gap.name, gap.code) == (step, name, code)


def test_gaps_come_in_the_order_of_the_steps() -> None:
    nothing = PitchFacts(
        "", "", "", None, False, CampaignKind.ALL_OR_NOTHING, 0, None, None, None, "", "", "",
        False, "",
    )  # fmt: skip

    steps = [gap.step for gap in gaps(nothing, BOUNDS, today=TODAY)]

    assert steps == sorted(steps, key=list(Step).index)
    assert set(steps) == set(Step)


def test_keep_what_comes_needs_no_minimum() -> None:
    pitch = replace(WHOLE, kind=CampaignKind.KEEP_WHAT_COMES, minimum_cents=None)

    assert gaps(pitch, BOUNDS, today=TODAY) == []


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        (-1, "deadline_too_soon"),
        (6, "deadline_too_soon"),
        (7, None),
        (90, None),
        (91, "deadline_too_late"),
    ],
)
def test_a_deadline_lies_within_its_bounds(days: int, fault: str | None) -> None:
    assert deadline_fault(TODAY + timedelta(days=days), BOUNDS, today=TODAY) == fault


def test_the_bounds_of_a_goal_count_themselves() -> None:
    assert goal_fault(10_000, 10_000, BOUNDS) is None
    assert goal_fault(10_000_000, 10_000_000, BOUNDS) is None


@pytest.mark.parametrize(
    ("kind", "crowd_cents", "success"),
    [
        (CampaignKind.ALL_OR_NOTHING, 99_999, False),
        (CampaignKind.ALL_OR_NOTHING, 100_000, True),
        (CampaignKind.KEEP_WHAT_COMES, 0, False),
        (CampaignKind.KEEP_WHAT_COMES, 1, True),
    ],
)
def test_when_a_campaign_succeeds(kind: CampaignKind, crowd_cents: int, success: bool) -> None:
    assert reaches_minimum(kind, crowd_cents=crowd_cents, minimum_cents=100_000) is success


def test_no_state_is_left_without_a_way_in() -> None:
    reachable = {to for _, to in CAMPAIGN_TRANSITIONS.table.values()}

    assert set(CampaignStatus) - reachable == {CampaignStatus.DRAFT}


def test_nothing_leads_back_from_the_public_to_the_draft() -> None:
    not_public = set(CampaignStatus) - PUBLIC
    for action, (origins, to) in CAMPAIGN_TRANSITIONS.table.items():
        assert not (origins & PUBLIC and to in not_public), action


OPEN = {"closes_at": datetime(2026, 12, 1, tzinfo=UTC), "stopped_at": None}


@pytest.mark.parametrize("status", sorted(set(CampaignStatus) - {CampaignStatus.LIVE}))
def test_only_a_live_campaign_takes_gifts(status: CampaignStatus) -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    assert why_no_gifts(CampaignStatus.LIVE, **OPEN, now=now) is None
    assert why_no_gifts(status, **OPEN, now=now) == "campaign_takes_no_pledges"


def test_a_live_campaign_takes_no_gifts_after_its_deadline_or_while_it_is_stopped() -> None:
    before, after = datetime(2026, 11, 30, tzinfo=UTC), OPEN["closes_at"]
    live = CampaignStatus.LIVE
    on_hold = {**OPEN, "stopped_at": before}
    assert why_no_gifts(live, **OPEN, now=certain(after)) == "campaign_deadline_passed"
    assert why_no_gifts(live, **on_hold, now=before) == "campaign_pledges_stopped"
    assert why_no_gifts(live, **on_hold, now=certain(after)) == "campaign_deadline_passed"
