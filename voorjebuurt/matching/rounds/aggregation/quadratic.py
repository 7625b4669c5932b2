"""Bases of quadratic funding out of arrays.

Without a bound they are exact: donors like the same amounts, so there are few roots. With a pair
bound they are enclosed in arrays, and computed exactly by ``rules.quadratic`` where that matters.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np

from voorjebuurt.matching.rounds.aggregation.arrays import Whole, together
from voorjebuurt.matching.rounds.aggregation.donors import Totals
from voorjebuurt.matching.rounds.aggregation.pair_overlaps import correct
from voorjebuurt.matching.rounds.aggregation.pair_sums import Entries, PairSums
from voorjebuurt.rulebook.figures.measured import Interval
from voorjebuurt.rulebook.figures.quadratic import quadratic_bases

_FEW = 8
"""One in so many applications, or fewer, are computed one by one; else all of them together."""


def histograms(totals: Totals, count: int) -> list[dict[int, int]]:
    """How many donors gave which total, in cents, per application."""
    return [
        dict(zip(cents.tolist(), donors.tolist(), strict=True))
        for cents, donors in _gift_sizes(totals, count)
    ]


def _gift_sizes(totals: Totals, count: int) -> list[tuple[Whole, Whole]]:
    ends = np.searchsorted(totals.application, np.arange(1, count + 1))
    return [np.unique(cents, return_counts=True) for cents in np.split(totals.cents, ends)[:count]]


class PairEstimates:
    """The bases under a pair bound: ``rules.measured.Estimates``."""

    def __init__(self, keys: Sequence[str], totals: Totals, bound_cents: int) -> None:
        self._keys, self._totals, self._bound = keys, totals, bound_cents
        order, first = together((totals.donor, totals.donor_again), np.zeros_like(totals.cents))
        self._donor = np.empty_like(totals.cents)
        begins = np.zeros_like(totals.cents)
        begins[first] = 1
        self._donor[order] = np.cumsum(begins) - 1
        self._gave_to = np.bincount(self._donor)

    @cached_property
    def bounds(self) -> Mapping[str, Interval]:
        """Every base, enclosed."""
        totals, count = self._totals, len(self._keys)
        largest = int(totals.cents.max(initial=1))
        sums = PairSums(count, self._bound, largest)
        for application, (cents, donors) in enumerate(_gift_sizes(totals, count)):
            sums.add_as_if_once(application, cents, donors)
        several = self._gave_to[self._donor] > 1
        correct(
            sums,
            Entries.sorted(
                self._donor[several], totals.application[several], totals.cents[several]
            ),
        )
        return dict(zip(self._keys, sums.bases(), strict=True))

    def exact(self, keys: Collection[str]) -> Mapping[str, Fraction]:
        """The bases of these applications, to the last decimal."""
        if len(keys) * _FEW > len(self._keys):
            everything = self._compute(np.arange(len(self._totals.cents)))
            return {key: everything[key] for key in keys}
        return {key: self._compute(self._what_matters_to(key))[key] for key in keys}

    def _what_matters_to(self, key: str) -> Whole:
        """All totals there, and those of the same donors elsewhere."""
        here = self._totals.application == self._keys.index(key)
        gave_here = np.zeros(len(self._gave_to), np.bool_)
        gave_here[self._donor[here]] = True
        return np.flatnonzero(gave_here[self._donor])

    def _compute(self, which: Whole) -> dict[str, Fraction]:
        gifts: dict[str, dict[str, int]] = {key: {} for key in self._keys}
        entries = zip(
            self._totals.application[which].tolist(),
            self._donor[which].tolist(),
            self._totals.cents[which].tolist(),
            strict=True,
        )
        for application, donor, cents in entries:
            gifts[self._keys[application]][str(donor)] = cents
        return quadratic_bases(gifts, pair_bound_cents=self._bound)
