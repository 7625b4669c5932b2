"""A church tower with bells above a square, and notes over the roofs."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import WAVING, Look, Pose, person
from pictures.props import BRICKS, ROOFS, cloud, house, sun, tree


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    c.sky("#b8d4ea", "#fbe9c9", 680)
    sun(c, 330, 210, 64)
    cloud(c, 1330, 150, 120)
    cloud(c, 560, 110, 80)
    for place, x in enumerate(range(-40, WIDTH, 200)):
        house(c, x, 660, 180, 200, BRICKS[place % 6], ROOFS[place % 3])
    _tower(c, 800, 700)
    for x, y, size in ((560, 250, 30), (470, 330, 24), (1060, 230, 32), (1160, 320, 26)):
        _note(c, x, y, size)
    _note(c, 1280, 250, 22)
    c.rect(0, 660, WIDTH, 240, "#d8c6b0")
    for row in range(5):
        y = 690 + row * 46
        c.line([(0, y), (WIDTH, y)], 3, "#c9b59d")
    tree(c, 150, 740, 330)
    tree(c, 1470, 730, 300)
    person(c, 480, 860, 330, Look(0, 4, "#6d8a5a", "#5b5048", "hat", "#4a4038"), Pose(WAVING))
    person(
        c, 1120, 850, 310, Look(3, 3, "#e0574f", "#344255", "curls"), Pose(WAVING, mirrored=True)
    )
    person(c, 1230, 860, 210, Look(3, 3, "#f2b84b", "#4f7fc4", "curls"), Pose(WAVING))


def _tower(c: Canvas, x: float, base: float) -> None:
    c.rect(x - 110, base - 430, 220, 430, "#a8614b")
    for y in range(0, 430, 44):
        c.line([(x - 110, base - y), (x + 110, base - y)], 2, "#95533f")
    c.rect(x - 130, base - 446, 260, 22, "#f0e6d6")
    c.rect(x - 90, base - 590, 180, 146, "#b97a5c")
    for dx in (-62, 0, 62):
        c.rect(x + dx - 24, base - 570, 48, 118, "#4a3d46", 22)
        c.pie(x + dx, base - 492, 20, 180, 360, "#e2b04a")
        c.rect(x + dx - 21, base - 494, 42, 12, "#c9953a", 4)
        c.disc(x + dx, base - 476, 6, "#7a5a2a")
    c.poly([(x - 104, base - 588), (x, base - 690), (x + 104, base - 588)], "#4c4a52")
    c.disc(x, base - 360, 52, "#f7f1e6")
    c.ring(x, base - 360, 52, 7, "#e2b04a")
    c.line([(x, base - 360), (x, base - 398)], 6, "#37302d")
    c.line([(x, base - 360), (x + 24, base - 350)], 6, "#37302d")
    c.rect(x - 44, base - 130, 88, 130, "#57433f", 42)


def _note(c: Canvas, x: float, y: float, size: float) -> None:
    c.oval(x, y, size * 0.6, size * 0.42, "#4a3d6a")
    c.line([(x + size * 0.5, y), (x + size * 0.5, y - size * 1.8)], 6, "#4a3d6a")
    c.line([(x + size * 0.5, y - size * 1.8), (x + size * 1.1, y - size * 1.3)], 8, "#4a3d6a")
