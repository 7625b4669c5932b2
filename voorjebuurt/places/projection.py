"""Outlines in degrees made into paths of an SVG drawing. Pure; for looking at, not for measuring.

At the size of a municipality the earth is flat: degrees of longitude are only made as short as
they are at its latitude.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, cos, radians
from typing import Any

WIDTH = 600
"""Units; a drawing is shown at the width that its page has."""
Ring = list[tuple[float, float]]
"""Points (longitude, latitude), the last one the first again."""


@dataclass(frozen=True)
class Outline:
    """One area in the drawing: ``d`` of its path (even-odd), and where its name may stand."""

    d: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """A drawing of ``width`` by ``height`` units, with an outline per code."""

    width: int
    height: int
    outlines: dict[str, Outline]


def drawing(
    shapes: Mapping[str, Mapping[str, Any]],
    *,
    width: int = WIDTH,
    tallest: int | None = None,
    step: float = 0.1,
) -> Drawing | None:
    """The areas (GeoJSON Polygons and MultiPolygons), north up; None when there are none.

    They fill the ``width``, unless they would be higher than the ``tallest`` that they may be.

    Points lie on a grid of ``step`` units, where those that fall together are drawn once, so that
    neighbours keep the border that they share.
    """
    rings = {code: list(_rings(geometry)) for code, geometry in shapes.items()}
    points = [point for each in rings.values() for ring in each for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    scale = width / (((east - west) * narrow) or 1.0)
    if tallest is not None and north > south:
        scale = min(scale, tallest / (north - south))

    def place(point: tuple[float, float]) -> tuple[float, float]:
        x, y = point
        return _on_grid((x - west) * narrow * scale, step), _on_grid((north - y) * scale, step)

    height = max(1, ceil((north - south) * scale))
    outlines = {
        code: _outline([[place(point) for point in ring] for ring in each])
        for code, each in rings.items()
        if each
    }
    breadth = min(width, max(1, ceil((east - west) * narrow * scale)))
    return Drawing(breadth if tallest is not None else width, height, outlines)


def _on_grid(value: float, step: float) -> float:
    return round(round(value / step) * step, 1)


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    several = geometry["coordinates"]
    for polygon in [several] if geometry["type"] == "Polygon" else several:
        for ring in polygon:
            yield [(float(point[0]), float(point[1])) for point in ring]


def _outline(rings: Iterable[Ring]) -> Outline:
    paths = [path for path in map(_without_repeats, rings) if path]
    d = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in path) + "Z" for path in paths)
    x, y = max((_centre(path) for path in paths), default=(0.0, 0.0, 0.0))[1:]
    return Outline(d, round(x, 1), round(y, 1))


def _without_repeats(ring: Ring) -> Ring:
    points = [point for at, point in enumerate(ring) if at == 0 or point != ring[at - 1]]
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def _centre(path: Ring) -> tuple[float, float, float]:
    """The area that a ring encloses, and its centre of gravity."""
    twice, x, y = 0.0, 0.0, 0.0
    for (x1, y1), (x2, y2) in zip(path, path[1:] + path[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        twice, x, y = twice + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not twice:
        return 0.0, *path[0]
    return abs(twice) / 2, x / (3 * twice), y / (3 * twice)
