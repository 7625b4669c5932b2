"""A long table under pennants, neighbours of all ages eating together."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    ARMS_DOWN,
    ARMS_UP,
    REACHING,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import BRICKS, flags, window


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#cfe6df", "#eaf0dc", 600)
    for place, x in enumerate(range(-40, WIDTH, 330)):
        c.rect(x, 60, 300, 470, BRICKS[(place + 2) % 6])
        for row in range(3):
            for column in range(3):
                window(c, x + 34 + column * 90, 96 + row * 140, 54)
            c.rect(x + 18, 180 + row * 140, 264, 12, "#f4ede2")
    c.rect(0, 520, WIDTH, 400, "#a9c583")
    c.land([540, 530, 544, 534], "#b8d08f")
    flags(c, (-20, 90), (820, 60), 110)
    flags(c, (800, 60), (1640, 100), 110)


def _foreground(c: Canvas) -> None:
    guests = (
        (150, 400, Look(0, 4, "#8f78c4", style="bun")),
        (370, 420, Look(3, 3, "#e0574f")),
        (590, 410, Look(1, 3, "#3f8f86", style="scarf", wrap="#f2b84b")),
        (800, 330, Look(2, 1, "#f2b84b", style="curls")),
        (1010, 420, Look(5, 3, "#4f7fc4", style="hat", wrap="#e9d8a6")),
        (1230, 400, Look(0, 2, "#e98aa6", style="long")),
        (1450, 410, Look(4, 4, "#6d8a5a")),
    )
    poses = (WAVING, REACHING, ARMS_UP, ARMS_DOWN, WAVING, ARMS_DOWN, REACHING)
    for place, ((x, height, look), arms) in enumerate(zip(guests, poses, strict=True)):
        person(c, x, 850, height, look, Pose(arms, mirrored=place > 3))
    c.poly([(20, 660), (1580, 660), (1640, 760), (-40, 760)], "#f7f1e6")
    c.rect(-40, 758, WIDTH + 80, 60, "#e6d9c4")
    for x in range(-20, WIDTH, 120):
        c.poly([(x, 758), (x + 60, 758), (x + 30, 818)], "#d9534a30")
    for x in (160, 1440):
        c.rect(x, 818, 34, 82, "#8d5c34")
    _dishes(c)


def _dishes(c: Canvas) -> None:
    for x, color in (
        (120, "#6aa35a"),
        (420, "#e08a3c"),
        (760, "#c8553d"),
        (1100, "#f2b84b"),
        (1400, "#6aa35a"),
    ):
        c.oval(x, 722, 82, 20, "#00000020")
        c.pie(x, 696, 78, 0, 180, "#4f7fa8" if color != "#c8553d" else "#f2b84b")
        c.oval(x, 696, 78, 22, color)
        for dx in (-40, -8, 28):
            c.disc(x + dx, 690, 11, "#ffffff70")
    for x in (255, 590, 930, 1250, 1530):
        c.oval(x, 716, 54, 15, "#dcecf0")
        c.oval(x, 714, 34, 9, "#ffffff")
        c.line([(x + 68, 700), (x + 74, 734)], 5, "#8b9098")
    for x in (330, 670, 1010, 1320):
        c.poly([(x - 16, 660), (x + 16, 660), (x + 11, 720), (x - 11, 720)], "#bfe0ead0")
