"""Rules with a name, to start from or to compare with: the recommended default, and plain 1:1.

They are JSON like any other rules; whoever takes one may change everything about it.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from voorjebuurt.rulebook.ruleset import SCHEMA
from voorjebuurt.rulebook.values.jsontext import Json

DONOR_CAP_CENTS = 10_000
PCT_OF_GOAL = 50
INDICATOR = "p_hh_120"
"""Households up to 120% of the social minimum: known for almost every buurt."""
_RATIO = "1/1"
_LIFT, _MOST = "5/4", "3/2"
_BANDS: Mapping[str, list[Json]] = {
    "p_hh_120": [{"at_least": 15, "factor": _LIFT}, {"at_least": 25, "factor": _MOST}],
    "ses_woa": [{"at_most": "-0.1", "factor": _LIFT}, {"at_most": "-0.3", "factor": _MOST}],
}
"""Nearly half of the buurten of a large city get the first factor, a fifth the second."""


class Preset(StrEnum):
    """The names under which these rules are chosen."""

    RECOMMENDED = "recommended"
    FIRST_COME = "first_come"


def recommended(ceiling_cents: int, *, indicator: str = INDICATOR) -> dict[str, Json]:
    """1:1 with a donor cap, factors 1 · 5/4 · 3/2, at most half of the goal, weighted waterfill.

    ``indicator`` is ``p_hh_120`` or ``ses_woa``. Raises ``KeyError`` for another.
    """
    return {
        "schema": SCHEMA,
        "ceiling_cents": ceiling_cents,
        "base": {"kind": "ratio", "ratio": _RATIO, "donor_cap_cents": DONOR_CAP_CENTS},
        "equity": {"indicator": indicator, "bands": [dict(band) for band in _BANDS[indicator]]},
        "caps": {"pct_of_goal": PCT_OF_GOAL},
        "divide": {"kind": "waterfill", "weights": "equity"},
    }


def first_come(ceiling_cents: int) -> dict[str, Json]:
    """A euro for every euro, to whoever is first, until the pot is empty."""
    return {
        "schema": SCHEMA,
        "ceiling_cents": ceiling_cents,
        "base": {"kind": "ratio", "ratio": _RATIO},
        "divide": {"kind": "arrival"},
    }


PRESETS: Mapping[Preset, Callable[[int], dict[str, Json]]] = {
    Preset.RECOMMENDED: recommended,
    Preset.FIRST_COME: first_come,
}
"""From a ceiling in cents to rules."""
