"""Rows of neighbours before a screen in a dark hall."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import HAIRS, SKINS
from pictures.props import sun

_SHIRTS = ("#8f78c4", "#e0574f", "#3f8f86", "#f2b84b", "#4f7fc4", "#e98aa6", "#6aa35a")


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    c.sky("#2a2540", "#453a5c")
    for x in (0, 1420):
        c.rect(x, 0, 180, 640, "#7d2f3c")
        for fold in range(5):
            c.rect(x + 14 + fold * 36, 0, 12, 640, "#6a2632")
    _film(c)
    c.poly([(640, 900), (960, 900), (1330, 500), (270, 500)], "#fff3cf14")
    for row, (y, size, number) in enumerate(((600, 56, 9), (720, 70, 7), (860, 88, 6))):
        step = (WIDTH - 200) / number
        for place in range(number):
            x = 140 + step * (place + (0.5 if row % 2 else 0.2))
            _seen_from_behind(c, x, y, size, row * 3 + place)


def _film(c: Canvas) -> None:
    left, top, width, height = 270, 70, 1060, 430
    c.rect(left - 16, top - 16, width + 32, height + 32, "#1d1930", 6)
    c.rect(left, top, width, height, "#f2b37a")
    c.rect(left, top + 250, width, 180, "#3f7f9c")
    sun(c, 960, 300, 86, "#f7cf5e")
    c.rect(left, top + 250, width, 180, "#3f7f9c")
    for y in (350, 400, 450):
        c.line([(340, y), (640, y)], 4, "#7fb3c4")
        c.line([(900, y + 20), (1250, y + 20)], 4, "#f2cf9a")
    c.poly([(560, 372), (780, 372), (740, 420), (600, 420)], "#6b4a42")
    c.poly([(664, 140), (664, 356), (540, 356)], "#f7f1e6")
    c.poly([(678, 170), (678, 356), (780, 356)], "#e0574f")
    c.rect(666, 130, 9, 246, "#57433f")


def _seen_from_behind(c: Canvas, x: float, y: float, size: float, number: int) -> None:
    c.rect(x - size * 1.1, y - size * 0.1, size * 2.2, size * 2.4, "#8a3644", size * 0.3)
    c.rect(x - size * 0.78, y - size * 0.5, size * 1.56, size, _SHIRTS[number % 7], size * 0.4)
    c.rect(x - size * 1.1, y + size * 0.2, size * 2.2, size * 2.2, "#9c4150", size * 0.3)
    c.rect(x - size * 0.16, y - size * 0.8, size * 0.32, size * 0.5, SKINS[number % 6])
    c.disc(x, y - size * 1.1, size * 0.5, HAIRS[(number * 5) % 6])
    if number % 4 == 0:
        c.disc(x - size * 0.1, y - size * 1.66, size * 0.24, HAIRS[(number * 5) % 6])
