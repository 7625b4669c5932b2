"""The map of a municipality: its neighbourhoods, or those of one district, with their campaigns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.queries import open_counts
from voorjebuurt.places.areas import AreaName, area_names, areas_of
from voorjebuurt.places.outlines import outlines_of
from voorjebuurt.places.projection import Drawing

MOST_DRAWN = 30
"""With more neighbourhoods than this districts are drawn, and neighbourhoods once one is chosen."""
MOST_LISTED = 60
"""With more than this only those with a campaign are listed: a page must stay light."""


@dataclass(frozen=True)
class Spot:
    """A neighbourhood or district on the map and in the list, with its number of campaigns."""

    code: str
    name: str
    href: str
    count: int

    @property
    def tone(self) -> int:
        """From none (0) to many (4)."""
        return min(self.count, 4)


@dataclass(frozen=True)
class TownMap:
    """What a page shows: ``spots`` by name, drawn where their outlines are known."""

    slug: str
    name: str
    district: Spot | None
    districts: Sequence[Spot]
    spots: Sequence[Spot]
    drawing: Drawing | None

    @property
    def marks(self) -> Mapping[str, Spot]:
        """The same by code, for the drawing."""
        return {spot.code: spot for spot in self.spots}

    @property
    def named(self) -> bool:
        """Whether there is room for names on a phone."""
        return len(self.spots) <= 6


def town_map(
    session: Session, municipality_id: UUID, *, slug: str, name: str, wijk: str = ""
) -> TownMap:
    """The whole municipality, or the district with the ``wijk`` code; an unknown one is none."""
    areas = areas_of(session, municipality_id)
    counts = open_counts(session, municipality_id)
    parts = [area for area in areas if area.kind == "buurt"]
    sums: dict[str, int] = {}
    for part in parts:
        sums[part.wijk_code] = sums.get(part.wijk_code, 0) + counts.get(part.code, 0)
    districts = [
        Spot(area.code, area.name, _zoomed(slug, area.code), sums.get(area.code, 0))
        for area in areas
        if area.kind == "wijk"
    ]
    district = next((each for each in districts if each.code == wijk), None)
    if district is not None:
        areas_here = [_spot(part, counts) for part in parts if part.wijk_code == district.code]
    elif len(parts) > MOST_DRAWN and len(districts) > 1:
        areas_here = list(districts)
    else:
        areas_here = [_spot(part, counts) for part in parts]
    if district is None:
        areas_here += _gone(session, counts, {part.code for part in parts})
    spots = _listed(sorted(areas_here, key=lambda spot: (spot.name.lower(), spot.code)))
    map_drawing = (
        outlines_of(session, [spot.code for spot in areas_here]) if _fits(areas_here) else None
    )
    choices = districts if len(districts) > 1 else []
    return TownMap(slug, name, district, _listed(choices), spots, map_drawing)


def _gone(session: Session, counts: Mapping[str, int], codes_now: Collection[str]) -> list[Spot]:
    """Neighbourhoods that campaigns are in and that are no longer divided so."""
    codes = [code for code in counts if code not in codes_now]
    names = area_names(session, codes) if codes else {}
    return [
        Spot(code, name, url_for("public.list_campaigns", buurt=code), counts[code])
        for code, name in names.items()
    ]


def _listed(spots: Sequence[Spot]) -> Sequence[Spot]:
    return spots if len(spots) <= MOST_LISTED else [x for x in spots if x.count][:MOST_LISTED]


def _fits(spots: Sequence[Spot]) -> bool:
    return 0 < len(spots) <= MOST_LISTED


def _spot(area: AreaName, counts: Mapping[str, int]) -> Spot:
    href = url_for("public.list_campaigns", buurt=area.code)
    return Spot(area.code, area.name, href, counts.get(area.code, 0))


def _zoomed(slug: str, code: str) -> str:
    return url_for("public.show_town", slug=slug, wijk=code, _anchor="kaart")
