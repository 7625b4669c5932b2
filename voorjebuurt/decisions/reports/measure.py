"""By what a fund's money is measured: bands of an area's figure, also where its rules read none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.matching.rehearsal.bands import DEFAULTS, Bands, bands_of, fifths
from voorjebuurt.places.figures import area_facts, population
from voorjebuurt.places.lineage import lineage
from voorjebuurt.rulebook.documents.stored import stored_ruleset
from voorjebuurt.rulebook.facts import Area
from voorjebuurt.rulebook.figures.factor import Figures

_NO_BANDS = Bands(None, "none", (), 0)


@dataclass(frozen=True)
class Baseline:
    """Who live in each band of a municipality now: what its share of the money is held against.

    ``residents`` are by position of the band, ``unplaced`` those in neighbourhoods without a
    figure; both count only neighbourhoods of which the number is known. Of all ``areas`` (buurten)
    ``own`` have a figure themselves, ``around`` that of an area around them, and of ``uncounted``
    nobody knows how many live there.
    """

    residents: Sequence[int]
    unplaced: int
    areas: int
    own: int
    around: int
    uncounted: int

    @property
    def total(self) -> int:
        """All residents that are counted."""
        return sum(self.residents) + self.unplaced

    @property
    def without(self) -> int:
        """How many neighbourhoods have no figure, nor has any area around them."""
        return self.areas - self.own - self.around


class Measure:
    """The bands of a fund, with the figures and names of the areas of its municipality now.

    Bands are those of the rules; of rules that read no areas, or without rules, fifths of the
    residents by the first of ``measures`` that is known.
    """

    def __init__(
        self,
        session: Session,
        *,
        municipality_id: UUID,
        rules: str | None,
        measures: Sequence[str] = DEFAULTS,
    ) -> None:
        own_bands = _NO_BANDS if rules is None else bands_of(stored_ruleset(rules), None, {}, {})
        indicators = [own_bands.indicator] if own_bands.indicator else list(measures)
        facts = area_facts(session, municipality_id=municipality_id, indicators=indicators)
        areas = {code: _area(fact) for code, fact in facts.items()}
        self._residents = population(session, municipality_id)
        counts = {code: number for code, number in self._residents.items() if number is not None}
        self.bands: Bands = (
            own_bands
            if own_bands.bands
            else fifths(measures, _with_around(self._residents, areas), counts)
        )
        self._figures = Figures(areas, self.bands.indicator or "")
        places = lineage(session, municipality_id=municipality_id)
        self._names = {code: place.name for code, place in places.items()}

    def figure(self, code: str) -> Fraction | None:
        """The figure of an area as it counts now, or of the nearest one around it."""
        figure_and_source = self._figures.of(code)
        return None if figure_and_source is None else figure_and_source[0]

    def place(self, code: str) -> int | None:
        """The position of the band of an area; None where no figure is known."""
        return self.bands.place(self.figure(code))

    def name(self, code: str) -> str:
        """What an area is called; its code when that is not known."""
        return self._names.get(code, code)

    def baseline(self) -> Baseline:
        """The residents of each band, of the neighbourhoods that can be chosen now."""
        residents, rest = [0] * len(self.bands.bands), 0
        for code, number in self._residents.items():
            place = self.place(code)
            if place is None:
                rest += number or 0
            else:
                residents[place] += number or 0
        sources = [self._figures.of(code) for code in self._residents]
        is_own = [
            figure[1] == code
            for code, figure in zip(self._residents, sources, strict=True)
            if figure is not None
        ]
        return Baseline(
            residents=residents,
            unplaced=rest,
            areas=len(self._residents),
            own=sum(is_own),
            around=len(is_own) - sum(is_own),
            uncounted=sum(number is None for number in self._residents.values()),
        )


def _with_around(codes: Iterable[str], areas: Mapping[str, Area]) -> dict[str, Area]:
    """These areas and those around them: without those of other years, that nobody lives in now."""
    living_areas: dict[str, Area] = {}
    for code in codes:
        at: str | None = code
        while at is not None and at in areas and at not in living_areas:
            living_areas[at] = areas[at]
            at = areas[at].parent
    return living_areas


def _area(fact: Mapping[str, Any]) -> Area:
    values = {
        name: None if value is None else Fraction(value) for name, value in fact["values"].items()
    }
    return Area(fact.get("parent"), values)
