"""A street of coloured fronts with gardens along the walls."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    REACHING,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    PETALS,
    bush,
    cloud,
    flower,
    window,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#bfe0ea", "#eef2df", 320)
    cloud(c, 760, 90, 90)
    walls = ("#d98a5f", "#e3b566", "#7fa8a3", "#c96f5d", "#e6cfa6")
    for place, wall in enumerate(walls):
        _house_front(c, place * 320, wall, 96 + 46 * (place % 2))
    c.rect(0, 660, WIDTH, 60, "#6b5b50")
    c.rect(0, 700, WIDTH, 200, "#cfc5ba")
    for x in range(-40, WIDTH, 90):
        c.line([(x, 720), (x - 60, 900)], 3, "#b9aea2")
    for y in (760, 820):
        c.line([(0, y), (WIDTH, y)], 3, "#b9aea2")
    for x in range(10, WIDTH, 38):
        bush(c, x + c.rng.uniform(-6, 6), 704, c.rng.uniform(18, 36))
    for place in range(46):
        at = 14 + place * 34.6 + c.rng.uniform(-8, 8)
        flower(c, at, 712, c.rng.uniform(60, 120), PETALS[place % len(PETALS)])


def _foreground(c: Canvas) -> None:
    for x, tall in ((300, 420), (946, 470), (1278, 380)):
        _climber(c, x, 704, tall)
    person(
        c,
        690,
        850,
        380,
        Look(1, 0, "#e98aa6", "#4a5b7a", "scarf", "#3f8f86"),
        Pose(REACHING, lean=4),
    )
    c.poly([(790, 590), (860, 580), (866, 650), (800, 656)], "#4f8f9c")
    c.line([(862, 606), (930, 570)], 12, "#4f8f9c")
    c.oval(934, 568, 16, 12, "#3f7a86")
    for dx in (16, 34, 52, 72):
        c.line([(930 + dx, 590 + dx), (938 + dx, 614 + dx)], 4, "#8fcfe6")
    person(c, 1420, 850, 250, Look(3, 3, "#f2b84b", "#c8553d", "curls"), Pose(WAVING))


def _house_front(c: Canvas, x: float, wall: str, top: float) -> None:
    c.rect(x, top, 320, 640, wall)
    c.rect(x - 4, top - 16, 328, 26, "#6b4a42")
    for column in (0.12, 0.6):
        window(c, x + 320 * column, top + 60, 88)
        window(c, x + 320 * column, top + 200, 88)
    window(c, x + 196, top + 360, 100, "#dcecf0")
    c.rect(x + 44, top + 350, 96, 320, "#fff6e6")
    c.rect(x + 52, top + 358, 80, 312, ("#2f6690", "#8c3f3a", "#3d6b4f")[int(x / 320) % 3], 4)
    c.disc(x + 118, top + 500, 6, "#f3c969")


def _climber(c: Canvas, x: float, base: float, tall: float) -> None:
    points = [
        (x, base),
        (x + 14, base - tall * 0.4),
        (x - 10, base - tall * 0.7),
        (x + 8, base - tall),
    ]
    c.bow(points, 7, "#5f7d46")
    for _ in range(70):
        part = c.rng.random()
        lx, ly = x + c.rng.uniform(-34, 34) * (1.1 - part), base - tall * part
        c.disc(lx, ly, c.rng.uniform(8, 15), c.rng.choice(("#4f8f58", "#6aa35a", "#3d7a52")))
    for _ in range(16):
        part = c.rng.random()
        lx, ly = x + c.rng.uniform(-30, 30) * (1.1 - part), base - tall * part
        c.disc(lx, ly, 8, "#f0c3d0")
