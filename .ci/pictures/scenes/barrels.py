"""Rain on a street where every downpipe ends in a green barrel."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import ARMS_UP, REACHING, Look, Pose, person
from pictures.props import BRICKS, ROOFS, bush, cloud, window


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    c.sky("#8fa6b3", "#cfd9d8", 520)
    for x, y, size in ((180, 90, 150), (620, 70, 180), (1080, 100, 160), (1480, 80, 170)):
        cloud(c, x, y, size, "#6f8593d0")
    for place, x in enumerate(range(-20, WIDTH, 330)):
        _home(c, x, BRICKS[place % 6], ROOFS[place % 3])
    c.rect(0, 660, WIDTH, 120, "#b9b3ac")
    c.rect(0, 770, WIDTH, 130, "#5d6470")
    c.line([(0, 772), (WIDTH, 772)], 10, "#d3cdc6")
    for x in (200, 760, 1300):
        c.oval(x, 850, 110, 16, "#8fa6b3")
        c.oval(x + 20, 850, 60, 8, "#b7c6ce")
    for x in range(-20, WIDTH, 330):
        _barrel(c, x + 262, 690)
    person(c, 640, 850, 380, Look(2, 3, "#c8553d", "#3f3a44", "scarf", "#f2b84b"), Pose(ARMS_UP))
    c.pie(724, 430, 130, 180, 360, "#3f8f86")
    c.line([(724, 430), (724, 500)], 8, "#37302d")
    person(c, 860, 850, 250, Look(2, 0, "#f2b84b", "#4f7fc4", "hat", "#f2b84b"), Pose(REACHING))
    for x in (843, 877):
        c.rect(x - 14, 806, 28, 44, "#e0574f", 8)
    for _ in range(170):
        x, y = c.rng.uniform(0, WIDTH), c.rng.uniform(60, 880)
        c.line([(x, y), (x - 7, y + 30)], 3, "#e6f0f4a0")


def _home(c: Canvas, x: float, wall: str, roof: str) -> None:
    c.rect(x, 300, 318, 370, wall)
    c.poly([(x - 10, 306), (x + 50, 200), (x + 268, 200), (x + 328, 306)], roof)
    for dx in (34, 150):
        window(c, x + dx, 350, 72)
    window(c, x + 34, 510, 90)
    c.rect(x + 156, 500, 76, 170, roof, 6)
    c.rect(x + 256, 300, 12, 330, "#d3d6d8")
    bush(c, x + 70, 672, 44)


def _barrel(c: Canvas, x: float, base: float) -> None:
    c.oval(x, base, 52, 12, "#00000030")
    c.rect(x - 46, base - 120, 92, 120, "#3d7a52", 18)
    c.rect(x - 50, base - 128, 100, 18, "#2f6242", 8)
    for y in (90, 44):
        c.rect(x - 46, base - y, 92, 6, "#2f6242")
    c.rect(x + 34, base - 34, 22, 8, "#c9ced6", 3)
    c.disc(x + 56, base - 22, 5, "#9fd0e6")
