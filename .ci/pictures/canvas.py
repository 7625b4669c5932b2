"""A drawing board for flat illustrations, 1600 by 900, with smooth edges.

Everything is drawn three times as large and made smaller at the end. Colours are ``#rrggbb``, or
``#rrggbbaa`` to let what is behind shine through.
"""

import math
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageColor, ImageDraw

WIDTH, HEIGHT = 1600, 900
_SCALE = 3

Point = tuple[float, float]


class Canvas:
    """Shapes on a picture; ``rng`` makes the small differences between two leaves."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE))
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def sky(self, top: str, bottom: str, until: float = HEIGHT) -> None:
        """Fill the background with a colour that changes from ``top`` to ``bottom``."""
        first, last = ImageColor.getrgb(top), ImageColor.getrgb(bottom)
        column = Image.new("RGB", (1, 64))
        for y in range(64):
            mixed = [round(a + (b - a) * y / 63) for a, b in zip(first, last, strict=True)]
            column.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
        size = (WIDTH * _SCALE, round(until * _SCALE))
        self._image.paste(column.resize(size, Image.Resampling.BICUBIC), (0, 0))

    def rect(
        self, x: float, y: float, width: float, height: float, color: str, radius: float = 0
    ) -> None:
        """A rectangle by its upper left corner, with rounded corners if asked."""
        box = _scaled([(x, y), (x + width, y + height)])
        if radius:
            self._draw.rounded_rectangle(box, radius * _SCALE, fill=color)
        else:
            self._draw.rectangle(box, fill=color)

    def disc(self, x: float, y: float, radius: float, color: str) -> None:
        """A circle by its middle."""
        self.oval(x, y, radius, radius, color)

    def oval(self, x: float, y: float, rx: float, ry: float, color: str) -> None:
        """An ellipse by its middle."""
        self._draw.ellipse(_scaled([(x - rx, y - ry), (x + rx, y + ry)]), fill=color)

    def pie(self, x: float, y: float, radius: float, start: float, end: float, color: str) -> None:
        """A slice of a circle, in degrees clockwise from three o'clock."""
        box = _scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.pieslice(box, start, end, fill=color)

    def ring(self, x: float, y: float, radius: float, width: float, color: str) -> None:
        """The outline of a circle, ``width`` inwards."""
        box = _scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.ellipse(box, outline=color, width=round(width * _SCALE))

    def poly(self, points: Iterable[Point], color: str) -> None:
        """A shape with straight sides."""
        self._draw.polygon(_scaled(points), fill=color)

    def line(self, points: Sequence[Point], width: float, color: str) -> None:
        """A stroke with round ends and bends."""
        thick = max(1, round(width * _SCALE))
        self._draw.line(_scaled(points), fill=color, width=thick, joint="curve")
        if len(color) == len("#rrggbb"):  # see-through dots would show where they overlap
            for x, y in points:
                self.disc(x, y, width / 2, color)

    def blob(self, points: Sequence[Point], color: str) -> None:
        """A closed shape that runs smoothly through its points."""
        self.poly(smooth(points, closed=True), color)

    def bow(self, points: Sequence[Point], width: float, color: str) -> None:
        """A stroke that runs smoothly through its points."""
        self.line(smooth(points), width, color)

    def land(self, heights: Sequence[float], color: str, bottom: float = HEIGHT) -> None:
        """Hilly ground: its top at as many places as there are heights, evenly from left."""
        step = WIDTH / (len(heights) - 1)
        top = smooth([(place * step, y) for place, y in enumerate(heights)])
        self.poly([*top, (WIDTH, bottom), (0, bottom)], color)

    def image(self) -> Image.Image:
        """The finished picture, at its final size."""
        return self._image.reduce(_SCALE)

    def close_up(self, corner: Point) -> Image.Image:
        """A quarter of the picture from nearby, at the same size; ``corner`` is its upper left."""
        x, y = corner
        box = _scaled([(x, y), (x + WIDTH / 2, y + HEIGHT / 2)])
        edges = (round(box[0][0]), round(box[0][1]), round(box[1][0]), round(box[1][1]))
        near = self._image.crop(edges).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        # Its edges have many colours in between, which no eye sees and a file is large of.
        return near.quantize(256, dither=Image.Dither.NONE).convert("RGB")


def smooth(points: Sequence[Point], *, closed: bool = False, parts: int = 10) -> list[Point]:
    """Points on the Catmull-Rom curve through ``points``."""
    count = len(points)
    curve: list[Point] = []
    for i in range(count if closed else count - 1):
        near = range(i - 1, i + 3)
        places = [n % count if closed else min(max(n, 0), count - 1) for n in near]
        a, b, c, d = (points[place] for place in places)
        curve += [_between(a, b, c, d, part / parts) for part in range(parts)]
    return curve if closed else [*curve, points[-1]]


def turned(points: Iterable[Point], around: Point, degrees: float) -> list[Point]:
    """Points turned clockwise around one of them."""
    angle = math.radians(degrees)
    cos, sin, (ox, oy) = math.cos(angle), math.sin(angle), around
    return [
        (ox + (x - ox) * cos - (y - oy) * sin, oy + (x - ox) * sin + (y - oy) * cos)
        for x, y in points
    ]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def along(p: float, q: float, r: float, s: float) -> float:
        bend = 2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t
        return 0.5 * (bend + (3 * q - p - 3 * r + s) * t**3)

    return along(a[0], b[0], c[0], d[0]), along(a[1], b[1], c[1], d[1])


def _scaled(points: Iterable[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]
