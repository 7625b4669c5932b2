"""A bright kitchen, pans on the wall, two people at a big pot of soup."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    REACHING,
    Look,
    Pose,
    person,
)
from pictures.props import view


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#f6ead2", "#f3e2c4")
    for x in range(0, WIDTH, 80):
        for y in (330, 410, 490):
            c.rect(x + 3, y + 3, 74, 74, "#fbf5e8" if (x // 80 + y // 80) % 3 else "#e6efe4", 4)
    c.rect(0, 780, WIDTH, 120, "#b98a5e")
    for x in range(0, WIDTH, 200):
        c.line([(x, 780), (x - 80, 900)], 3, "#a5774c")
    view(c, 120, 90, 210, 231)
    c.rect(420, 140, 420, 16, "#8d5c34", 6)
    for x, radius, color in (
        (480, 44, "#4a4f58"),
        (590, 52, "#c8553d"),
        (710, 40, "#8b9098"),
        (800, 32, "#4a4f58"),
    ):
        c.line([(x, 150), (x, 190)], 8, "#5b5048")
        c.disc(x, 190 + radius, radius, color)
        c.disc(x - radius * 0.2, 190 + radius * 0.8, radius * 0.66, "#ffffff26")


def _foreground(c: Canvas) -> None:
    for x in (930, 1130, 1330):
        _cupboard(c, x, 90, 190, 210)
    c.rect(0, 560, WIDTH, 34, "#8d5c34")
    c.rect(0, 594, WIDTH, 200, "#3f8f76")
    for x in range(10, WIDTH, 200):
        c.rect(x, 612, 180, 164, "#4fa389", 8)
        c.rect(x + 70, 632, 40, 8, "#f3e2c4", 4)
    _stove(c, 640)
    for x, color in ((210, "#e0574f"), (262, "#f2b84b"), (318, "#6aa35a")):
        c.disc(x, 536, 28, color)
    c.rect(150, 552, 230, 14, "#d9c0a0", 6)
    c.rect(1280, 470, 70, 94, "#f2b84b", 14)
    c.line([(1300, 470), (1290, 400)], 9, "#8d5c34")
    c.line([(1324, 470), (1340, 390)], 9, "#b9b4ad")
    cook = Look(0, 4, "#e0574f", "#4a5b7a", "bun")
    person(c, 500, 880, 500, cook, Pose(REACHING))
    c.poly([(446, 560), (556, 560), (570, 740), (430, 740)], "#f7f1e6")
    person(c, 1090, 880, 520, Look(3, 3, "#f2b84b", "#3f4a5a"), Pose(REACHING, mirrored=True))
    c.poly([(1036, 560), (1144, 560), (1160, 750), (1020, 750)], "#dcecf0")


def _stove(c: Canvas, x: float) -> None:
    c.rect(x - 20, 560, 360, 230, "#4a4f58", 8)
    c.rect(x + 30, 640, 260, 120, "#2f3a44", 10)
    c.rect(x + 44, 654, 232, 92, "#f2b84b60", 8)
    for knob in range(5):
        c.disc(x + 40 + knob * 60, 604, 13, "#d9d4cc")
    c.rect(x + 40, 400, 250, 164, "#c9ced6", 18)
    c.oval(x + 165, 404, 125, 24, "#e08a3c")
    c.oval(x + 165, 398, 125, 24, "#f0a850")
    for side in (26, 304):
        c.disc(x + side, 470, 16, "#8b9098")
    for dx in (90, 165, 240):
        steam = [(x + dx, 370), (x + dx + 22, 330), (x + dx - 16, 290), (x + dx + 14, 240)]
        c.bow(steam, 15, "#ffffff")
    c.line([(x + 60, 392), (x - 34, 486)], 11, "#b98a4e")
    c.line([(x + 250, 394), (x + 330, 500)], 11, "#b98a4e")


def _cupboard(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    c.rect(x, y, width, height, "#3f8f76", 8)
    c.rect(x + 12, y + 12, width / 2 - 16, height - 24, "#4fa389", 6)
    c.rect(x + width / 2 + 4, y + 12, width / 2 - 16, height - 24, "#4fa389", 6)
    for side in (-14, 14):
        c.disc(x + width / 2 + side, y + height / 2, 6, "#f3e2c4")
