"""A canal with a drawbridge, poppies and cornflowers, and bees."""

import math

from pictures.canvas import WIDTH, Canvas
from pictures.people import Look, person
from pictures.props import (
    PETALS,
    cloud,
    flower,
    grass,
    poplar,
    sun,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#a9d8ea", "#f2f1da", 460)
    sun(c, 320, 150, 66)
    cloud(c, 760, 120, 110)
    cloud(c, 1500, 100, 80)
    c.land([400, 392, 402, 396], "#9cc27a")
    for x in range(20, WIDTH, 110):
        poplar(c, x + c.rng.uniform(-16, 16), 404, c.rng.uniform(90, 150), "#7da275")
    c.poly([(0, 430), (WIDTH, 400), (WIDTH, 560), (0, 640)], "#6fb0c9")
    for _ in range(14):
        px, py = c.rng.uniform(0, WIDTH), c.rng.uniform(440, 560)
        c.bow([(px, py), (px + 30, py - 6), (px + 60, py)], 4, "#b5dae4")
    _drawbridge(c, 1180, 420)
    c.blob([(520, 506), (700, 506), (676, 548), (546, 548)], "#8c3f3a")
    c.line([(610, 506), (610, 440)], 6, "#5b4a3a")
    person(c, 640, 530, 120, Look(1, 1, "#f2b84b", "#344255", "hat", "#e9d8a6"))


def _foreground(c: Canvas) -> None:
    c.poly([(0, 620), (WIDTH, 548), (WIDTH, 900), (0, 900)], "#8fbb62")
    c.poly([(0, 700), (WIDTH, 610), (WIDTH, 900), (0, 900)], "#7dab55")
    for place in range(130):
        depth = place / 130
        x = c.rng.uniform(-10, WIDTH + 10)
        base = 650 + depth * 350 - x * 0.03
        flower(c, x, base, 56 + depth * 120, c.rng.choice((*PETALS[:3], "#4f7fc4", "#e0574f")))
    grass(c, 0, WIDTH, 894, 70, "#5f8f45")
    for x, y, size in (
        (430, 560, 34),
        (860, 500, 26),
        (1090, 640, 42),
        (240, 430, 22),
        (1430, 520, 28),
    ):
        _bee(c, x, y, size)


def _drawbridge(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 240, y + 40), (x + 250, y + 20), (x + 250, y + 48), (x - 240, y + 70)], "#f4ede2")
    for post in (x - 90, x + 40):
        c.rect(post, y - 220, 22, 280, "#f7f3ea")
    c.rect(x - 110, y - 236, 196, 24, "#f7f3ea", 6)
    c.line([(x - 230, y - 150), (x - 20, y - 224), (x + 180, y - 284)], 16, "#f7f3ea")
    c.line([(x - 222, y - 148), (x - 222, y + 44)], 5, "#5b5048")
    c.rect(x + 146, y - 300, 66, 44, "#3d6b4f", 6)
    for post in range(8):
        c.line(
            [(x - 230 + post * 66, y + 44 - post * 3), (x - 230 + post * 66, y + 4 - post * 3)],
            6,
            "#f7f3ea",
        )
    c.line([(x - 236, y + 8), (x + 246, y - 16)], 7, "#f7f3ea")


def _bee(c: Canvas, x: float, y: float, size: float) -> None:
    for side in (-0.35, 0.25):
        c.oval(x + side * size, y - size * 0.72, size * 0.36, size * 0.56, "#ffffffc0")
    c.oval(x, y, size, size * 0.66, "#f2b84b")
    for stripe in (-0.4, 0.1, 0.55):
        tall = size * 0.62 * math.sqrt(1 - stripe**2)
        c.rect(
            x + stripe * size - size * 0.1, y - tall, size * 0.22, tall * 2, "#3a3028", size * 0.08
        )
    c.disc(x - size * 0.92, y - size * 0.04, size * 0.36, "#3a3028")
    c.disc(x - size * 1.05, y - size * 0.14, size * 0.1, "#ffffff")
