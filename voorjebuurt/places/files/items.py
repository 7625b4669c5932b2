"""What readers make of a file: rows of a table first, then what they tell of an area."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple


class Row(NamedTuple):
    """A row of a table: the line it ends on, and its cells as text."""

    line: int
    cells: Sequence[str]


class Why(StrEnum):
    """Why something in a right file is not taken.

    Municipality: of one that is not registered here, or not asked for. Earlier: of one that the
    same file was read for before.
    """

    COUNTRY = "country"
    MUNICIPALITY = "municipality"
    EARLIER = "earlier"
    YEAR = "year"
    REPEATED = "repeated"
    NO_OUTLINE = "no_outline"
    WATER = "water"


class SkippedLine(NamedTuple):
    """Something that is not taken, and why."""

    line: int
    why: Why


class AreaFigures(NamedTuple):
    """An area's name and figures; None where one is missing."""

    line: int
    code: str
    name: str
    figures: Mapping[str, Decimal | None]


class PostcodeAddress(NamedTuple):
    """The buurt (``code``) of a postcode with a house number."""

    line: int
    code: str
    postcode: str
    number: int


class AreaShape(NamedTuple):
    """An area's outline (GeoJSON, WGS 84). ``line`` counts areas: JSON needs no lines."""

    line: int
    code: str
    geometry: dict[str, Any]


Item = AreaFigures | PostcodeAddress | AreaShape | SkippedLine
