"""The equity factor of an application: by area, by verified group, never below 1."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from voorjebuurt.rulebook.clauses import Band, Equity
from voorjebuurt.rulebook.facts import Application, Area
from voorjebuurt.rulebook.values.numbers import compare

ONE = Fraction(1)

_Place = tuple[tuple[tuple[str, Fraction], ...], frozenset[str]]


@dataclass(frozen=True)
class AreaPart:
    """One area of an application: its figure, the area that figure is of, and its factor.

    ``figure`` and ``source`` are None when the figure is missing everywhere up the line.
    """

    code: str
    share: Fraction
    figure: Fraction | None
    source: str | None
    factor: Fraction


@dataclass(frozen=True)
class Factor:
    """The factor with what it was made of."""

    value: Fraction = ONE
    areas: tuple[AreaPart, ...] = ()
    by_area: Fraction = ONE
    group: str | None = None
    by_group: Fraction = ONE


class Figures:
    """An indicator's figures with the fall-back to parents; each area is looked up once."""

    def __init__(self, areas: Mapping[str, Area], indicator: str) -> None:
        self._areas, self._indicator = areas, indicator
        self._cache: dict[str, tuple[Fraction, str] | None] = {}

    def of(self, code: str) -> tuple[Fraction, str] | None:
        """The figure and the area it is of: this one, or the nearest of its parents."""
        path = []
        at: str | None = code
        result: tuple[Fraction, str] | None = None
        while at is not None and at in self._areas:
            if at in self._cache:
                result = self._cache[at]
                break
            path.append(at)
            figure = self._areas[at].values.get(self._indicator)
            if figure is not None:
                result = figure, at
                break
            at = self._areas[at].parent
        self._cache.update(dict.fromkeys(path, result))
        return result


def factors(
    equity: Equity | None, applications: tuple[Application, ...], areas: Mapping[str, Area]
) -> dict[str, Factor]:
    """The factor of every application, by its id."""
    if equity is None:
        return {application.id: Factor() for application in applications}
    figures = Figures(areas, equity.indicator or "")
    by_place: dict[_Place, Factor] = {}
    result = {}
    for application in applications:
        place = _place(application)
        if place not in by_place:
            by_place[place] = _factor(equity, application, figures)
        result[application.id] = by_place[place]
    return result


def _place(application: Application) -> _Place:
    """Everything that a factor depends on; many applications have it in common."""
    return tuple(sorted((application.area or {}).items())), application.groups


def _factor(equity: Equity, application: Application, figures: Figures) -> Factor:
    parts: tuple[AreaPart, ...] = ()
    if equity.indicator is not None and application.area is not None:
        parts = tuple(
            _area_part(equity.bands, code, share, figures.of(code))
            for code, share in sorted(application.area.items())
        )
    by_area = max(ONE, sum((part.share * part.factor for part in parts), Fraction(0)))
    group = _best_group(equity, application)
    by_group = equity.groups[group] if group is not None else ONE
    value = by_area * by_group if equity.combine == "product" else max(by_area, by_group)
    return Factor(value, parts, by_area, group, by_group)


def _area_part(
    bands: tuple[Band, ...], code: str, share: Fraction, source_figure: tuple[Fraction, str] | None
) -> AreaPart:
    if source_figure is None:
        return AreaPart(code, share, None, None, ONE)
    figure, source = source_figure
    return AreaPart(code, share, figure, source, best_band(bands, figure))


def best_band(bands: tuple[Band, ...], figure: Fraction) -> Fraction:
    """The highest factor of the bands that hold this figure; 1 when none does."""
    return max((band.factor for band in bands if _holds(band, figure)), default=ONE)


def _holds(band: Band, figure: Fraction) -> bool:
    side = compare(figure, band.bound)
    return side >= 0 if band.at_least else side <= 0


def _best_group(equity: Equity, application: Application) -> str | None:
    """The application's group with the highest factor; the lowest name of equal ones."""
    names = sorted(application.groups & equity.groups.keys())
    return max(names, key=lambda name: equity.groups[name], default=None)
