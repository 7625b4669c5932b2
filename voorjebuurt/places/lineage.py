"""Areas with the areas around them: buurt, wijk, gemeente."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.places.queries import stands
from voorjebuurt.places.rules import kind_of, parent_of


class Area(NamedTuple):
    """A buurt, wijk or gemeente; ``parent`` is the area around it, None for a gemeente."""

    code: str
    name: str
    kind: str
    parent: str | None


_newest = (
    select(Neighbourhood.code, Neighbourhood.name, Neighbourhood.kind, Neighbourhood.parent_code)
    .ext(distinct_on(Neighbourhood.code))
    # What an import told that was rolled back still names what was chosen from it.
    .order_by(Neighbourhood.code, case((stands(), 0), else_=1), Neighbourhood.vintage.desc())
)
_gemeenten = select(Municipality.code, Municipality.name)


def lineage(
    session: Session,
    *,
    codes: Collection[str] | None = None,
    municipality_id: UUID | None = None,
) -> dict[str, Area]:
    """These areas, or all of a municipality, and the areas around them, by code.

    An area that is known from several years has the name and the parent of the newest one. A code
    that nobody registered has no name; around it is what CBS's codes say.
    """
    codes_to_find = set(codes or ())
    areas: dict[str, Area] = {}
    if municipality_id is not None:
        everywhere = _newest.where(Neighbourhood.municipality_id == municipality_id)
        areas = {row.code: Area(*row) for row in session.execute(everywhere)}
        of_it = select(Municipality.code).where(Municipality.id == municipality_id)
        codes_to_find |= set(session.scalars(of_it)) | _parents(areas)
    while missing := codes_to_find - areas.keys():
        rows = session.execute(_newest.where(Neighbourhood.code.in_(missing)))
        gemeenten = session.execute(_gemeenten.where(Municipality.code.in_(missing)))
        areas |= {code: Area(code, code, kind_of(code), parent_of(code)) for code in missing}
        areas |= {row.code: Area(*row) for row in rows}
        areas |= {code: Area(code, name, "gemeente", None) for code, name in gemeenten}
        codes_to_find |= _parents(areas)
    return areas


def _parents(areas: dict[str, Area]) -> set[str]:
    return {area.parent for area in areas.values() if area.parent}
