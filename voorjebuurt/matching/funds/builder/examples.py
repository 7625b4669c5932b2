"""Three made-up campaigns that show at once what rules do. Pure.

They differ in what equity is about: many small gifts where incomes are low, an average campaign,
and a few large gifts where incomes are high. The engine decides on them as on any other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from voorjebuurt.matching.funds.builder.reading import groups_of
from voorjebuurt.rulebook.evaluation import decide
from voorjebuurt.rulebook.parsing.facts import read_facts
from voorjebuurt.rulebook.ruleset import Ruleset

_BEGIN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
_SEED = "voorbeeld"


@dataclass(frozen=True)
class Example:
    """A campaign (eurocents): ``donors`` gave ``gift_cents`` each, all of them neighbours.

    ``reaches_groups``: it reaches every group that the rules name.
    """

    key: str
    goal_cents: int
    donors: int
    gift_cents: int
    theme: str
    first_time: bool
    score: int
    reaches_groups: bool
    figures: Mapping[str, str]

    @property
    def crowd_cents(self) -> int:
        """What the neighbours gave together."""
        return self.donors * self.gift_cents


def _figures(low_income: int, high_income: int, income: int, score: str) -> dict[str, str]:
    return {
        "p_hh_110": str(low_income - 3),
        "p_hh_120": str(low_income),
        "p_hh_li": str(low_income // 2),
        "p_hh_lkk": str(low_income // 2),
        "p_hh_hi": str(high_income),
        "g_ink_pi": str(income),
        "ses_woa": score,
    }


EXAMPLES = (
    Example(
        key="small_gifts",
        goal_cents=200_000,
        donors=80,
        gift_cents=1_500,
        theme="meeting",
        first_time=True,
        score=80,
        reaches_groups=True,
        figures=_figures(31, 6, 22, "-0.42"),
    ),
    Example(
        key="average",
        goal_cents=500_000,
        donors=84,
        gift_cents=5_000,
        theme="green",
        first_time=False,
        score=70,
        reaches_groups=False,
        figures=_figures(16, 18, 31, "-0.04"),
    ),
    Example(
        key="large_gifts",
        goal_cents=1_000_000,
        donors=30,
        gift_cents=25_000,
        theme="green",
        first_time=False,
        score=75,
        reaches_groups=False,
        figures=_figures(6, 44, 52, "0.41"),
    ),
)
"""In the order in which they applied."""


@dataclass(frozen=True)
class Effect:
    """What rules make of an example (eurocents).

    ``short_cents`` is what it gets when the fund holds half of what all three can claim together.
    """

    example: Example
    factor: Fraction
    claim_cents: int
    short_cents: int


@dataclass(frozen=True)
class Effects:
    """The three, and how much there is to divide where the fund is short (eurocents)."""

    rows: tuple[Effect, ...]
    short_pot_cents: int


def effects(rules: Ruleset, *, indicators: Collection[str]) -> Effects:
    """What these rules do with the examples."""
    facts = read_facts(_facts(rules), rules, indicators=indicators)
    ample = decide(replace(rules, ceiling_cents=10**12), facts)
    pot = max(sum(ample.claims.values()) // 2, 1)
    short = decide(replace(rules, ceiling_cents=pot), facts)
    rows = tuple(
        Effect(
            example=example,
            factor=ample.cases[example.key].factor.value,
            claim_cents=ample.claims[example.key],
            short_cents=short.awards[example.key],
        )
        for example in EXAMPLES
    )
    return Effects(rows, pot)


def _facts(rules: Ruleset) -> dict[str, Any]:
    """Facts with no more figures than the rules use: those are known to be allowed."""
    indicator = rules.equity.indicator if rules.equity else None
    areas = {
        example.key: {"values": {indicator: example.figures.get(indicator)} if indicator else {}}
        for example in EXAMPLES
    }
    applications = [_application(rules, example, number) for number, example in enumerate(EXAMPLES)]
    return {"applications": applications, "areas": areas, "lottery_seed": _SEED}


def _application(rules: Ruleset, example: Example, number: int) -> dict[str, Any]:
    return {
        "id": example.key,
        "received_at": (_BEGIN + timedelta(minutes=number)).isoformat(),
        "goal_cents": example.goal_cents,
        "area": {example.key: 1},
        "groups": groups_of(rules) if example.reaches_groups else [],
        "theme": example.theme,
        "first_time": example.first_time,
        "score": example.score,
        "contributions": [
            {
                "donor": f"{example.key}-{gift}",
                "amount_cents": example.gift_cents,
                "area": example.key,
                # Gifts of the three come in turn, so that a live fund runs short for all.
                "paid_at": (_BEGIN + timedelta(hours=gift, minutes=number)).isoformat(),
            }
            for gift in range(example.donors)
        ],
    }
