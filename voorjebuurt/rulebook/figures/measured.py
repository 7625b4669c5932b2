"""A closing whose gifts have been added up: everything that deciding needs, and no single gift."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from voorjebuurt.rulebook.facts import Application, Area
from voorjebuurt.rulebook.figures.tally import Measures


@dataclass(frozen=True)
class Interval:
    """A value that is known to lie from ``low`` to ``high``, both included."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Whether the value itself is known."""
        return self.low == self.high

    @property
    def middle(self) -> Fraction:
        """A value in between."""
        return self.low if self.exact else (self.low + self.high) / 2

    def times(self, factor: Fraction) -> "Interval":
        """The product with a factor that is not negative."""
        return Interval(self.low * factor, self.high * factor)


class Estimates(Protocol):
    """Quadratic bases in cents that are cheap to enclose and dear to compute."""

    @property
    def bounds(self) -> Mapping[str, Interval]:
        """Every application's base, by its id."""

    def exact(self, keys: Collection[str]) -> Mapping[str, Fraction]:
        """The bases of these applications, as ``quadratic`` computes them."""


@dataclass(frozen=True)
class MeasuredFacts:
    """Applications with their figures, and areas by code.

    ``measures`` and ``quadratic`` go by the application's id; the latter counts only where the
    rules' base is quadratic.
    """

    applications: tuple[Application, ...]
    areas: Mapping[str, Area]
    measures: Mapping[str, Measures]
    quadratic: Mapping[str, Fraction] | Estimates = field(default_factory=dict)
    lottery_seed: str | None = None
