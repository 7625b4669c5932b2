"""A wooden play house with solar panels, a swing and a mill in the sun."""

import math

from pictures.canvas import WIDTH, Canvas
from pictures.people import WAVING, Look, Pose, person
from pictures.props import (
    cloud,
    grass,
    mill,
    sun,
    tree,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#8fcbe6", "#f7efcf", 640)
    sun(c, 1360, 170, 100)
    for turn in range(12):
        angle = turn * math.pi / 6
        a, b = 190, 236
        c.line(
            [
                (1360 + a * math.cos(angle), 170 + a * math.sin(angle)),
                (1360 + b * math.cos(angle), 170 + b * math.sin(angle)),
            ],
            12,
            "#f7cf5e",
        )
    cloud(c, 220, 130, 100)
    c.land([620, 600, 624, 606], "#8fbb6c")
    mill(c, 170, 616, 300, 40)


def _foreground(c: Canvas) -> None:
    for x, tall in ((1500, 300), (30, 170), (1180, 200)):
        tree(c, x, 640, tall)
    c.land([690, 680, 700, 690], "#a9cb7d")
    c.rect(420, 430, 620, 330, "#c98f58")
    for y in range(450, 760, 34):
        c.line([(420, y), (1040, y)], 3, "#b57c48")
    c.poly([(360, 440), (500, 210), (1120, 210), (1100, 440)], "#6b4a42")
    _panels(c)
    for x in (480, 860):
        c.rect(x - 6, 514, 132, 112, "#f7f1e6", 6)
        c.rect(x, 520, 120, 100, "#bfe0ea", 4)
        c.rect(x + 57, 520, 6, 100, "#f7f1e6")
    c.rect(660, 540, 130, 220, "#3f8f86", 10)
    c.disc(770, 656, 8, "#f3c969")
    _swing(c)
    person(c, 560, 850, 230, Look(3, 3, "#f2b84b", "#4f7fc4", "curls"), Pose(WAVING))
    person(c, 800, 858, 360, Look(1, 3, "#e0574f", "#3f4a5a"), Pose(WAVING, mirrored=True))
    grass(c, 0, WIDTH, 892, 60, "#7da45a")


def _panels(c: Canvas) -> None:
    for row in range(3):
        for column in range(6):
            top, bottom = 228 + row * 68, 288 + row * 68
            left = 520 + column * 97
            a, b = left - row * 29, left - (row + 0.88) * 29
            c.poly([(a, top), (a + 90, top), (b + 90, bottom), (b, bottom)], "#24426b")
            c.poly([(a, top), (a + 34, top), (b + 4, bottom), (b, bottom)], "#3a639a")
            c.line([(b + 6, (top + bottom) / 2), (a + 84, (top + bottom) / 2)], 2, "#8fb0d6")


def _swing(c: Canvas) -> None:
    c.line([(1180, 830), (1240, 480), (1300, 830)], 16, "#8d5c34")
    c.line([(1470, 830), (1530, 480), (1590, 830)], 16, "#8d5c34")
    c.line([(1240, 480), (1530, 480)], 18, "#8d5c34")
    for x in (1330, 1420):
        c.line([(x, 484), (x - 50, 720)], 5, "#5b5048")
    c.rect(1264, 716, 124, 14, "#e0574f", 6)
    legs = (((0.2, 0.42), (0.4, 0.36)), ((0.2, 0.4), (0.42, 0.32)))
    person(c, 1318, 802, 210, Look(0, 2, "#8f78c4", "#344255", "long"), Pose(legs=legs))
