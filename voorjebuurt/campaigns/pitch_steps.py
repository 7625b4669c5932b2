"""What each step of a pitch carries from its form to its service. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voorjebuurt.campaigns.rules import CampaignKind, Theme


@dataclass(frozen=True)
class Idea:
    """The first step: what changes, and for whom."""

    title: str
    summary: str
    for_whom: str
    theme: Theme | None
    group_name: str


@dataclass(frozen=True)
class Line:
    """One thing the money is for (eurocents)."""

    label: str
    amount_cents: int


@dataclass(frozen=True)
class Budget:
    """The third step (eurocents). ``deadline_on`` is the last day on which people can give.

    ``may_extend``: donors can read that it may move once, by the terms of the site.
    """

    lines: Sequence[Line]
    goal_cents: int | None
    minimum_cents: int | None
    kind: CampaignKind
    deadline_on: date | None
    may_extend: bool = False


@dataclass(frozen=True)
class Story:
    """The fourth step; ``story`` is Markdown."""

    story: str
    worse_off: str
    leftovers: str
    needs: str
    picture_key: str | None
    picture_alt: str
