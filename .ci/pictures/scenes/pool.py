"""Swimming lanes from above the water line, children with boards."""

from pictures.canvas import HEIGHT, WIDTH, Canvas
from pictures.people import (
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    bush,
    flags,
)


def draw(c: Canvas) -> None:
    """Draw the scene."""
    c.sky("#d9eef2", "#eef6ee", 420)
    for x in range(60, WIDTH, 250):
        c.rect(x, 60, 190, 220, "#bfe3ee", 10)
        c.rect(x + 91, 60, 8, 220, "#eef6ee")
        bush(c, x + 60, 280, 46, "#8fbf8a")
        bush(c, x + 140, 280, 34, "#7db08a")
    c.rect(0, 280, WIDTH, 60, "#e9d8b4")
    for x in range(0, WIDTH, 80):
        c.rect(x, 340, 78, 34, "#f4ede2")
    flags(c, (0, 40), (800, 40), 50)
    flags(c, (800, 40), (1600, 40), 50)
    c.rect(0, 374, WIDTH, HEIGHT - 374, "#4fb3cf")
    c.rect(0, 374, WIDTH, 26, "#3a9abb")
    for _ in range(34):
        px, py = c.rng.uniform(0, WIDTH), c.rng.uniform(420, 890)
        c.bow([(px, py), (px + 22, py - 8), (px + 44, py), (px + 66, py - 8)], 4, "#a9e0ec")
    _swimmer(c, 330, 580, Look(3, 3, "#f2b84b", style="curls"), "#e98aa6")
    _swimmer(c, 760, 796, Look(0, 2, "#8f78c4", style="short"), "#f2b84b")
    _swimmer(c, 1090, 576, Look(2, 3, "#e0574f", style="bun"), "#6aa35a")
    for y, first in ((430, "#e0574f"), (656, "#f2b84b"), (868, "#e0574f")):
        for place, x in enumerate(range(-10, WIDTH, 46)):
            c.rect(x, y, 40, 18, first if place % 2 else "#f7f1e6", 9)
    person(c, 1410, 376, 290, Look(1, 0, "#e0574f", "#f7f1e6", "long"), Pose(WAVING, mirrored=True))


def _swimmer(c: Canvas, x: float, y: float, look: Look, board: str) -> None:
    arms = (((0.5, 0.66),), ((0.52, 0.74),))
    person(c, x, y + 226, 330, look, Pose(arms, (((0, 0.4),), ((0, 0.4),))))
    c.rect(x + 118, y - 46, 120, 34, board, 17)
    c.rect(x - 70, y + 44, 140, 80, "#4fb3cf")
    c.bow(
        [
            (x - 130, y + 46),
            (x - 60, y + 34),
            (x, y + 48),
            (x + 70, y + 34),
            (x + 140, y + 48),
            (x + 260, y + 38),
        ],
        10,
        "#dff5f9",
    )
