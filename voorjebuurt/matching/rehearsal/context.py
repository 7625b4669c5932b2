"""What the database knows beside the facts: residents, names of areas, titles, official files."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from voorjebuurt.matching.rehearsal.comparison import Beside
from voorjebuurt.matching.rehearsal.past_campaigns import past_titles
from voorjebuurt.places.figures import RESIDENTS, imports_behind, own_figures
from voorjebuurt.places.lineage import lineage
from voorjebuurt.rulebook.values.jsontext import Json


def beside_of(session: Session, facts: Json, *, past: bool) -> Beside:
    """Residents and names of the facts' areas, where known; titles of past campaigns.

    ``facts`` as they were parsed, valid or not.
    """
    codes = area_codes(facts)
    figures = own_figures(session, codes, [RESIDENTS])
    places = {code: area.name for code, area in lineage(session, codes=codes).items()}
    return Beside(
        residents={code: int(figure.value) for (code, _), figure in figures.items()},
        places=places,
        titles=past_titles(session, _ids(facts)) if past else {},
    )


def files_behind(session: Session, facts: Json, indicators: Sequence[str]) -> list[dict[str, Any]]:
    """The official files that the areas' figures and residents come from, with their hashes."""
    return [
        {
            "id": str(place_import.id),
            "kind": place_import.kind,
            "vintage": place_import.vintage,
            "source": place_import.source,
            "filename": place_import.filename,
            "sha256": place_import.sha256,
        }
        for place_import in imports_behind(session, area_codes(facts), [*indicators, RESIDENTS])
    ]


def area_codes(facts: Json) -> list[str]:
    """The codes of all areas that the facts name."""
    areas = facts.get("areas") if isinstance(facts, Mapping) else None
    codes = set(areas) if isinstance(areas, Mapping) else set()
    for application in _applications(facts):
        area = application.get("area")
        codes |= set(area) if isinstance(area, Mapping) else set()
    return sorted(codes)


def _ids(facts: Json) -> list[str]:
    return [
        application["id"]
        for application in _applications(facts)
        if isinstance(application.get("id"), str)
    ]


def _applications(facts: Json) -> list[Mapping[str, Json]]:
    items = facts.get("applications") if isinstance(facts, Mapping) else None
    return [item for item in items or () if isinstance(item, Mapping)]
