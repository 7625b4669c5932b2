"""Neighbourhoods of a year that a file tells of for the first time."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from voorjebuurt.kernel.ids import new_id
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.places.queries import stands
from voorjebuurt.places.rules import kind_of, municipality_code, parent_of


def register_areas(
    session: Session,
    *,
    names: Mapping[str, str],
    municipalities: Mapping[str, UUID],
    vintage: int,
    import_id: UUID,
) -> int:
    """Register the wijken and buurten among ``names`` (by code) that are new in this year.

    What an import registered that was rolled back is registered again under the same id, so that
    campaigns keep it. Returns how many are new.
    """
    areas = [code for code in names if parent_of(code) is not None]
    standing = _standing_by_code(session, areas, vintage)
    fresh = [code for code in areas if code not in standing]
    if fresh:
        session.execute(
            insert(Neighbourhood),
            [
                {
                    "id": new_id(),
                    "municipality_id": municipalities[municipality_code(code)],
                    "code": code,
                    "kind": kind_of(code),
                    "parent_code": parent_of(code),
                    "vintage": vintage,
                    "name": names[code],
                    "import_id": import_id,
                }
                for code in fresh
            ],
        )
    rolled_back_codes = [code for code in areas if standing.get(code) is False]
    for code in rolled_back_codes:
        session.execute(
            update(Neighbourhood)
            .where(Neighbourhood.code == code, Neighbourhood.vintage == vintage)
            .values(name=names[code], parent_code=parent_of(code), import_id=import_id)
        )
    return len(fresh) + len(rolled_back_codes)


def _standing_by_code(session: Session, codes: Sequence[str], vintage: int) -> dict[str, bool]:
    """The registered areas of this year by code, and whether each can be chosen."""
    rows = session.execute(
        select(Neighbourhood.code, stands().label("stands")).where(
            Neighbourhood.code.in_(codes), Neighbourhood.vintage == vintage
        )
    )
    return {row.code: row.stands for row in rows}
