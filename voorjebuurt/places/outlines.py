"""Maps as drawings, made once in a process and kept while the files behind them are the same."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.places.models import PlaceImport
from voorjebuurt.places.projection import Drawing, drawing
from voorjebuurt.places.shapes import shapes_of_codes

MOST_KEPT = 64
TALLEST = 450
"""Units, beside a width of 600: no map is longer than a screen."""
MOST_CHARACTERS = 5_000
"""Of all paths together: what a page has room for beside its text."""
_STEPS = (1, 2, 3, 4, 6, 8, 12)
_Key = tuple[frozenset[str], tuple[UUID, ...]]
_drawings: dict[_Key, Drawing] = {}
_files = (
    select(PlaceImport.id)
    .where(
        PlaceImport.kind == "shapes",
        PlaceImport.status == "done",
        PlaceImport.rolled_back_at.is_(None),
    )
    .order_by(PlaceImport.id)
)


def outlines_of(session: Session, codes: Collection[str]) -> Drawing | None:
    """These areas, drawn light enough for a page. None without any outline."""
    key = (frozenset(codes), tuple(session.scalars(_files)))
    result = _drawings.get(key)
    if result is None:
        result = _light(shapes_of_codes(session, codes))
        if len(_drawings) >= MOST_KEPT:
            _drawings.clear()
        if result is not None:
            _drawings[key] = result
    return result


def _light(shapes: Mapping[str, Mapping[str, Any]]) -> Drawing | None:
    """As fine as fits in ``MOST_CHARACTERS``."""
    result = None
    for step in _STEPS:
        result = drawing(shapes, tallest=TALLEST, step=step)
        if result is None or sum(len(x.d) for x in result.outlines.values()) <= MOST_CHARACTERS:
            break
    return result
