"""Figures of areas behind a decision: their names, and the files that they came from."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.catalogues import DUTCH, catalogue
from voorjebuurt.places.models import AreaFigure, Municipality, Neighbourhood, PlaceImport
from voorjebuurt.rulebook.figures.factor import AreaPart, Factor
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.wording import written


class FactorSources:
    """What of a factor's figures is told in a snapshot."""

    def __init__(
        self, session: Session, ruleset: Ruleset, factor: Factor, import_ids: Collection[str]
    ) -> None:
        equity = ruleset.equity
        self._indicator = (equity.indicator if equity else None) or ""
        self._parts = factor.areas
        sources = {part.source for part in factor.areas if part.source}
        self.names = _names(session, {part.code for part in factor.areas} | sources)
        imports = _imports(session, import_ids)
        self._import_of = _import_of(session, sources, self._indicator, imports)
        import_ids_in_use = set(self._import_of.values())
        self.imports = tuple(
            _import_as_json(place_import)
            for place_import in imports
            if str(place_import.id) in import_ids_in_use
        )

    @property
    def areas(self) -> tuple[dict[str, Any], ...]:
        """One row per area of the application, with the figure that counted for it."""
        return tuple(self._area(part) for part in self._parts)

    def _area(self, part: AreaPart) -> dict[str, Any]:
        source = part.source or ""
        return {
            "code": part.code,
            "name": self.names.get(part.code, part.code),
            "share": str(part.share),
            "indicator": self._indicator,
            "figure": "" if part.figure is None else written(part.figure, catalogue(DUTCH)),
            "exact": None if part.figure is None else str(part.figure),
            "source": source,
            "source_name": self.names.get(source, source),
            "factor": str(part.factor),
            "import_id": self._import_of.get(source, ""),
        }


def _names(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Names by code; of an area that was renamed the latest."""
    neighbourhoods = (
        select(Neighbourhood.code, Neighbourhood.name)
        .where(Neighbourhood.code.in_(codes))
        .order_by(Neighbourhood.vintage)
    )
    municipalities = select(Municipality.code, Municipality.name).where(
        Municipality.code.in_(codes)
    )
    rows = [*session.execute(municipalities), *session.execute(neighbourhoods)]
    return {row.code: row.name for row in rows}


def _imports(session: Session, import_ids: Collection[str]) -> list[PlaceImport]:
    """The newest first."""
    statement = (
        select(PlaceImport)
        .where(PlaceImport.id.in_(import_ids))
        .order_by(PlaceImport.vintage.desc(), PlaceImport.finished_at.desc(), PlaceImport.id.desc())
    )
    return list(session.scalars(statement))


def _import_of(
    session: Session, codes: Collection[str], indicator: str, imports: list[PlaceImport]
) -> dict[str, str]:
    """By area code: which of these imports has the figure that counted."""
    order = {place_import.id: place for place, place_import in enumerate(imports)}
    statement = select(AreaFigure.area_code, AreaFigure.import_id).where(
        AreaFigure.import_id.in_(order),
        AreaFigure.area_code.in_(codes),
        AreaFigure.indicator == indicator,
        AreaFigure.value.is_not(None),
    )
    rows = sorted(session.execute(statement), key=lambda row: -order[row.import_id])
    return {row.area_code: str(row.import_id) for row in rows}


def _import_as_json(place_import: PlaceImport) -> dict[str, Any]:
    return {
        "id": str(place_import.id),
        "kind": place_import.kind,
        "vintage": place_import.vintage,
        "source": place_import.source,
        "filename": place_import.filename,
        "sha256": place_import.sha256,
    }
