"""The clauses of a ruleset beside its base and its division: requirements, equity and caps.

Amounts are eurocents, numbers are exact.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

COMBINATIONS = ("max", "product")


class Field(StrEnum):
    """What a requirement may read: figures and facts of an application, never of a person."""

    DONORS = "donors"
    LOCAL_DONORS = "local_donors"
    CROWD_CENTS = "crowd_cents"
    CROWD_PCT = "crowd_pct"
    GOAL_CENTS = "goal_cents"
    THEME = "theme"
    GROUPS = "groups"
    FIRST_TIME = "first_time"


COMPARISONS = (">=", "<=", ">", "<", "==")
NUMERIC = frozenset(
    {Field.DONORS, Field.LOCAL_DONORS, Field.CROWD_CENTS, Field.CROWD_PCT, Field.GOAL_CENTS}
)
OPERATORS: dict[Field, tuple[str, ...]] = {
    **dict.fromkeys(NUMERIC, COMPARISONS),
    Field.THEME: ("in", "=="),
    Field.GROUPS: ("any",),
    Field.FIRST_TIME: ("==",),
}
GROWING = NUMERIC - {Field.GOAL_CENTS}
"""Fields that only rise while gifts come in, so that ``>=`` on them never turns false."""


@dataclass(frozen=True)
class Requirement:
    """``value`` is a Fraction, a set of texts (one for ``theme ==``) or a bool, by field."""

    field: Field
    op: str
    value: Fraction | frozenset[str] | bool
    reason: str

    @property
    def sentence(self) -> str:
        """The reason with a capital and one mark at its end, however it was written."""
        text = self.reason.strip()
        end = "" if text.endswith((".", "!", "?", "…")) else "."
        return f"{text[:1].upper()}{text[1:]}{end}"


@dataclass(frozen=True)
class Band:
    """Areas whose figure is at least (or at most) ``bound``, the bound included."""

    at_least: bool
    bound: Fraction
    factor: Fraction


@dataclass(frozen=True)
class Equity:
    """Factors for areas by an indicator, and for verified groups."""

    indicator: str | None
    bands: tuple[Band, ...]
    groups: dict[str, Fraction]
    combine: str


@dataclass(frozen=True)
class Caps:
    """Bounds on one application's claim."""

    project_cents: int | None = None
    pct_of_goal: Fraction | None = None
    to_gap: bool = False
