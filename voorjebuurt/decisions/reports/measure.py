"""By what a fund's money is measured: bands of an area's figure, also where its rules read none."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.matching.rehearsal.bands import DEFAULTS, Bands, bands_of
from voorjebuurt.places.figures import area_facts, population
from voorjebuurt.places.lineage import lineage
from voorjebuurt.rulebook.documents.stored import stored_ruleset
from voorjebuurt.rulebook.facts import Area
from voorjebuurt.rulebook.figures.factor import Figures


class Measure:
    """The bands of a fund, with the figures and names of the areas of its municipality now.

    Bands are those of the rules; of rules that read no areas, fifths of the residents by an
    indicator that is known.
    """

    def __init__(self, session: Session, *, municipality_id: UUID, rules: str) -> None:
        ruleset = stored_ruleset(rules)
        own_bands = bands_of(ruleset, None, {}, {})
        indicators = [own_bands.indicator] if own_bands.indicator else list(DEFAULTS)
        facts = area_facts(session, municipality_id=municipality_id, indicators=indicators)
        areas = {code: _area(fact) for code, fact in facts.items()}
        residents = population(session, municipality_id)
        counts = {code: number for code, number in residents.items() if number is not None}
        self.bands: Bands = own_bands if own_bands.bands else bands_of(ruleset, None, areas, counts)
        self._figures = Figures(areas, self.bands.indicator or "")
        places = lineage(session, municipality_id=municipality_id)
        self._names = {code: place.name for code, place in places.items()}

    def figure(self, code: str) -> Fraction | None:
        """The figure of an area as it counts now, or of the nearest one around it."""
        figure_and_source = self._figures.of(code)
        return None if figure_and_source is None else figure_and_source[0]

    def name(self, code: str) -> str:
        """What an area is called; its code when that is not known."""
        return self._names.get(code, code)


def _area(fact: Mapping[str, Any]) -> Area:
    values = {
        name: None if value is None else Fraction(value) for name, value in fact["values"].items()
    }
    return Area(fact.get("parent"), values)
