"""The facts of a closing after validation. Amounts are eurocents, instants nanoseconds.

Nothing here tells who somebody is: a donor is an opaque key, with amounts and an area.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


class Gift(NamedTuple):
    """One contribution. ``matchable`` is false for initiators, their board and the funder."""

    donor: str
    amount_cents: int
    area: str | None = None
    matchable: bool = True
    paid_at: int | None = None


@dataclass(frozen=True)
class Application:
    """What is known of one application, besides its gifts."""

    id: str
    received_at: int
    goal_cents: int
    area: Mapping[str, Fraction] | None = None
    groups: frozenset[str] = frozenset()
    theme: str | None = None
    first_time: bool = False
    score: Fraction = Fraction(0)


@dataclass(frozen=True)
class Area:
    """An area's figures by indicator; ``parent`` is where a missing one is looked up."""

    parent: str | None
    values: Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Facts:
    """Applications with their gifts (in the order they were given), and areas by code."""

    applications: tuple[Application, ...]
    gifts: Mapping[str, tuple[Gift, ...]]
    areas: Mapping[str, Area]
    lottery_seed: str | None = None
