"""The figure of an area that counts, and where it came from: for looking at what an import did."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.places.figures import Figure, own_figures
from voorjebuurt.places.lineage import Area, lineage


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


def figures_used(
    session: Session, *, codes: Collection[str], indicator: str
) -> dict[str, UsedFigure | None]:
    """For each code the figure that counts; None when no area around it has one either."""
    areas = lineage(session, codes=codes)
    figures = own_figures(session, areas.keys(), [indicator])
    return {code: _used(code, indicator, areas, figures) for code in codes}


def figure_used(session: Session, *, code: str, indicator: str) -> UsedFigure | None:
    """See ``figures_used``."""
    return figures_used(session, codes=[code], indicator=indicator)[code]


def _used(
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
