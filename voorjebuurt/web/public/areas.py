"""Campaigns by neighbourhood: which ones are listed, and the maps of towns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.queries import CountRow
from voorjebuurt.places.projection import Drawing, drawing
from voorjebuurt.places.shapes import shapes_of
from voorjebuurt.web.words.written import as_written

MOST = 60
"""With more neighbourhoods than this only those with a campaign are listed, and none is drawn: a
page must stay light."""
_TOWNS = 3


@dataclass(frozen=True)
class TownMap:
    """A municipality's map; ``marks`` is what ``components/map.html`` takes."""

    name: str
    drawing: Drawing
    marks: dict[str, dict[str, Any]]


def shown_areas(areas: Sequence[CountRow]) -> Sequence[CountRow]:
    """The neighbourhoods that a page lists."""
    return areas if len(areas) <= MOST else [area for area in areas if area.campaigns]


def area_links(areas: Sequence[CountRow]) -> list[tuple[str, str, int]]:
    """The name, the list of campaigns and the number of these, of each neighbourhood listed."""
    return [(as_written(area.name), _address(area), area.campaigns) for area in shown_areas(areas)]


def town_maps(session: Session, areas: Sequence[CountRow]) -> list[TownMap]:
    """A map of the few municipalities with most campaigns, where their outlines are known."""
    towns: dict[UUID, list[CountRow]] = {}
    for area in areas if len(areas) <= MOST else ():
        towns.setdefault(area.municipality_id, []).append(area)
    busiest = sorted(towns.values(), key=lambda inside: -sum(area.campaigns for area in inside))
    maps = []
    for inside in busiest[:_TOWNS]:
        map_drawing = drawing(shapes_of(session, inside[0].municipality_id))
        if map_drawing is not None:
            marks = {area.code: _mark(area) for area in inside}
            maps.append(TownMap(inside[0].municipality, map_drawing, marks))
    return maps


def _mark(area: CountRow) -> dict[str, Any]:
    return {
        "name": area.name,
        "href": _address(area),
        "value": area.campaigns or None,
        "tone": min(area.campaigns, 4),
    }


def _address(area: CountRow) -> str:
    return url_for("public.list_campaigns", buurt=area.code)
