"""Outlines in degrees as paths of a drawing."""

from tests.support.certain import certain
from voorjebuurt.places.projection import drawing

SQUARE = [[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0]]
HOLE = [[5.04, 52.04], [5.06, 52.04], [5.06, 52.06], [5.04, 52.06], [5.04, 52.04]]


def test_nothing_to_draw_is_none() -> None:
    assert drawing({}) is None


def test_north_is_up_and_degrees_of_longitude_are_shorter() -> None:
    picture = drawing({"a": {"type": "Polygon", "coordinates": [SQUARE]}}, width=100)
    assert certain(picture).width == 100
    assert certain(picture).height == 163
    assert certain(picture).outlines["a"].d == "M0 162.6L100 162.6L100 0L0 0Z"
    assert (certain(picture).outlines["a"].x, certain(picture).outlines["a"].y) == (50, 81.3)


def test_a_hole_is_a_path_of_its_own_and_the_name_stands_in_the_largest_part() -> None:
    far = [[[6.0 + x - 5, y] for x, y in HOLE]]
    shape = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], far]}
    outline = certain(drawing({"a": shape}, width=1000)).outlines["a"]
    assert outline.d.count("M") == 3
    assert outline.x < 100


def test_points_on_the_same_spot_are_drawn_once() -> None:
    dense = [[5.0 + step / 1e7, 52.0] for step in range(100)] + SQUARE[1:]
    outline = certain(
        drawing({"a": {"type": "Polygon", "coordinates": [dense]}}, width=100)
    ).outlines["a"]
    assert outline.d.count("L") == 3


def test_a_shape_without_surface_is_drawn_as_its_point() -> None:
    flat = [[5.0, 52.0], [5.0, 52.0], [5.0, 52.0], [5.0, 52.0]]
    assert (
        certain(drawing({"a": {"type": "Polygon", "coordinates": [flat]}})).outlines["a"].d
        == "M0 0Z"
    )
