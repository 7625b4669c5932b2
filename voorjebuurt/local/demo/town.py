"""The map of a town that does not exist: columns of neighbourhoods with edges that wander."""

from collections.abc import Iterator, Sequence
from math import cos, sin

_CELL = (0.019, 0.0085)
"""The width and height of a part of the map, in degrees."""
_ROWS, _STEP = 3.0, 0.25

Point = list[float]
"""Longitude and latitude."""


def outlines(
    columns: Sequence[Sequence[str]], corner: Sequence[float]
) -> Iterator[tuple[str, list[Point]]]:
    """Each name with the ring around it; ``corner`` is the south-west of the map (degrees)."""
    for column, names in enumerate(columns):
        height = _ROWS / len(names)
        for row, name in enumerate(names):
            around = _around(column, row * height, column + 1.0, (row + 1) * height)
            yield name, [_on_the_map(corner, *point) for point in around]


def _around(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    """Points along the four edges, the last one the first again."""
    across = [step * _STEP for step in range(int((right - left) / _STEP))]
    down = [step * _STEP for step in range(int((bottom - top) / _STEP))]
    return [
        *((left + x, top) for x in across),
        *((right, top + y) for y in down),
        *((right - x, bottom) for x in across),
        *((left, bottom - y) for y in down),
        (left, top),
    ]


def _on_the_map(corner: Sequence[float], x: float, y: float) -> Point:
    """Where a point of the plan lies: the same for both neighbours of an edge."""
    east = x + 0.16 * sin(2.1 * y + 1.3 * x) + 0.05 * sin(7.0 * y)
    south = y + 0.18 * cos(1.7 * x - 0.9 * y) + 0.06 * sin(6.0 * x)
    west, base = corner
    return [round(west + _CELL[0] * east, 5), round(base + _CELL[1] * (_ROWS - south), 5)]
