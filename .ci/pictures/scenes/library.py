"""A red telephone box full of books under a chestnut tree."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    REACHING,
    SITTING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    PETALS,
    bench,
    skyline,
    tree,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#f4dfb8", "#f6edd6", 640)
    skyline(c, 640, ("#e3c79f", "#dcbd92", "#e8d0ab"), 140)
    c.land([610, 598, 612, 604], "#c2b06a")
    c.land([720, 700, 726, 712], "#d3bf78")
    tree(c, 330, 760, 720, "#b9772f")
    tree(c, 1420, 700, 430, "#c98f3c")
    for _ in range(60):
        x, y = c.rng.uniform(0, WIDTH), c.rng.uniform(730, 890)
        c.oval(x, y, 11, 6, c.rng.choice(("#b9772f", "#c98f3c", "#a5482d", "#e0a94a")))
    c.oval(800, 846, 170, 20, "#00000026")
    c.rect(660, 230, 280, 616, "#b8322c", 18)
    c.rect(646, 210, 308, 54, "#9c2722", 16)
    c.rect(700, 280, 200, 30, "#f7f1e6", 6)
    c.rect(690, 326, 220, 480, "#4a2a24")
    for row in range(5):
        _shelf(c, 696, 414 + row * 94)
    c.rect(686, 322, 10, 488, "#d6453d")
    c.rect(904, 322, 10, 488, "#d6453d")


def _foreground(c: Canvas) -> None:
    c.rect(794, 322, 8, 488, "#d6453d90")
    bench(c, 1030, 810, 360)
    person(
        c, 1110, 836, 300, Look(0, 4, "#4f6f8c", "#5b5048", "hat", "#7a6a55"), Pose(legs=SITTING)
    )
    person(c, 1260, 836, 220, Look(2, 3, "#e98aa6", "#3f4a5a", "curls"), Pose(legs=SITTING))
    for x, y, color in ((1200, 690, "#2f86a6"), (1326, 724, "#f2b84b")):
        c.poly(
            [
                (x - 36, y - 8),
                (x, y + 8),
                (x + 36, y - 8),
                (x + 36, y + 22),
                (x, y + 38),
                (x - 36, y + 22),
            ],
            color,
        )
    person(c, 560, 850, 260, Look(3, 3, "#6aa35a", "#344255"), Pose(REACHING))


def _shelf(c: Canvas, x: float, base: float) -> None:
    c.rect(x, base, 208, 8, "#8d5c34")
    at = x + 4
    while at < x + 190:
        wide, tall = c.rng.uniform(12, 26), c.rng.uniform(52, 76)
        c.rect(at, base - tall, wide - 2, tall, c.rng.choice((*PETALS, "#3f8f86", "#c98a5e")), 2)
        at += wide
