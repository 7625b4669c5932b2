"""One outline: a Polygon or MultiPolygon in degrees, within the Netherlands."""

from typing import Any

from voorjebuurt.places.files.faults import FileFaultError

_LONGITUDES, _LATITUDES = (3.0, 7.6), (50.5, 54.0)
_DIGITS = 6
"""Decimals that are kept: a tenth of a metre. Maps are for looking at."""


class _BrokenError(Exception):
    """This is no outline."""


def outline(geometry: Any, number: int, code: str) -> dict[str, Any]:
    """The outline with two rounded coordinates a point.

    Raises ``FileFaultError`` for other shapes and other places, metres (RD) among them.
    """
    try:
        kind = geometry["type"]
        if kind == "Polygon":
            coordinates: Any = _polygon(geometry["coordinates"])
        elif kind == "MultiPolygon":
            coordinates = [_polygon(each) for each in _filled(geometry["coordinates"], 1)]
        else:
            raise _BrokenError
    except (_BrokenError, KeyError, TypeError):
        raise FileFaultError("outline_broken", number=number, code=code) from None
    except ValueError as error:
        raise FileFaultError(
            "outline_elsewhere", number=number, code=code, found=str(error)
        ) from None
    return {"type": kind, "coordinates": coordinates}


def _polygon(rings: Any) -> list[list[list[float]]]:
    return [[_point(each) for each in _filled(ring, 4)] for ring in _filled(rings, 1)]


def _filled(items: Any, at_least: int) -> list[Any]:
    if not isinstance(items, list) or len(items) < at_least:
        raise _BrokenError
    return items


def _point(point: Any) -> list[float]:
    x, y = _filled(point, 2)[:2]
    if isinstance(x, bool) or isinstance(y, bool) or not isinstance(x + y, int | float):
        raise _BrokenError
    if not (_LONGITUDES[0] <= x <= _LONGITUDES[1] and _LATITUDES[0] <= y <= _LATITUDES[1]):
        raise ValueError(f"{x:.6g}, {y:.6g}")
    return [round(float(x), _DIGITS), round(float(y), _DIGITS)]
