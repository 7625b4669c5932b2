"""The demo's municipalities, and what the official files tell about them."""

import hashlib
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.local.demo.place_files import PlaceFile, areas, place_files
from voorjebuurt.local.demo.stories import data
from voorjebuurt.places import service
from voorjebuurt.places.imports import ask_import, start_import, take_file
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.places.queries import municipality_by_slug
from voorjebuurt.settings import PlaceSettings

_SOURCE = "Verzonnen voor de demonstratie, in de vorm van bestanden van het CBS"


def load_places(session: Session, limits: PlaceSettings) -> None:
    """Register the municipalities and import what is not there yet."""
    place_data = data("places")
    for each in place_data["municipality"]:
        if municipality_by_slug(session, each["slug"]) is None:
            service.add_municipality(
                session, code=each["code"], slug=each["slug"], name=each["name"], actor=SYSTEM
            )
    for file in place_files(place_data):
        _import(session, file, place_data["vintage"], limits)


def _import(session: Session, file: PlaceFile, vintage: int, limits: PlaceSettings) -> None:
    try:
        place_import = ask_import(
            session,
            kind=file.kind,
            vintage=vintage,
            source=_SOURCE,
            filename=file.filename,
            sha256=hashlib.sha256(file.content).hexdigest(),
            actor=SYSTEM,
        )
    except DomainError as error:
        if error.code != "imported_before":
            raise
        return
    start_import(session, import_id=place_import.id)
    take_file(session, import_id=place_import.id, stream=file.stream(), limits=limits)


def place_named(session: Session, name: str) -> tuple[UUID, UUID]:
    """The ids of the municipality and the neighbourhood with this name in the demo."""
    codes = [
        area.code
        for municipality in data("places")["municipality"]
        for area in areas(municipality)
        if area.kind == "buurt" and area.name == name
    ]
    area = session.scalars(
        select(Neighbourhood).where(
            Neighbourhood.code.in_(codes), Neighbourhood.vintage == data("places")["vintage"]
        )
    ).one()
    return area.municipality_id, area.id
