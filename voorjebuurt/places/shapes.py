"""The outlines of areas, for maps."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from voorjebuurt.places.models import AreaShape, Neighbourhood, PlaceImport
from voorjebuurt.places.queries import current

_newest = (
    select(AreaShape.area_code, AreaShape.geometry)
    .join(PlaceImport, PlaceImport.id == AreaShape.import_id)
    .where(PlaceImport.status == "done", PlaceImport.rolled_back_at.is_(None))
    .ext(distinct_on(AreaShape.area_code))
    .order_by(
        AreaShape.area_code,
        PlaceImport.vintage.desc(),
        PlaceImport.finished_at.desc(),
        PlaceImport.id.desc(),
    )
)


def shapes_of(
    session: Session, municipality_id: UUID, *, kind: str = "buurt"
) -> dict[str, dict[str, Any]]:
    """By code: the newest outline (a GeoJSON geometry, WGS 84) of each buurt or wijk.

    Only of areas that can be chosen now; what has no outline is not in it.
    """
    codes = select(Neighbourhood.code).where(
        Neighbourhood.municipality_id == municipality_id, Neighbourhood.kind == kind, current()
    )
    return _newest_of(session, codes)


def shapes_of_codes(session: Session, codes: Collection[str]) -> dict[str, dict[str, Any]]:
    """The same for the areas with these codes."""
    return _newest_of(session, codes)


def _newest_of(session: Session, codes: Collection[str] | Select[str]) -> dict[str, dict[str, Any]]:
    rows = session.execute(_newest.where(AreaShape.area_code.in_(codes)))
    return {row.area_code: row.geometry for row in rows}
