"""Figures of areas as they count now: for matching rules, and for telling where they came from.

A figure is taken from the newest year that has it. Of two imports of one year that tell the same
figure, the one finished last counts, also where it says that there is none. An import that was
rolled back tells nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from voorjebuurt.places.lineage import Area, lineage
from voorjebuurt.places.models import AreaFigure, PlaceImport
from voorjebuurt.places.queries import buurten

RESIDENTS = "a_inw"
"""The number of residents, as the key figures (KWB) call it."""


class Figure(NamedTuple):
    """One area's own figure, with the year it is of and the import that brought it."""

    value: Decimal
    vintage: int
    import_id: UUID


@dataclass(frozen=True)
class UsedFigure:
    """The figure that counts for an area: its own, or that of the nearest area around it.

    ``of_parent`` says that it fell back; ``area_code`` and ``area_kind`` (buurt, wijk or
    gemeente) say to where. ``vintage`` is the year that the figure is of.
    """

    code: str
    indicator: str
    value: Decimal
    area_code: str
    area_name: str
    area_kind: str
    of_parent: bool
    vintage: int
    import_id: UUID


class ImportUsed(NamedTuple):
    """An official file behind figures; ``sha256`` is of its bytes."""

    id: UUID
    kind: str
    vintage: int
    source: str
    filename: str
    sha256: str
    finished_at: datetime


_per_year = (
    select(
        AreaFigure.area_code,
        AreaFigure.indicator,
        AreaFigure.value,
        PlaceImport.vintage,
        AreaFigure.import_id,
    )
    .join(PlaceImport, PlaceImport.id == AreaFigure.import_id)
    .where(PlaceImport.status == "done", PlaceImport.rolled_back_at.is_(None))
    .ext(distinct_on(AreaFigure.area_code, AreaFigure.indicator, PlaceImport.vintage))
    .order_by(
        AreaFigure.area_code,
        AreaFigure.indicator,
        PlaceImport.vintage.desc(),
        PlaceImport.finished_at.desc(),
        PlaceImport.id.desc(),
    )
)


def own_figures(
    session: Session, codes: Collection[str], indicators: Collection[str]
) -> dict[tuple[str, str], Figure]:
    """By code and indicator: what each area has itself. What it has not is not in it."""
    year = _per_year.where(
        AreaFigure.area_code.in_(codes), AreaFigure.indicator.in_(indicators)
    ).subquery()
    newest = (
        select(year)
        .where(year.c.value.is_not(None))
        .ext(distinct_on(year.c.area_code, year.c.indicator))
        .order_by(year.c.area_code, year.c.indicator, year.c.vintage.desc())
    )
    return {
        (row.area_code, row.indicator): Figure(row.value, row.vintage, row.import_id)
        for row in session.execute(newest)
    }


def area_facts(
    session: Session,
    *,
    codes: Collection[str] | None = None,
    municipality_id: UUID | None = None,
    indicators: Collection[str],
) -> dict[str, dict[str, Any]]:
    """The ``areas`` of a matching rule's facts: ``{code: {"parent": …, "values": {…}}}``.

    Of these codes, or of all areas of a municipality, of whatever year; the areas around them are
    in it too. A value is a ``Decimal``, or None where the area has no figure of its own.
    """
    areas = lineage(session, codes=codes, municipality_id=municipality_id)
    figures = own_figures(session, areas.keys(), indicators)
    facts: dict[str, dict[str, Any]] = {}
    for code, area in areas.items():
        own = {name: figures.get((code, name)) for name in indicators}
        facts[code] = {"values": {name: each and each.value for name, each in own.items()}}
        if area.parent is not None:
            facts[code]["parent"] = area.parent
    return facts


def figures_used(
    session: Session, *, codes: Collection[str], indicator: str
) -> dict[str, UsedFigure | None]:
    """For each code the figure that counts; None when no area around it has one either."""
    areas = lineage(session, codes=codes)
    figures = own_figures(session, areas.keys(), [indicator])
    return {code: _figure_that_counts(code, indicator, areas, figures) for code in codes}


def figure_used(session: Session, *, code: str, indicator: str) -> UsedFigure | None:
    """See ``figures_used``."""
    return figures_used(session, codes=[code], indicator=indicator)[code]


def _figure_that_counts(
    code: str,
    indicator: str,
    areas: Mapping[str, Area],
    figures: Mapping[tuple[str, str], Figure],
) -> UsedFigure | None:
    area = areas.get(code)
    while area is not None:
        if figure := figures.get((area.code, indicator)):
            return UsedFigure(
                code=code,
                indicator=indicator,
                value=figure.value,
                area_code=area.code,
                area_name=area.name,
                area_kind=area.kind,
                of_parent=area.code != code,
                vintage=figure.vintage,
                import_id=figure.import_id,
            )
        area = areas.get(area.parent) if area.parent else None
    return None


def population(session: Session, municipality_id: UUID) -> dict[str, int | None]:
    """How many people live in each buurt that can be chosen now; None where that is not known."""
    codes = [buurt.code for buurt in buurten(session, municipality_id)]
    figures = own_figures(session, codes, [RESIDENTS])
    by_code = {code: figures.get((code, RESIDENTS)) for code in codes}
    return {code: None if each is None else int(each.value) for code, each in by_code.items()}


def imports_behind(
    session: Session, codes: Collection[str], indicators: Collection[str]
) -> Sequence[ImportUsed]:
    """The files that ``area_facts`` of these codes was made of, oldest first."""
    areas = lineage(session, codes=codes)
    figures = own_figures(session, areas.keys(), indicators)
    statement = (
        select(*(getattr(PlaceImport, name) for name in ImportUsed._fields))
        .where(PlaceImport.id.in_({figure.import_id for figure in figures.values()}))
        .order_by(PlaceImport.finished_at, PlaceImport.id)
    )
    return [ImportUsed(*row) for row in session.execute(statement)]
