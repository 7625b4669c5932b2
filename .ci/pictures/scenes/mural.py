"""A bicycle tunnel with a bright painting and a girl on a ladder."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    REACHING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    PETALS,
    flower,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#8a8690", "#8a8690")
    c.rect(0, 0, WIDTH, 130, "#6d6974")
    for x in range(130, WIDTH, 330):
        c.rect(x, 92, 150, 22, "#fbe7a8", 10)
        c.poly([(x, 114), (x + 150, 114), (x + 260, 420), (x - 110, 420)], "#fff3c818")
    c.rect(0, 130, WIDTH, 570, "#f2e6d0")
    c.land([430, 360, 470, 380, 450, 330, 410], "#4fa3a5", 700)
    c.land([520, 470, 560, 500, 540, 470, 530], "#2f7f95", 700)
    c.land([610, 580, 640, 590, 620, 600, 590], "#24607a", 700)
    for x in range(60, 1000, 190):
        c.bow([(x, 560), (x + 40, 540), (x + 80, 560), (x + 120, 540)], 9, "#bfe6e0")
    c.disc(300, 270, 88, "#f2b84b")
    for turn in range(8):
        c.pie(300, 270, 150, turn * 45 - 6, turn * 45 + 6, "#e0574f")
    c.disc(300, 270, 88, "#f2b84b")
    _heron(c, 640, 640)


def _foreground(c: Canvas) -> None:
    for x, y, size, color in (
        (900, 250, 60, "#e0574f"),
        (1050, 330, 44, "#8f78c4"),
        (470, 210, 40, "#f7f1e6"),
    ):
        c.poly([(x - size, y - size * 0.5), (x, y), (x - size * 0.2, y + size * 0.3)], color)
        c.poly([(x + size, y - size * 0.5), (x, y), (x + size * 0.2, y + size * 0.3)], color)
    for place, x in enumerate((1180, 1270, 1370, 1470, 1550)):
        flower(c, x, 690, 190 + 50 * (place % 3), PETALS[place])
    c.rect(0, 700, WIDTH, 200, "#575560")
    c.rect(0, 700, WIDTH, 14, "#46444e")
    for x in range(40, WIDTH, 260):
        c.rect(x, 800, 140, 10, "#e9e4da")
    _painter(c)
    for x, color in ((930, "#e0574f"), (996, "#f2b84b"), (1062, "#4f7fc4")):
        c.rect(x, 800, 52, 56, "#b9b4ad", 6)
        c.oval(x + 26, 802, 26, 9, color)


def _heron(c: Canvas, x: float, base: float) -> None:
    for leg in (-14, 16):
        c.line([(x + leg, base), (x + leg, base - 120)], 8, "#f2b84b")
    c.blob(
        [
            (x - 110, base - 150),
            (x - 20, base - 230),
            (x + 70, base - 210),
            (x + 60, base - 130),
            (x - 30, base - 105),
        ],
        "#e8eef0",
    )
    c.blob(
        [(x - 120, base - 150), (x - 10, base - 215), (x + 30, base - 150), (x - 50, base - 120)],
        "#9fb4c4",
    )
    c.bow(
        [(x + 50, base - 190), (x + 105, base - 260), (x + 60, base - 330), (x + 92, base - 380)],
        30,
        "#e8eef0",
    )
    c.disc(x + 94, base - 386, 27, "#e8eef0")
    c.poly([(x + 110, base - 400), (x + 200, base - 372), (x + 108, base - 374)], "#f2b84b")
    c.line([(x + 96, base - 404), (x + 30, base - 396)], 7, "#24404f")
    c.disc(x + 100, base - 390, 5, "#24404f")


def _painter(c: Canvas) -> None:
    for x, slant in ((1120, -40), (1230, 40)):
        c.line([(x - slant * 0.4, 410), (x + slant, 840)], 14, "#b98a4e")
    for y in range(470, 830, 62):
        spread = (y - 410) * 0.1
        c.line([(1132 - spread, y), (1218 + spread, y)], 10, "#b98a4e")
    look = Look(1, 1, "#f2b84b", "#4f7fc4", "long")
    person(c, 1180, 660, 300, look, Pose((((-0.17, 0.5),), ((0.26, 0.84), (0.36, 1.0)))))
    c.line([(1284, 366), (1308, 330)], 9, "#8d5c34")
    c.oval(1312, 324, 11, 16, "#e98aa6")
    person(c, 850, 880, 330, Look(3, 3, "#6aa35a", "#2f3a44", "hat", "#2f3a44"), Pose(REACHING))
