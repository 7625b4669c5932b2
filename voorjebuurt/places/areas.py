"""A municipality's buurten by wijk, for choosing a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.places.queries import buurten


@dataclass(frozen=True)
class AreaName:
    """A wijk or buurt by its code; ``wijk_code`` is the wijk around a buurt."""

    code: str
    name: str
    kind: str
    wijk_code: str


def areas_of(session: Session, municipality_id: UUID) -> Sequence[AreaName]:
    """The wijken and buurten that can be chosen now: each wijk by name, then its buurten."""
    inner = buurten(session, municipality_id)
    wijken = session.scalars(
        select(Neighbourhood).where(
            Neighbourhood.kind == "wijk",
            Neighbourhood.code.in_({buurt.parent_code for buurt in inner}),
            Neighbourhood.vintage.in_({buurt.vintage for buurt in inner}),
        )
    ).all()
    names = {wijk.code: wijk.name for wijk in wijken}
    rows = [AreaName(code, name, "wijk", code) for code, name in names.items()]
    rows += [AreaName(buurt.code, buurt.name, buurt.kind, buurt.parent_code) for buurt in inner]
    order = {row.code: position for position, row in enumerate(rows)}
    return sorted(
        rows,
        key=lambda row: (
            names.get(row.wijk_code, "").lower(),
            row.wijk_code,
            row.kind == "buurt",
            order[row.code],
        ),
    )


def area_names(session: Session, codes: Sequence[str]) -> dict[str, str]:
    """Names by code, of the latest year in which each is known; municipalities by theirs."""
    whole = select(Municipality.code, Municipality.name).where(Municipality.code.in_(codes))
    parts = (
        select(Neighbourhood.code, Neighbourhood.name)
        .where(Neighbourhood.code.in_(codes))
        .order_by(Neighbourhood.vintage)
    )
    areas = [*session.execute(whole), *session.execute(parts)]
    return {row.code: row.name for row in areas}
