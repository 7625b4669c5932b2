"""Women who learn to cycle on a school yard, between cones."""

import math

from pictures.canvas import WIDTH, Canvas
from pictures.people import ARMS_DOWN, REACHING, WAVING, Limb, Look, Pose, person
from pictures.props import cloud, flags, tree, window

_PEDALLING = (((0.16, 0.28), (0.06, 0.06)), ((0.2, 0.32), (0.16, 0.14)))


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    c.sky("#a9d8e8", "#eef5e6", 560)
    cloud(c, 260, 120, 100)
    cloud(c, 1240, 90, 120)
    _school(c)
    c.rect(0, 560, WIDTH, 340, "#c9c2bb")
    for y in (640, 760, 860):
        c.line([(0, y), (WIDTH, y)], 3, "#bdb5ad")
    c.bow([(120, 840), (520, 720), (900, 800), (1500, 690)], 8, "#f7f1e6")
    tree(c, 90, 600, 330)
    tree(c, 1520, 610, 380)
    for x, y in ((330, 740), (640, 850), (1010, 850), (1330, 770)):
        c.poly([(x - 26, y), (x, y - 70), (x + 26, y)], "#e8782f")
        c.poly([(x - 15, y - 28), (x - 9, y - 46), (x + 9, y - 46), (x + 15, y - 28)], "#ffffff")
    _rider(c, 470, 800, "#2f86a6", Look(2, 3, "#e0574f", "#3f3a44", "scarf", "#f2b84b"), WAVING)
    _rider(c, 1140, 790, "#d9534a", Look(1, 3, "#8f78c4", "#344255", "scarf", "#3f8f86"), REACHING)
    person(c, 830, 800, 330, Look(0, 4, "#6aa35a", "#4a4f63", "bun"), Pose(REACHING))
    person(c, 1420, 880, 330, Look(3, 3, "#f2b84b", "#5b5048", "long"), Pose(ARMS_DOWN))


def _school(c: Canvas) -> None:
    c.rect(240, 220, 1120, 340, "#c98a5e")
    c.rect(220, 196, 1160, 34, "#57433f")
    for x in range(280, 1300, 150):
        window(c, x, 280, 84)
    c.rect(740, 400, 120, 160, "#3f8f86", 6)
    flags(c, (240, 236), (800, 236), 60)
    flags(c, (800, 236), (1360, 236), 60)


def _rider(
    c: Canvas, x: float, base: float, color: str, look: Look, arms: tuple[Limb, Limb]
) -> None:
    for wheel in (x - 88, x + 92):
        c.ring(wheel, base - 62, 62, 8, "#37302d")
        for spoke in range(6):
            angle = spoke * math.pi / 6
            dx, dy = 56 * math.cos(angle), 56 * math.sin(angle)
            c.line([(wheel - dx, base - 62 - dy), (wheel + dx, base - 62 + dy)], 2, "#8b9098")
    frame = [(x - 88, base - 62), (x - 24, base - 150), (x, base - 66), (x - 88, base - 62)]
    c.line(frame, 10, color)
    c.line([(x, base - 66), (x + 70, base - 150), (x + 92, base - 62)], 10, color)
    c.line([(x + 70, base - 150), (x + 58, base - 196), (x + 34, base - 200)], 9, "#37302d")
    c.line([(x - 46, base - 158), (x - 4, base - 158)], 14, "#37302d")
    pose = Pose(arms, _PEDALLING, lean=6)
    person(c, x - 26, base - 40, 320, look, pose)
