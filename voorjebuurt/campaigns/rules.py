"""A campaign's states and what may follow what; what a pitch must say. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions
from voorjebuurt.settings import CampaignSettings


class CampaignKind(StrEnum):
    """What happens when the minimum is not reached."""

    ALL_OR_NOTHING = "all_or_nothing"
    KEEP_WHAT_COMES = "keep_what_comes"


class Theme(StrEnum):
    """What a campaign is about."""

    GREEN = "green"
    MEETING = "meeting"
    SPORT = "sport"
    CULTURE = "culture"
    SUSTAINABLE = "sustainable"
    CARE = "care"
    YOUTH = "youth"


class CampaignStatus(StrEnum):
    """``closing``: the deadline has passed, the last payments are still being waited for."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LIVE = "live"
    CLOSING = "closing"
    NEAR_MISS = "near_miss"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PAID_OUT = "paid_out"


class ReviewPart(StrEnum):
    """A part of a plan that a coach asks about."""

    TITLE = "title"
    SUMMARY = "summary"
    FOR_WHOM = "for_whom"
    GROUP_NAME = "group_name"
    NEIGHBOURHOOD = "neighbourhood"
    LOCATION = "location"
    BUDGET = "budget"
    GOAL = "goal_cents"
    MINIMUM = "minimum_cents"
    DEADLINE = "deadline_on"
    STORY = "story"
    WORSE_OFF = "worse_off"
    LEFTOVERS = "leftovers"
    NEEDS = "needs"
    PICTURE = "picture_key"
    PICTURE_ALT = "picture_alt"


S = CampaignStatus
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
PUBLIC = frozenset({S.LIVE, S.CLOSING, S.NEAR_MISS, S.SUCCEEDED, S.FAILED, S.CANCELLED, S.PAID_OUT})
REFUNDING = frozenset({S.FAILED, S.CANCELLED})
WON = frozenset({S.SUCCEEDED, S.PAID_OUT})

CAMPAIGN_TRANSITIONS: Transitions[CampaignStatus] = Transitions(
    {
        "submit": (EDITABLE, S.SUBMITTED),
        "send_back": ({S.SUBMITTED}, S.RETURNED),
        "reject": ({S.SUBMITTED}, S.REJECTED),
        "open": ({S.SUBMITTED}, S.LIVE),
        "withdraw": (EDITABLE | {S.SUBMITTED}, S.WITHDRAWN),
        "start_closing": ({S.LIVE}, S.CLOSING),
        "nearly_miss": ({S.CLOSING}, S.NEAR_MISS),
        # Match or a gift was taken away after the success, and nothing was paid out yet.
        "fall_back": ({S.SUCCEEDED}, S.NEAR_MISS),
        "succeed": ({S.CLOSING, S.NEAR_MISS}, S.SUCCEEDED),
        "fail": ({S.CLOSING, S.NEAR_MISS}, S.FAILED),
        "cancel": ({S.LIVE, S.CLOSING, S.NEAR_MISS}, S.CANCELLED),
        "pay_out": ({S.SUCCEEDED}, S.PAID_OUT),
        "reopen_payout": ({S.PAID_OUT}, S.SUCCEEDED),
    }
)


def why_no_gifts(
    status: CampaignStatus,
    *,
    closes_at: datetime | None,
    stopped_at: datetime | None,
    now: datetime,
    again_until: datetime | None = None,
) -> str | None:
    """The code of why a campaign takes no gifts at ``now``; None when it does.

    The deadline counts before the closing job has run. ``stopped_at``: staff stopped giving.
    ``again_until``: the end of the second turn that a near miss gives its neighbours.
    """
    if status is CampaignStatus.NEAR_MISS and again_until is not None:
        return None if now < again_until else "campaign_deadline_passed"
    if status is not CampaignStatus.LIVE or closes_at is None:
        return "campaign_takes_no_pledges"
    if now >= closes_at:
        return "campaign_deadline_passed"
    return None if stopped_at is None else "campaign_pledges_stopped"


def reaches_minimum(
    kind: CampaignKind, *, crowd_cents: int, minimum_cents: int, match_cents: int = 0
) -> bool:
    """Whether a campaign succeeds with this from the crowd and kept ready by funds, in eurocents.

    All-or-nothing needs its minimum from both together; keep-what-comes succeeds with anything at
    all from the crowd.
    """
    if kind is CampaignKind.KEEP_WHAT_COMES:
        return crowd_cents > 0
    return crowd_cents + match_cents >= minimum_cents


def comes_near(
    kind: CampaignKind, *, crowd_cents: int, match_cents: int, minimum_cents: int, percent: int
) -> bool:
    """Whether a campaign that misses its minimum comes so near that a smaller plan is thinkable."""
    if kind is not CampaignKind.ALL_OR_NOTHING or crowd_cents <= 0:
        return False
    reached_cents = crowd_cents + match_cents
    return percent * minimum_cents <= 100 * reached_cents < 100 * minimum_cents


