"""A ceiling that has been divided: awards, and how they came about."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Turn:
    """An application's place in a queue (from 1), and the cents that were left at its turn."""

    place: int
    left_cents: int


@dataclass(frozen=True)
class Division:
    """Awards in cents by id; ``turns`` in a queue, ``level`` where everybody shares."""

    awards: dict[str, int]
    turns: dict[str, Turn] = field(default_factory=dict)
    level: Fraction | None = None
