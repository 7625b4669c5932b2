"""Sums over pairs of donors in floats whose error is known.

A pair counts for w = M·r / (M + s), where r = √t·√u at this application and s = Σ r over all where
both gave. Every operation on floats is off by at most one part in 2⁵³ (IEEE 754). So r is off by 3
such parts, s over k applications by k + 2, and w by k + 7; ``_SLACK`` is more. To add up without
any further error, w is cut off to a whole number of tiny steps, and those are added as integers.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from voorjebuurt.matching.rounds.aggregation.arrays import Whole
from voorjebuurt.rulebook.figures.measured import Interval

Real = NDArray[np.float64]

_DIGITS = 53
"""Bits of a float."""
_HALF = 26
"""Steps are added in two halves of so many bits: 2²⁶ donors or 2²⁷ pairs at a time stay exact."""
_SLACK = 10
_AT_ONCE = 1_000_000
"""Pairs of totals in memory at once."""
_NONE = Interval(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Entries:
    """Totals of donors who gave to several applications, by donor and then by application.

    Donors are numbered from 0, those who gave to most applications first.
    """

    donor: Whole
    application: Whole
    root: Real

    @staticmethod
    def sorted(donor: Whole, application: Whole, cents: Whole) -> "Entries":
        """Sorted by donor and application, with donors renumbered by how often they gave."""
        _, donor_index, gave_to = np.unique(donor, return_inverse=True, return_counts=True)
        rank = np.empty_like(gave_to)
        rank[np.argsort(-gave_to, kind="stable")] = np.arange(len(gave_to))
        donor_rank = rank[donor_index]
        order = np.lexsort((application, donor_rank))
        return Entries(donor_rank[order], application[order], np.sqrt(cents[order].astype(float)))


class PairSums:
    """Σ w per application, in steps; ``bases`` tells between which bounds twice that lies."""

    def __init__(self, count: int, bound_cents: int, largest_cents: int) -> None:
        self._bound = float(bound_cents)
        self._fraction_bits = _DIGITS - 1 - min(bound_cents, largest_cents).bit_length()
        self._once = [0] * count
        self._pairs = [0] * count
        self._no_longer, self._again = _Steps(count), _Steps(count)
        self._most_meetings = 1

    def add_as_if_once(self, application: int, cents: Whole, donors: Whole) -> None:
        """All pairs of an application as if they met there only; ``donors`` gave ``cents``."""
        roots, number = np.sqrt(cents.astype(float)), donors.astype(float)
        total = 0
        rows = max(1, _AT_ONCE // max(1, len(roots)))
        for begin in range(0, len(roots), rows):
            part = slice(begin, begin + rows)
            pair_root = roots[part, None] * roots
            high, low = _halves(self._steps(pair_root, pair_root))
            total += _product(donors[part], high @ number, low @ number)
        with_oneself = roots * roots
        high, low = _halves(self._steps(with_oneself, with_oneself))
        self._once[application] = (total - _product(donors, high, low)) // 2
        everybody = int(donors.sum())
        self._pairs[application] = everybody * (everybody - 1) // 2

    def correct(self, application: Whole, root: Real, total_root: Real, most_meetings: int) -> None:
        """Count pairs no longer as if they met once, but as ``total_root`` together everywhere."""
        self._no_longer.add(application, self._steps(root, root))
        self._again.add(application, self._steps(root, total_root))
        self._most_meetings = max(self._most_meetings, most_meetings)

    def _steps(self, root: Real, total_root: Real) -> Real:
        """w in whole steps, cut off."""
        return np.floor(
            np.ldexp(self._bound * root / (self._bound + total_root), self._fraction_bits)
        )

    def bases(self) -> list[Interval]:
        """Twice the sum, per application, enclosed in whole steps."""
        step = Fraction(2) / Fraction(2) ** self._fraction_bits
        sums = []
        for all_once, pairs, no_longer, again in zip(
            self._once, self._pairs, self._no_longer.sums(), self._again.sums(), strict=True
        ):
            once, most = all_once - no_longer, self._most_meetings
            low = once - _error(once, 1) + again - _error(again, most)
            cut_off = once + again + 2 * pairs
            high = cut_off + _error(once + pairs, 1) + _error(again + pairs, most)
            sums.append(Interval(low * step, high * step) if pairs else _NONE)
        return sums


class _Steps:
    """Whole numbers of steps per application, added up without error."""

    def __init__(self, count: int) -> None:
        self._high, self._low = np.zeros(count, np.int64), np.zeros(count, np.int64)

    def add(self, application: Whole, steps: Real) -> None:
        """At most 2²⁷ at a time."""
        high, low = _halves(steps)
        count = len(self._high)
        self._high += np.bincount(application, high, count).astype(np.int64)
        self._low += np.bincount(application, low, count).astype(np.int64)

    def sums(self) -> list[int]:
        """Per application."""
        pairs = zip(self._high.tolist(), self._low.tolist(), strict=True)
        return [(high << _HALF) + low for high, low in pairs]


def _halves(steps: Real) -> tuple[Real, Real]:
    high = np.floor(np.ldexp(steps, -_HALF))
    return high, steps - np.ldexp(high, _HALF)


def _product(donors: Whole, high: Real, low: Real) -> int:
    """Σ donors × steps, in integers of any length."""
    each = zip(donors.tolist(), high.tolist(), low.tolist(), strict=True)
    return sum(count * ((int(more) << _HALF) + int(less)) for count, more, less in each)


def _error(steps: int, meetings: int) -> int:
    """The most that a sum of so many steps can be off, in whole steps."""
    return (steps * (meetings + _SLACK) >> _DIGITS) + 1
