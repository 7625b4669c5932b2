"""A ruleset of ``matchregel/1`` after validation. Amounts are eurocents, numbers are exact."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

SCHEMA = "matchregel/1"
MOMENTS = ("closing", "live")
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


@dataclass(frozen=True)
class Ratio:
    """ratio × Σ min(donor total, donor cap)."""

    ratio: Fraction
    donor_cap_cents: int | None = None


@dataclass(frozen=True)
class PerDonor:
    """amount × donors whose total is at least ``min_gift_cents``."""

    amount_cents: int
    min_gift_cents: int = 1


@dataclass(frozen=True)
class Threshold:
    """A fixed award (percentage of the goal, or cents) once crowd and donors suffice."""

    min_pct: Fraction | None
    min_donors: int | None
    award_pct: Fraction | None
    award_cents: int | None


@dataclass(frozen=True)
class TopUp:
    """The last percents of the goal, once the crowd has brought the rest."""

    last_pct: Fraction


@dataclass(frozen=True)
class Quadratic:
    """Quadratic funding, with a bound on what a pair of donors can raise together."""

    pair_bound_cents: int | None = None


Base = Ratio | PerDonor | Threshold | TopUp | Quadratic


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


@dataclass(frozen=True)
class Queue:
    """Who is first gets first: ``arrival``, ``tender`` or ``lottery``."""

    kind: str
    min_partial_cents: int | None = None


@dataclass(frozen=True)
class Proportional:
    """Everybody the same part of their claim."""


@dataclass(frozen=True)
class Waterfill:
    """Everybody up to the same level, or the level times their factor."""

    by_factor: bool


@dataclass(frozen=True)
class QuadraticPot:
    """In proportion to base × factor, up to the claim; with ``fill`` up to the cap."""

    fill: bool


Divide = Queue | Proportional | Waterfill | QuadraticPot


@dataclass(frozen=True)
class Ruleset:
    """Rules that validated, with the sha256 of their canonical JSON."""

    sha256: str
    ceiling_cents: int
    live: bool
    require: tuple[Requirement, ...]
    base: Base
    equity: Equity | None
    caps: Caps
    divide: Divide

    def __hash__(self) -> int:
        # Groups are a mapping, which has no hash; equal rules have equal canonical JSON.
        return hash(self.sha256)
