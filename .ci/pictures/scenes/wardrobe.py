"""A shop without a till: a rail of coats, boots beneath, and a child that gets a yellow one."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import ARMS_UP, REACHING, WAVING, Look, Pose, person
from pictures.props import view

_COATS = ("#e0574f", "#4f7fc4", "#6aa35a", "#8f78c4", "#e98aa6", "#3f8f86", "#c98f3c", "#d9534a")


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    c.sky("#f3e6d3", "#f7eee0")
    c.rect(0, 690, WIDTH, 210, "#b98a5c")
    for x in range(-100, WIDTH, 190):
        c.line([(x, 900), (x + 90, 690)], 3, "#a87a4e")
    view(c, 1270, 130, 240, 210)
    c.rect(1240, 470, 330, 230, "#e6d9c4", 10)
    for row in (486, 594):
        for place in range(3):
            c.rect(1258 + place * 102, row, 88, 92, "#cfbfa6", 6)
    for place, color in enumerate(("#4f7fc4", "#e0574f", "#6aa35a", "#f2b84b", "#8f78c4")):
        c.rect(1264 + place % 3 * 102, 540 + place // 3 * 108, 76, 32, color, 8)
    _rail(c)
    _boots(c)
    man = Look(2, 3, "#3f8f86", "#344255")
    person(c, 950, 860, 430, man, Pose(REACHING))
    person(c, 1180, 860, 270, Look(1, 1, "#e98aa6", "#4a5568", "long"), Pose(ARMS_UP))
    _coat(c, 1100, 600, 130, "#f2b84b")
    person(c, 1390, 880, 390, Look(5, 3, "#8f78c4", "#3f3a44", "bun"), Pose(WAVING, mirrored=True))


def _rail(c: Canvas) -> None:
    c.rect(70, 240, 740, 14, "#8b9098", 6)
    for x in (86, 780):
        c.rect(x, 240, 14, 480, "#8b9098", 6)
        c.rect(x - 40, 712, 94, 14, "#6b7078", 6)
    for place in range(8):
        x = 148 + place * 84
        c.line([(x, 240), (x, 266)], 4, "#57433f")
        _coat(c, x, 268, 190 + c.rng.uniform(-14, 30), _COATS[place])


def _coat(c: Canvas, x: float, top: float, long: float, color: str) -> None:
    w = long * 0.24
    c.line([(x - w, top + 16), (x - w * 1.35, top + long * 0.7)], w * 0.5, color)
    c.line([(x + w, top + 16), (x + w * 1.35, top + long * 0.7)], w * 0.5, color)
    body = [(x - w * 0.5, top), (x + w * 0.5, top), (x + w, top + 18), (x + w, top + long)]
    c.poly([*body, (x - w, top + long), (x - w, top + 18)], color)
    c.line([(x, top + 6), (x, top + long - 6)], 3, "#00000040")
    for y in (0.3, 0.52, 0.74):
        c.disc(x + 8, top + long * y, 5, "#ffffffb0")


def _boots(c: Canvas) -> None:
    for place, color in enumerate(("#e0574f", "#f2b84b", "#4f7fc4", "#6aa35a", "#8f78c4")):
        for pair in (0, 46):
            x = 150 + place * 132 + pair
            c.rect(x, 640, 30, 66, color, 8)
            c.rect(x, 682, 48, 24, color, 10)
            c.rect(x, 700, 48, 8, "#37302d", 3)
