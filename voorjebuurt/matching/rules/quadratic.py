"""The base of quadratic funding: (Σ√t)² − Σt over the totals t of an application's donors.

Without a bound that needs only how many donors gave which total. With a pair bound M every pair
of donors i, j counts for 2·k·√(tᵢtⱼ), where k = M / (M + Σ √(tᵢtⱼ) over all applications that both
gave to). A pair that meets in one application only depends on its two totals, and those are few:
so such pairs go by histogram, and only pairs of donors who both gave to several applications are
looked at one by one. Results are fixed-point integers of ``ROOT_DIGITS`` decimals until the end.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from fractions import Fraction

from voorjebuurt.matching.rules.numbers import ROOT_SCALE, root

Totals = Mapping[str, int]
"""Cents per donor."""


def quadratic_bases(
    totals: Mapping[str, Totals], *, pair_bound_cents: int | None
) -> dict[str, Fraction]:
    """The base per application, in cents; refused applications belong in ``totals`` too."""
    if pair_bound_cents is None:
        roots = _Roots()
        return {key: unbounded_base(Counter(each.values()), roots) for key, each in totals.items()}
    return _Pairs(pair_bound_cents).bases(totals)


class _Roots(dict[int, int]):
    """Remembers roots: donors like the same round amounts."""

    def __missing__(self, value: int) -> int:
        self[value] = root(value)
        return self[value]


def unbounded_base(donors_by_total: Mapping[int, int], roots: _Roots | None = None) -> Fraction:
    """The base from how many donors gave which total; exactly 0 for one donor."""
    known = _Roots() if roots is None else roots
    if sum(donors_by_total.values()) < 2:
        return Fraction(0)
    root_sum = sum(count * known[total] for total, count in donors_by_total.items())
    plain_sum = sum(count * total for total, count in donors_by_total.items())
    return Fraction(root_sum * root_sum, ROOT_SCALE * ROOT_SCALE) - plain_sum


class _Pairs:
    """Sums over pairs of donors, each weakened by what the two raise together everywhere."""

    def __init__(self, bound_cents: int) -> None:
        self._bound = bound_cents * ROOT_SCALE
        self._roots = _Roots()
        self._alone: dict[int, int] = {}

    def bases(self, totals: Mapping[str, Totals]) -> dict[str, Fraction]:
        """2·Σ over pairs, per application."""
        gave_to = Counter(donor for each in totals.values() for donor in each)
        several = {donor for donor, count in gave_to.items() if count > 1}
        sums = defaultdict(int, self._meeting_several_times(totals, several))
        for key, each in totals.items():
            sums[key] += self._meeting_once(each, several)
        return {key: Fraction(2 * sums[key], ROOT_SCALE) for key in totals}

    def _weakened(self, pair_root: int, met_everywhere: int) -> int:
        return self._bound * pair_root // (self._bound + met_everywhere)

    def _alone_weakened(self, product: int) -> int:
        """A pair that meets nowhere else, by the product of its totals."""
        if product not in self._alone:
            pair_root = self._roots[product]
            self._alone[product] = self._weakened(pair_root, pair_root)
        return self._alone[product]

    def _meeting_once(self, totals: Totals, several: Collection[str]) -> int:
        """Pairs of which at least one gave to this application only."""
        once = Counter(total for donor, total in totals.items() if donor not in several)
        often = Counter(total for donor, total in totals.items() if donor in several)
        found = 0
        ordered = sorted(once.items())
        for index, (total, count) in enumerate(ordered):
            found += count * (count - 1) // 2 * self._alone_weakened(total * total)
            for other, others in ordered[index + 1 :]:
                found += count * others * self._alone_weakened(total * other)
            for other, others in often.items():
                found += count * others * self._alone_weakened(total * other)
        return found

    def _meeting_several_times(
        self, totals: Mapping[str, Totals], several: Collection[str]
    ) -> dict[str, int]:
        """Pairs of which both gave to several applications, one first donor at a time."""
        there = {
            key: sorted((donor, total) for donor, total in each.items() if donor in several)
            for key, each in totals.items()
        }
        places: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for key, donors in there.items():
            for position, (donor, _) in enumerate(donors):
                places[donor].append((key, position))
        sums: dict[str, int] = defaultdict(int)
        for at in places.values():
            self._add_pairs_of_one(at, there, sums)
        return sums

    def _add_pairs_of_one(
        self,
        at: list[tuple[str, int]],
        there: Mapping[str, list[tuple[str, int]]],
        sums: dict[str, int],
    ) -> None:
        met: dict[str, int] = defaultdict(int)
        pairs: list[tuple[str, str, int]] = []
        for key, position in at:
            donors = there[key]
            own = donors[position][1]
            for other, total in donors[position + 1 :]:
                pair_root = self._roots[own * total]
                met[other] += pair_root
                pairs.append((key, other, pair_root))
        for key, other, pair_root in pairs:
            sums[key] += self._weakened(pair_root, met[other])
