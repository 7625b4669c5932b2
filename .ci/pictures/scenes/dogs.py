"""A fenced field where dogs run after a ball."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    WAVING,
    Look,
    Pose,
    dog,
    person,
)
from pictures.props import (
    bush,
    cloud,
    grass,
    poplar,
)


def draw(c: Canvas) -> None:
    """Draw the scene."""
    c.sky("#b9dcea", "#f0f1dc", 500)
    cloud(c, 420, 140, 130)
    cloud(c, 1180, 190, 100)
    for x in range(40, WIDTH, 120):
        poplar(c, x + c.rng.uniform(-20, 20), 452, c.rng.uniform(110, 190), "#7da275")
    c.land([450, 440, 452, 444], "#9cc27a")
    c.land([560, 540, 570, 548], "#b3d08a")
    _fence(c)
    person(c, 250, 700, 320, Look(0, 2, "#e0574f", "#3f4a5a", "long"), Pose(WAVING))
    person(c, 390, 706, 335, Look(3, 3, "#2f6690", "#5b5048"), Pose(mirrored=True))
    c.land([700, 690, 720, 700], "#a3c877")
    dog(c, 640, 850, 190, "#b97a45", "#8a5530")
    dog(c, 960, 800, 150, "#f0e6d6", "#3a3331")
    dog(c, 1220, 862, 170, "#4a4140", "#2f2827")
    c.disc(1450, 760, 26, "#e0574f")
    c.bow([(1432, 742), (1450, 758), (1470, 778)], 5, "#f7e3da")
    grass(c, 0, WIDTH, 892, 60, "#7da45a")


def _fence(c: Canvas) -> None:
    for y in range(470, 590, 20):
        c.line([(0, y), (WIDTH, y)], 2, "#6f7f6c")
    for x in range(-10, WIDTH, 20):
        c.line([(x, 466), (x, 596)], 2, "#6f7f6c")
    for x in range(20, WIDTH, 160):
        c.rect(x, 450, 16, 160, "#8d6a4e", 4)
    c.rect(0, 460, WIDTH, 10, "#8d6a4e")
    bush(c, 1500, 610, 60)
