"""The demo's municipalities, with their districts and neighbourhoods."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.demo.stories import data
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.places import service
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.places.queries import municipality_by_slug


@dataclass(frozen=True)
class Area:
    """A district or neighbourhood as CBS would code it."""

    code: str
    kind: str
    parent_code: str
    name: str


def areas(municipality: dict[str, Any]) -> Iterator[Area]:
    """The areas of one municipality in the file, each district before its neighbourhoods."""
    number = municipality["code"].removeprefix("GM")
    for district, (name, buurten) in enumerate(municipality["districts"].items()):
        wijk = f"{number}{district:02}"
        yield Area(f"WK{wijk}", "wijk", municipality["code"], name)
        for place, buurt in enumerate(buurten, 1):
            yield Area(f"BU{wijk}{place:02}", "buurt", f"WK{wijk}", buurt)


def load_places(session: Session) -> None:
    """Register what is not there yet."""
    for told in data("places")["municipality"]:
        municipality = municipality_by_slug(session, told["slug"]) or service.add_municipality(
            session, code=told["code"], slug=told["slug"], name=told["name"], actor=SYSTEM
        )
        _add_areas(session, municipality, areas(told))


def _add_areas(session: Session, municipality: Municipality, wanted: Iterable[Area]) -> None:
    vintage = data("places")["vintage"]
    known = set(
        session.scalars(
            select(Neighbourhood.code).where(
                Neighbourhood.municipality_id == municipality.id, Neighbourhood.vintage == vintage
            )
        )
    )
    for area in wanted:
        if area.code not in known:
            service.add_neighbourhood(
                session,
                municipality_id=municipality.id,
                code=area.code,
                kind=area.kind,
                parent_code=area.parent_code,
                vintage=vintage,
                name=area.name,
                actor=SYSTEM,
            )


def place_named(session: Session, name: str) -> tuple[UUID, UUID]:
    """The ids of the municipality and the neighbourhood with this name in the demo."""
    codes = [
        area.code
        for told in data("places")["municipality"]
        for area in areas(told)
        if area.kind == "buurt" and area.name == name
    ]
    found = session.scalars(
        select(Neighbourhood).where(
            Neighbourhood.code.in_(codes), Neighbourhood.vintage == data("places")["vintage"]
        )
    ).one()
    return found.municipality_id, found.id
