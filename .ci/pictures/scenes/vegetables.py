"""Rows of cabbages, carrots and pumpkins, and a windmill behind them."""

import math

from pictures.canvas import WIDTH, Canvas
from pictures.people import REACHING, WALKING, Look, Pose, person
from pictures.props import (
    bush,
    cloud,
    mill,
    tree,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#b5dcea", "#f4f0d8", 480)
    cloud(c, 240, 140, 110)
    cloud(c, 900, 90, 80)
    c.land([440, 430, 442, 434], "#9cc27a")
    mill(c, 1240, 470, 440, 34)
    for x, tall in ((60, 220), (420, 170), (1500, 240)):
        tree(c, x, 470, tall)
    _greenhouse(c, 560, 470)
    c.rect(0, 466, WIDTH, 434, "#a9825c")
    for row in range(5):
        y = 520 + row * 86
        c.poly([(0, y), (WIDTH, y), (WIDTH, y + 26), (0, y + 26)], "#8f6a48")


def _foreground(c: Canvas) -> None:
    for row, (plant, step) in enumerate(
        ((_cabbage, 92), (_carrot, 64), (_pumpkin, 150), (_cabbage, 110))
    ):
        y = 526 + row * 92
        size = 26 + row * 9
        for x in range(20 + row * 24, WIDTH, step + row * 8):
            plant(c, x, y, size)
    person(
        c, 420, 860, 420, Look(0, 4, "#4f7fc4", "#5b5048", "hat", "#e3c27a"), Pose(REACHING, lean=6)
    )
    c.disc(572, 618, 40, "#e08a3c")
    c.line([(572, 584), (578, 560)], 10, "#5f7d46")
    person(
        c, 1180, 870, 400, Look(3, 3, "#e98aa6", "#4a5b7a", "scarf", "#f2b84b"), Pose(legs=WALKING)
    )
    c.poly([(1220, 690), (1340, 690), (1322, 764), (1240, 764)], "#b98a4e")
    for dx, color in ((1244, "#e0574f"), (1280, "#6aa35a"), (1316, "#e08a3c")):
        c.disc(dx, 684, 26, color)
    c.poly([(1216, 690), (1344, 690), (1340, 712), (1220, 712)], "#a5774c")


def _greenhouse(c: Canvas, x: float, base: float) -> None:
    c.poly(
        [(x, base), (x, base - 120), (x + 150, base - 200), (x + 300, base - 120), (x + 300, base)],
        "#d6edf0",
    )
    for step in range(5):
        c.line([(x + step * 75, base), (x + step * 75, base - 120)], 6, "#f7f3ea")
    c.line([(x, base - 120), (x + 300, base - 120)], 6, "#f7f3ea")
    c.line([(x, base - 120), (x + 150, base - 200), (x + 300, base - 120)], 8, "#f7f3ea")
    for dx in (40, 110, 190, 260):
        bush(c, x + dx, base, 30, "#6aa35a")


def _cabbage(c: Canvas, x: float, y: float, size: float) -> None:
    for turn in range(6):
        angle = turn * math.pi / 3
        c.disc(
            x + math.cos(angle) * size * 0.6,
            y + math.sin(angle) * size * 0.34,
            size * 0.55,
            "#6aa35a",
        )
    c.disc(x, y - size * 0.1, size * 0.62, "#8fc37a")
    c.disc(x - size * 0.14, y - size * 0.2, size * 0.34, "#b5dc9c")


def _carrot(c: Canvas, x: float, y: float, size: float) -> None:
    c.poly([(x - size * 0.34, y), (x + size * 0.34, y), (x, y + size * 0.9)], "#e88a3a")
    c.pie(x, y + 2, size * 0.34, 180, 360, "#e88a3a")
    for lean in (-0.5, 0, 0.5):
        c.line([(x, y - size * 0.2), (x + lean * size, y - size)], size * 0.16, "#4f8f58")


def _pumpkin(c: Canvas, x: float, y: float, size: float) -> None:
    c.oval(x, y + size * 0.5, size * 1.1, size * 0.2, "#00000026")
    for dx, color in ((-0.55, "#d9752f"), (0.55, "#d9752f"), (0, "#ef9a45")):
        c.oval(x + dx * size, y, size * 0.62, size * 0.62, color)
    c.line([(x, y - size * 0.55), (x + size * 0.12, y - size * 0.86)], size * 0.18, "#5f7d46")
