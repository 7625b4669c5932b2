"""People and animals in the pictures: round heads, plain clothes, no faces needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from pictures.canvas import Canvas, Point, turned

Limb = Sequence[Point]
"""Points from the shoulder or hip on: to the right and up, in parts of the person's height."""

ARMS_DOWN: tuple[Limb, Limb] = (((-0.17, 0.44),), ((0.17, 0.44),))
ARMS_UP: tuple[Limb, Limb] = (((-0.22, 0.98),), ((0.22, 0.98),))
WAVING: tuple[Limb, Limb] = (((-0.17, 0.44),), ((0.22, 0.84), (0.2, 1.0)))
REACHING: tuple[Limb, Limb] = (((0.06, 0.54), (0.27, 0.52)), ((0.18, 0.62), (0.35, 0.7)))
STANDING: tuple[Limb, Limb] = (((-0.07, 0.0),), ((0.07, 0.0),))
WALKING: tuple[Limb, Limb] = (((-0.04, 0.2), (-0.16, 0.03)), ((0.1, 0.2), (0.14, 0.0)))
RUNNING: tuple[Limb, Limb] = (((-0.02, 0.2), (-0.24, 0.16)), ((0.16, 0.26), (0.2, 0.04)))
SITTING: tuple[Limb, Limb] = (((0.2, 0.3), (0.21, 0.02)), ((0.25, 0.31), (0.27, 0.03)))

SKINS = ("#f1c7a5", "#e0ac82", "#b97a50", "#8a5534", "#f4d3b8", "#6b4026")
HAIRS = ("#3b2a22", "#7a4a2a", "#c98f3c", "#1f1c1d", "#b9b4ad", "#a5482d")


@dataclass(frozen=True)
class Look:
    """Colours of somebody, and their hair: short, long, bun, scarf, curls, hat or bald."""

    skin: int
    hair: int
    shirt: str
    trousers: str = "#3f4a5a"
    style: str = "short"
    wrap: str = "#c8553d"


@dataclass(frozen=True)
class Pose:
    """How somebody stands; ``hip`` is its height (lower when sitting), ``lean`` in degrees."""

    arms: tuple[Limb, Limb] = ARMS_DOWN
    legs: tuple[Limb, Limb] = STANDING
    lean: float = 0
    mirrored: bool = False


def person(
    canvas: Canvas, x: float, base: float, height: float, look: Look, pose: Pose | None = None
) -> None:
    """Somebody whose feet are at ``base``."""
    pose = pose or Pose()

    def at(points: Limb, *, leans: bool = True) -> list[Point]:
        side = -1 if pose.mirrored else 1
        placed = [(x + side * px * height, base - py * height) for px, py in points]
        hip = (x, base - 0.42 * height)
        return turned(placed, hip, side * pose.lean) if leans else placed

    thick = 0.1 * height
    skin = SKINS[look.skin % len(SKINS)]
    for side, leg in zip((-0.05, 0.05), pose.legs, strict=True):
        limb = at(((side, 0.42), *leg), leans=False)
        canvas.line(limb, thick, look.trousers)
        foot = limb[-1]
        canvas.oval(foot[0], foot[1], thick * 0.62, thick * 0.42, "#37302d")
    back, front = (at(((s, 0.74), *arm)) for s, arm in zip((-0.1, 0.1), pose.arms, strict=True))
    canvas.line(back, thick * 0.78, skin)
    if look.style == "long":
        x0, y0 = at(((0, 0.9),))[0]
        hair, r = HAIRS[look.hair % len(HAIRS)], 0.105 * height
        canvas.rect(x0 - r * 1.14, y0 - r * 0.7, r * 2.28, r * 2.5, hair, r * 0.95)
    canvas.line(at(((0, 0.78), (0, 0.86))), thick * 0.7, skin)
    body = ((-0.11, 0.79), (0.11, 0.79), (0.15, 0.72), (0.12, 0.38), (-0.12, 0.38), (-0.15, 0.72))
    canvas.poly(at(body), look.shirt)
    canvas.line(at(((-0.1, 0.75), (0.1, 0.75))), thick * 0.9, look.shirt)
    canvas.line(at(((-0.07, 0.41), (0.07, 0.41))), thick * 0.9, look.shirt)
    canvas.line(front, thick * 0.78, skin)
    for arm in (back, front):
        canvas.line([arm[0], _towards(arm[0], arm[1], 0.5)], thick * 0.86, look.shirt)
    _head(canvas, at(((0, 0.9),))[0], 0.105 * height, look, skin)


def _head(canvas: Canvas, at: Point, r: float, look: Look, skin: str) -> None:
    x, y = at
    hair = HAIRS[look.hair % len(HAIRS)]
    if look.style == "bun":
        canvas.disc(x - r * 0.75, y - r * 0.85, r * 0.46, hair)
    if look.style == "curls":
        for dx, dy in ((-0.9, -0.1), (-0.7, -0.75), (0, -1.05), (0.7, -0.75), (0.9, -0.1)):
            canvas.disc(x + dx * r, y + dy * r, r * 0.55, hair)
    if look.style == "scarf":
        canvas.oval(x, y + r * 0.1, r * 1.2, r * 1.3, look.wrap)
        canvas.oval(x, y + r * 0.1, r * 0.82, r * 0.9, skin)
        return
    canvas.disc(x, y, r, skin)
    if look.style != "bald":
        canvas.pie(x, y - r * 0.08, r * 1.06, 180, 360, hair)
    if look.style == "hat":
        canvas.oval(x, y - r * 0.45, r * 1.7, r * 0.34, look.wrap)
        canvas.pie(x, y - r * 0.45, r * 1.02, 180, 360, look.wrap)


def _towards(a: Point, b: Point, part: float) -> Point:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def dog(canvas: Canvas, x: float, base: float, size: float, color: str, ears: str) -> None:
    """A dog that runs to the right."""

    def at(*points: Point) -> list[Point]:
        return [(x + px * size, base - py * size) for px, py in points]

    for leg in (
        ((-0.42, 0.42), (-0.66, 0.16)),
        ((-0.36, 0.42), (-0.5, 0.04)),
        ((0.34, 0.42), (0.66, 0.2)),
        ((0.3, 0.42), (0.52, 0.05)),
    ):
        canvas.line(at(*leg), 0.13 * size, color)
    canvas.line(at((-0.42, 0.5), (0.36, 0.52)), 0.36 * size, color)
    canvas.bow(at((-0.5, 0.58), (-0.75, 0.72), (-0.8, 0.95)), 0.1 * size, color)
    canvas.line(at((0.38, 0.58), (0.56, 0.8)), 0.24 * size, color)
    canvas.line(at((0.58, 0.84), (0.78, 0.78)), 0.22 * size, color)
    canvas.disc(*at((0.88, 0.8))[0], 0.06 * size, "#2f2a28")
    canvas.line(at((0.52, 0.96), (0.38, 0.76)), 0.14 * size, ears)
    canvas.disc(*at((0.66, 0.88))[0], 0.035 * size, "#2f2a28")
