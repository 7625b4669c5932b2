"""The base of quadratic funding: (Σ√t)² − Σt over the totals t of an application's donors.

Without a bound that needs only how many donors gave which total. With a pair bound M every pair
of donors i, j counts for 2·k·√(tᵢtⱼ), where k = M / (M + Σ √(tᵢtⱼ) over all applications that both
gave to). A pair that meets in one application only depends on its two totals, and those are few:
so all pairs go by histogram, as if they met once, and only pairs who meet again are corrected one
by one. Results are fixed-point integers of ``ROOT_DIGITS`` decimals until the end.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from voorjebuurt.rulebook.values.numbers import ROOT_SCALE, root

_CACHE_SIZE = 300_000
"""Roots and pairs that are remembered: some 100 MB. Large rounds have millions."""

Totals = Mapping[str, int]
"""Cents per donor."""


@dataclass(frozen=True)
class Pairing:
    """Donors count in pairs; together a pair raises at most ``bound_cents``, everywhere."""

    bound_cents: int | None = None


def quadratic_bases(
    totals: Mapping[str, Totals], *, pair_bound_cents: int | None
) -> dict[str, Fraction]:
    """The base per application, in cents; refused applications belong in ``totals`` too."""
    if pair_bound_cents is None:
        return unbounded_bases({key: Counter(each.values()) for key, each in totals.items()})
    return _Pairs(pair_bound_cents).bases(totals)


def unbounded_bases(donors_by_total: Mapping[str, Mapping[int, int]]) -> dict[str, Fraction]:
    """The base per application from how many donors gave which total there, without a bound."""
    roots = _Roots()
    return {key: unbounded_base(each, roots) for key, each in donors_by_total.items()}


class _Roots(dict[int, int]):
    """Remembers roots: donors like the same round amounts."""

    def __missing__(self, value: int) -> int:
        self[value] = root(value)
        return self[value]


def unbounded_base(donors_by_total: Mapping[int, int], roots: _Roots | None = None) -> Fraction:
    """The base from how many donors gave which total; exactly 0 for one donor."""
    cache = _Roots() if roots is None else roots
    if sum(donors_by_total.values()) < 2:
        return Fraction(0)
    root_sum = sum(count * cache[total] for total, count in donors_by_total.items())
    plain_sum = sum(count * total for total, count in donors_by_total.items())
    return Fraction(root_sum * root_sum, ROOT_SCALE * ROOT_SCALE) - plain_sum


class _Pairs:
    """Sums over pairs of donors, each weakened by what the two raise together everywhere."""

    def __init__(self, bound_cents: int) -> None:
        self._bound = bound_cents * ROOT_SCALE
        self._root = lru_cache(_CACHE_SIZE)(root)
        self._single = lru_cache(_CACHE_SIZE)(self._single_anew)

    def bases(self, totals: Mapping[str, Totals]) -> dict[str, Fraction]:
        """2·Σ over pairs, per application."""
        sums = {key: self._all_pairs(Counter(each.values())) for key, each in totals.items()}
        self._correct_repeated_pairs(totals, sums)
        return {key: Fraction(2 * sums[key], ROOT_SCALE) for key in totals}

    def _bounded(self, pair_root: int, root_sum: int) -> int:
        return self._bound * pair_root // (self._bound + root_sum)

    def _single_anew(self, product: int) -> int:
        """A pair that meets nowhere else, by the product of its totals."""
        pair_root = self._root(product)
        return self._bounded(pair_root, pair_root)

    def _all_pairs(self, donors_by_total: Mapping[int, int]) -> int:
        """All pairs of an application, as if each met there only."""
        result = 0
        histogram = sorted(donors_by_total.items())
        for index, (total, count) in enumerate(histogram):
            result += count * (count - 1) // 2 * self._single(total * total)
            for other, others in histogram[index + 1 :]:
                result += count * others * self._single(total * other)
        return result

    def _correct_repeated_pairs(self, totals: Mapping[str, Totals], sums: dict[str, int]) -> None:
        """Only donors who gave to several applications can; one first donor at a time."""
        gave_to = Counter(donor for each in totals.values() for donor in each)
        repeaters = {
            key: sorted(donor for donor in each if gave_to[donor] > 1)
            for key, each in totals.items()
        }
        places: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for key, donors in repeaters.items():
            for position, donor in enumerate(donors):
                places[donor].append((key, position))
        for donor, at in places.items():
            later = {key: repeaters[key][position + 1 :] for key, position in at}
            times = Counter(other for others in later.values() for other in others)
            partners = {other for other, count in times.items() if count > 1}
            if partners:
                self._correct(donor, partners, later.keys(), totals, sums)

    def _correct(
        self,
        donor: str,
        partners: AbstractSet[str],
        keys: Iterable[str],
        totals: Mapping[str, Totals],
        sums: dict[str, int],
    ) -> None:
        root_sums: dict[str, int] = defaultdict(int)
        pairs: list[tuple[str, str, int]] = []
        for key in keys:
            own = totals[key][donor]
            for other in partners & totals[key].keys():
                product = own * totals[key][other]
                root_sums[other] += self._root(product)
                pairs.append((key, other, product))
        for key, other, product in pairs:
            pair = self._bounded(self._root(product), root_sums[other])
            sums[key] += pair - self._single(product)
