"""Four people on a path along the moat in autumn."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    REACHING,
    WALKING,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    bench,
    skyline,
    sun,
    tree,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#dfe6e2", "#f7ead2", 520)
    sun(c, 1210, 190, 66, "#f6d98a")
    skyline(c, 450, ("#c9b8a8", "#bfae9f", "#d4c5b4"), 100)
    c.rect(724, 190, 70, 240, "#b3a294")
    c.poly([(714, 196), (759, 70), (804, 196)], "#a5948a")
    c.land([430, 420, 436, 424], "#a9a75f")
    c.poly([(0, 470), (WIDTH, 450), (WIDTH, 560), (0, 590)], "#7fa9b8")
    for y in (490, 520, 548):
        c.line([(c.rng.uniform(100, 500), y), (c.rng.uniform(700, 1300), y - 8)], 4, "#a9cbd4")
    for x in (360, 420, 1010):
        c.oval(x, 520, 26, 11, "#f4efe6")
        c.bow([(x + 18, 516), (x + 30, 496), (x + 26, 484), (x + 36, 486)], 7, "#f4efe6")
    c.land([590, 572, 560, 556, 560], "#b9a85c")


def _foreground(c: Canvas) -> None:
    c.blob(
        [
            (-100, 760),
            (500, 700),
            (1100, 720),
            (1750, 640),
            (1750, 800),
            (1100, 880),
            (400, 890),
            (-100, 940),
        ],
        "#e6d3ab",
    )
    for x, tall, leaf in ((120, 460, "#c9752f"), (560, 380, "#d99a3c"), (1500, 520, "#b9582f")):
        tree(c, x, 640, tall, leaf)
    for _ in range(70):
        px, py = c.rng.uniform(0, WIDTH), c.rng.uniform(600, 890)
        c.oval(px, py, 10, 6, c.rng.choice(("#c9752f", "#d99a3c", "#b9582f")))
    bench(c, 1180, 700, 250)
    c.rect(1290, 610, 40, 56, "#8fa3ad", 10)
    c.rect(1340, 634, 26, 30, "#e0574f", 6)
    _walkers(c)


def _walkers(c: Canvas) -> None:
    person(c, 330, 850, 360, Look(4, 4, "#8f78c4", "#4a4f63", "bun"), Pose(REACHING, WALKING))
    for x in (416, 476):
        c.disc(x, 846, 20, "#3a3f4a")
        c.disc(x, 846, 9, "#c9ced6")
    c.line([(416, 842), (440, 640), (476, 842)], 9, "#c8553d")
    c.line([(420, 640), (448, 640)], 12, "#3a3f4a")
    person(
        c,
        560,
        836,
        370,
        Look(3, 3, "#2f86a6", "#3f3a44", "scarf", "#f2b84b"),
        Pose(WAVING, WALKING),
    )
    person(c, 790, 830, 385, Look(0, 4, "#6d8a5a", "#5b5048", "hat", "#4a4038"), Pose(legs=WALKING))
    c.line([(856, 660), (880, 828)], 9, "#6d4b3a")
    person(c, 1000, 816, 350, Look(1, 1, "#e0574f", "#344255", "long"), Pose(legs=WALKING))
