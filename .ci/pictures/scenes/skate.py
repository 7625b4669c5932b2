"""A ramp at sunset and a girl in the air above it."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    ARMS_UP,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    skyline,
    sun,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#f2a65a", "#f9dfb3", 640)
    sun(c, 470, 400, 150, "#fbe7a8")
    skyline(c, 560, ("#c77a58", "#b96d52", "#cf8763"), 130)
    c.rect(0, 556, WIDTH, 344, "#8a7f86")
    c.poly([(0, 640), (WIDTH, 600), (WIDTH, 900), (0, 900)], "#9c9097")
    for x in range(120, WIDTH, 330):
        c.poly([(x, 900), (x + 26, 900), (x + 116, 640), (x + 100, 640)], "#d8d0cc90")
    curve = [(760, 822), (900, 800), (1020, 730), (1100, 630), (1140, 520)]
    c.poly([*curve, (1330, 520), (1330, 822)], "#a9713f")
    c.poly([*curve, (1160, 520), (1130, 640), (1040, 750), (910, 816)], "#c98f58")
    c.rect(1130, 506, 210, 20, "#6d4b3a", 6)
    for x in (1180, 1250, 1310):
        c.rect(x, 540, 12, 282, "#8d5c34")
    for x in (800, 1290):
        c.disc(x, 834, 20, "#3a3437")
    c.rect(250, 742, 320, 16, "#4f7fc4", 8)
    for x in (290, 520):
        c.rect(x, 750, 14, 90, "#3a5f93")


def _foreground(c: Canvas) -> None:
    look = Look(1, 1, "#3f8f86", "#3f3a5a", "long")
    person(
        c,
        960,
        520,
        270,
        look,
        Pose(
            (((-0.3, 0.8),), ((0.32, 0.86),)),
            (((-0.12, 0.26), (-0.16, 0.06)), ((0.14, 0.28), (0.16, 0.08))),
            lean=-10,
        ),
    )
    c.line([(880, 540), (900, 524), (1030, 500), (1052, 476)], 15, "#e0574f")
    c.disc(914, 540, 12, "#f4ede2")
    c.disc(1020, 521, 12, "#f4ede2")
    person(c, 150, 850, 290, Look(3, 3, "#f2b84b", "#344255"), Pose(WAVING))
    person(
        c,
        1470,
        850,
        300,
        Look(0, 2, "#8f78c4", "#2f3a44", "hat", "#2f3a44"),
        Pose(ARMS_UP, mirrored=True),
    )