def least_to_extend(minimum_cents: int, percent: int) -> int:
    """What must have been given before a last day may move: that part, rounded up to a cent."""
    return -(-minimum_cents * percent // 100)


class Step(StrEnum):
    """The steps of a pitch, in their order."""

    IDEA = "idea"
    PLACE = "place"
    BUDGET = "budget"
    STORY = "story"


MAX_LENGTHS = {
    "title": 80,
    "summary": 300,
    "for_whom": 300,
    "group_name": 80,
    "location": 160,
    "label": 100,
    "story": 12_000,
    "worse_off": 1_500,
    "leftovers": 600,
    "needs": 1_500,
    "picture_alt": 200,
    "note": 3_000,
}
"""Characters that fit in each text of a pitch and its review."""

MAX_BUDGET_LINES = 30


@dataclass(frozen=True)
class PitchFacts:
    """What a pitch says so far, for judging whether it may be submitted."""

    title: str
    summary: str
    for_whom: str
    theme: str | None
    has_place: bool
    kind: CampaignKind
    budget_cents: int
    goal_cents: int | None
    minimum_cents: int | None
    deadline_on: date | None
    story: str
    worse_off: str
    leftovers: str
    has_picture: bool
    picture_alt: str


@dataclass(frozen=True)
class Gap:
    """Something that keeps a pitch from being submitted: the step and field where to mend it.

    ``code`` and ``values`` name a text, as those of a ``DomainError`` do.
    """

    step: Step
    name: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def gaps(pitch: PitchFacts, bounds: CampaignSettings, *, today: date) -> list[Gap]:
    """Everything that is missing or wrong in a pitch, in the order of its steps."""
    return [
        *_gaps_of_texts(pitch),
        *_gaps_of_money(pitch, bounds),
        *_gap_of_deadline(pitch.deadline_on, bounds, today=today),
        *_gaps_of_story(pitch),
    ]


def deadline_fault(deadline_on: date, bounds: CampaignSettings, *, today: date) -> str | None:
    """The code of what is wrong with a last day, if anything.

    The day itself may still be used, so ``min_days`` is counted from today to that day.
    """
    days = (deadline_on - today).days
    if days < bounds.min_days:
        return "deadline_too_soon"
    return "deadline_too_late" if days > bounds.max_days else None


def _gaps_of_texts(pitch: PitchFacts) -> Iterator[Gap]:
    if not pitch.title:
        yield Gap(Step.IDEA, "title", "title_missing")
    if not pitch.summary:
        yield Gap(Step.IDEA, "summary", "summary_missing")
    if not pitch.for_whom:
        yield Gap(Step.IDEA, "for_whom", "for_whom_missing")
    if pitch.theme is None:
        yield Gap(Step.IDEA, "theme", "theme_missing")
    if not pitch.has_place:
        yield Gap(Step.PLACE, "neighbourhood", "neighbourhood_missing")


def _gaps_of_money(pitch: PitchFacts, bounds: CampaignSettings) -> Iterator[Gap]:
    if pitch.budget_cents == 0:
        yield Gap(Step.BUDGET, "lines", "budget_missing")
    fault = goal_fault(pitch.goal_cents, pitch.budget_cents, bounds)
    if fault is not None:
        yield Gap(Step.BUDGET, "goal", *fault)
    if pitch.kind is CampaignKind.ALL_OR_NOTHING and pitch.minimum_cents is None:
        yield Gap(Step.BUDGET, "minimum", "minimum_missing")


def goal_fault(
    goal_cents: int | None, budget_cents: int, bounds: CampaignSettings
) -> tuple[str, dict[str, object]] | None:
    """What is wrong with a goal, as a code and its values, if anything."""
    if goal_cents is None:
        return "goal_missing", {}
    if goal_cents < bounds.min_goal_cents:
        return "goal_too_low", {"minimum_cents": bounds.min_goal_cents}
    if goal_cents > bounds.max_goal_cents:
        return "goal_too_high", {"maximum_cents": bounds.max_goal_cents}
    if budget_cents and goal_cents > budget_cents:
        return "goal_above_budget", {"budget_cents": budget_cents}
    return None


def _gap_of_deadline(day: date | None, bounds: CampaignSettings, *, today: date) -> Iterator[Gap]:
    if day is None:
        yield Gap(Step.BUDGET, "deadline", "deadline_missing")
        return
    fault = deadline_fault(day, bounds, today=today)
    if fault is not None:
        days = {"min_days": bounds.min_days, "max_days": bounds.max_days}
        yield Gap(Step.BUDGET, "deadline", fault, days)


def _gaps_of_story(pitch: PitchFacts) -> Iterator[Gap]:
    if not pitch.story:
        yield Gap(Step.STORY, "story", "story_missing")
    if pitch.has_picture and not pitch.picture_alt:
        yield Gap(Step.STORY, "picture_alt", "picture_alt_missing")
    if not pitch.worse_off:
        yield Gap(Step.STORY, "worse_off", "worse_off_missing")
    if not pitch.leftovers:
        yield Gap(Step.STORY, "leftovers", "leftovers_missing")
