"""A football cage in the evening, lit by lamps, a train behind it."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    ARMS_UP,
    RUNNING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    skyline,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#26355a", "#c77f6a", 560)
    for _ in range(40):
        c.disc(c.rng.uniform(0, WIDTH), c.rng.uniform(0, 220), c.rng.uniform(1, 2.6), "#f6ecd0")
    skyline(c, 480, ("#3a4263", "#424a6b", "#353c5a"))
    c.rect(0, 478, WIDTH, 40, "#4a4658")
    _train(c)
    c.rect(0, 518, WIDTH, 400, "#3f6d58")
    c.poly([(150, 540), (1450, 540), (1700, 900), (-100, 900)], "#5b8f6b")
    c.line([(150, 640), (1450, 640)], 5, "#d9ead6a0")
    c.ring(800, 760, 120, 6, "#d9ead6")
    for x in (130, 560, 1040, 1470):
        c.poly([(x, 300), (x - 190, 880), (x + 190, 880)], "#ffe6a026")
    for x in range(130, 1471, 67):
        c.rect(x - 3, 330, 6, 250, "#2f3a4c")
    for y in range(340, 580, 34):
        c.line([(130, y), (1470, y)], 2, "#8d97a8")


def _foreground(c: Canvas) -> None:
    for x in (130, 560, 1040, 1470):
        c.rect(x - 7, 190, 14, 400, "#27303f")
        c.rect(x - 46, 178, 92, 24, "#27303f", 8)
        c.rect(x - 38, 196, 76, 16, "#ffe08a", 8)
    person(c, 520, 830, 290, Look(3, 3, "#e0574f", "#27303f"), Pose(legs=RUNNING, lean=8))
    person(
        c,
        1040,
        800,
        280,
        Look(2, 3, "#f2b84b", "#344255", "scarf", "#4f7fc4"),
        Pose(legs=RUNNING, lean=8, mirrored=True),
    )
    person(c, 1310, 850, 300, Look(0, 0, "#4f7fc4", "#27303f", "curls"), Pose(ARMS_UP))
    c.oval(772, 842, 40, 8, "#00000040")
    c.disc(772, 806, 36, "#f6f1e6")
    for dx, dy in ((0, 0), (-22, -16), (22, -16), (-14, 24), (16, 24)):
        c.disc(772 + dx, 806 + dy, 9, "#2f3a44")


def _train(c: Canvas) -> None:
    c.rect(860, 396, 800, 88, "#f2c14e", 26)
    c.rect(860, 452, 800, 32, "#2f6690")
    for x in range(900, WIDTH, 92):
        c.rect(x, 412, 66, 34, "#fff3cf", 6)
    c.rect(862, 410, 26, 36, "#cfe8f1", 8)
