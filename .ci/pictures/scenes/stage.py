"""An evening by the harbour: a band under lamps, people dancing."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    ARMS_UP,
    REACHING,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import ROOFS, house


def draw(c: Canvas) -> None:
    """Draw the scene."""
    c.sky("#2f3b6b", "#e0946e", 620)
    for _ in range(36):
        c.disc(c.rng.uniform(0, WIDTH), c.rng.uniform(0, 240), c.rng.uniform(1, 2.6), "#f6ecd0")
    for place, x in enumerate(range(-40, WIDTH, 250)):
        walls = ("#4a4a72", "#564e74", "#43456a")
        house(c, x, 560, 210, 200 + 60 * (place % 2), walls[place % 3], ROOFS[2])
    c.rect(0, 540, WIDTH, 80, "#35507a")
    for x, tall in ((90, 260), (1490, 320)):
        c.line([(x, 560), (x, 560 - tall)], 8, "#2b2f4a")
        c.poly([(x + 8, 560 - tall), (x + 8, 520), (x + 90, 520)], "#e9d8c0")
        c.poly([(x - 70, 560), (x + 90, 560), (x + 60, 596), (x - 44, 596)], "#8c3f3a")
    c.rect(0, 600, WIDTH, 300, "#5b5470")
    c.rect(350, 180, 26, 430, "#3a3350")
    c.rect(1224, 180, 26, 430, "#3a3350")
    c.rect(330, 160, 940, 44, "#8c3f3a", 10)
    c.rect(376, 204, 848, 330, "#f2a65a38")
    for x, color in ((470, "#f2b84b"), (640, "#e0574f"), (960, "#8f78c4"), (1130, "#4fb3cf")):
        c.poly([(x - 14, 214), (x + 14, 214), (x + 110, 530), (x - 110, 530)], color + "50")
        c.rect(x - 24, 196, 48, 30, "#3a3350", 8)
    for x in range(350, 1260, 60):
        c.disc(x, 182, 9, "#fbe7a8")
    c.rect(320, 530, 960, 90, "#8d5c34", 6)
    for x in range(340, 1270, 60):
        c.line([(x, 540), (x, 616)], 3, "#6d4b3a")
    _band(c)
    _crowd(c)


def _band(c: Canvas) -> None:
    person(c, 530, 536, 280, Look(1, 4, "#f7f1e6", "#344255", "hat", "#2f3a44"), Pose(REACHING))
    for fold in range(6):
        c.rect(544 + fold * 17, 396, 14, 74, "#c8553d" if fold % 2 else "#f2b84b", 4)
    person(c, 800, 536, 300, Look(3, 3, "#e0574f", "#2f3a44", "curls"), Pose(WAVING))
    c.line([(842, 536), (842, 330)], 6, "#27242f")
    c.disc(842, 322, 15, "#27242f")
    person(
        c, 1060, 536, 285, Look(0, 1, "#4f7fc4", "#3a3350", "long"), Pose(REACHING, mirrored=True)
    )
    c.line([(1120, 430), (940, 380)], 11, "#6d4b3a")
    c.disc(1094, 424, 38, "#c98f3c")
    c.disc(1050, 410, 27, "#c98f3c")
    c.disc(1082, 420, 13, "#6d4b3a")


def _crowd(c: Canvas) -> None:
    shirts = ("#3f8f86", "#e98aa6", "#f2b84b", "#6aa35a", "#8f78c4", "#e0574f", "#4f7fc4")
    styles = ("long", "short", "scarf", "bun", "curls", "short", "hat")
    poses = (ARMS_UP, WAVING, ARMS_UP, WAVING, ARMS_UP, WAVING, ARMS_UP)
    for place in range(7):
        x = 110 + place * 230
        tall = 300 + 26 * (place % 3)
        look = Look(place, place + 1, shirts[place], "#3a3350", styles[place], "#f2b84b")
        person(
            c, x, 900 + 20 * (place % 2), tall, look, Pose(poses[place], mirrored=place % 2 == 0)
        )
