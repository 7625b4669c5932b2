"""Bands of deprivation: where to cut an area's figure, and which end is worst off. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from voorjebuurt.rulebook.clauses import Equity
from voorjebuurt.rulebook.facts import Area
from voorjebuurt.rulebook.figures.factor import Figures
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values.numbers import compare

HIGH_IS_DEPRIVED: Mapping[str, bool] = {
    "p_hh_120": True,
    "p_hh_110": True,
    "p_hh_li": True,
    "p_hh_lkk": True,
    "p_hh_hi": False,
    "g_ink_pi": False,
    "ses_woa": False,
}
"""Which end of an indicator is worst off; of others, the end to which the rules give most."""
DEFAULTS = ("p_hh_120", "ses_woa")
"""What to look at when neither of the rules goes by a figure."""
_PARTS = 5
_LOWEST_PARTS = 2


class Boundary(NamedTuple):
    """Between two bands. ``after``: the bound itself still belongs to what lies below."""

    bound: Fraction
    after: bool

    def is_below(self, figure: Fraction) -> bool:
        """Whether a figure lies above this boundary."""
        side = compare(figure, self.bound)
        return side > 0 if self.after else side >= 0


@dataclass(frozen=True)
class Band:
    """Figures between two boundaries (None: no end there).

    ``factor`` is what the rules give here.
    """

    lower: Boundary | None
    upper: Boundary | None
    factor: Fraction | None


@dataclass(frozen=True)
class Bands:
    """``bands`` go from worst off to best off; the first ``lowest`` are those to look at.

    ``source`` says whose they are: ``rules``, ``against``, ``fifths`` of the neighbourhoods, or
    ``none`` when no figure is known.
    """

    indicator: str | None
    source: str
    bands: tuple[Band, ...]
    lowest: int

    def place(self, figure: Fraction | None) -> int | None:
        """The position of the band that holds a figure; None for a figure that is missing."""
        if figure is None:
            return None
        return next((i for i, band in enumerate(self.bands) if _holds(band, figure)), None)


def _holds(band: Band, figure: Fraction) -> bool:
    above = band.lower is None or band.lower.is_below(figure)
    return above and (band.upper is None or not band.upper.is_below(figure))


def bands_of(
    rules: Ruleset,
    against: Ruleset | None,
    areas: Mapping[str, Area],
    residents: Mapping[str, int],
) -> Bands:
    """The rules' own bands; else those of the rules they replace; else five of equal size."""
    for source, ruleset in (("rules", rules), ("against", against)):
        equity = ruleset.equity if ruleset is not None else None
        if equity is not None and equity.indicator is not None and equity.bands:
            return _own(equity, equity.indicator, source)
    return _fifths(_indicator(rules, against, areas), areas, residents)


def fifths(
    measures: Sequence[str], areas: Mapping[str, Area], residents: Mapping[str, int]
) -> Bands:
    """Five of equal size by the first of these indicators that is known, whatever rules say."""
    return _fifths(next((key for key in measures if _is_known(key, areas)), None), areas, residents)


def leaves(areas: Mapping[str, Area]) -> list[str]:
    """The areas that are no other area's parent: together they are everybody, once."""
    parents = {area.parent for area in areas.values()}
    return [code for code in sorted(areas) if code not in parents]


def _own(equity: Equity, indicator: str, source: str) -> Bands:
    cuts = sorted({Boundary(band.bound, not band.at_least) for band in equity.bands})
    places = {boundary: index for index, boundary in enumerate(cuts)}
    factors = []
    for interval in range(len(cuts) + 1):
        factor = Fraction(1)
        for band in equity.bands:
            index = places[Boundary(band.bound, not band.at_least)]
            if (interval > index) == band.at_least:
                factor = max(factor, band.factor)
        factors.append(factor)
    high = HIGH_IS_DEPRIVED.get(indicator, factors[-1] >= factors[0])
    bands = _between(cuts, factors, high=high)
    lifted_indexes = [index for index, band in enumerate(bands) if band.factor != 1]
    return Bands(indicator, source, bands, _lowest(lifted_indexes, len(bands)))


def _lowest(indexes: list[int], number: int) -> int:
    """How many bands from the worst-off end the rules lift without a gap; at least one."""
    count = 0
    while count in indexes and count < number - 1:
        count += 1
    return max(1, count)


def _between(
    cuts: list[Boundary], factors: Iterable[Fraction | None], *, high: bool
) -> tuple[Band, ...]:
    ends = [None, *cuts, None]
    bands = [
        Band(lower, upper, factor)
        for lower, upper, factor in zip(ends[:-1], ends[1:], factors, strict=True)
    ]
    return tuple(reversed(bands) if high else bands)


def _indicator(rules: Ruleset, against: Ruleset | None, areas: Mapping[str, Area]) -> str | None:
    candidates = [
        ruleset.equity.indicator
        for ruleset in (rules, against)
        if ruleset is not None
        and ruleset.equity is not None
        and ruleset.equity.indicator is not None
    ]
    return next((key for key in (*candidates, *DEFAULTS) if _is_known(key, areas)), None)


def _is_known(indicator: str, areas: Mapping[str, Area]) -> bool:
    return any(area.values.get(indicator) is not None for area in areas.values())


def _fifths(
    indicator: str | None, areas: Mapping[str, Area], residents: Mapping[str, int]
) -> Bands:
    """Bands with a fifth of the residents each, or of the neighbourhoods where those lack."""
    if indicator is None:
        return Bands(None, "none", (), 0)
    figures = Figures(areas, indicator)
    codes = leaves(areas)
    has_residents = all(code in residents for code in codes)
    weighted_figures = sorted(
        (figure_and_source[0], residents[code] if has_residents else 1)
        for code in codes
        if (figure_and_source := figures.of(code)) is not None
    )
    total, weight_before, part, cuts = sum(weight for _, weight in weighted_figures), 0, 0, set()
    for figure, weight in weighted_figures:
        if weight_before and weight_before * _PARTS // total > part:
            part = weight_before * _PARTS // total
            cuts.add(Boundary(figure, after=False))
        weight_before += weight
    cuts_in_order = sorted(cuts)
    none: list[Fraction | None] = [None] * (len(cuts_in_order) + 1)
    bands = _between(cuts_in_order, none, high=HIGH_IS_DEPRIVED.get(indicator, True))
    return Bands(indicator, "fifths", bands, min(_LOWEST_PARTS, max(1, len(bands) - 1)))
