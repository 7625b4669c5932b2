"""A lighthouse in the dunes and a game of boules before it."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    WALKING,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    cloud,
    grass,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#9fd0e6", "#eaf4ee", 520)
    cloud(c, 300, 150, 120)
    cloud(c, 1300, 110, 90)
    c.rect(0, 440, WIDTH, 90, "#5f9dbd")
    for y in (462, 488):
        c.line([(c.rng.uniform(0, 500), y), (c.rng.uniform(700, 1500), y)], 3, "#d8eef5a0")
    c.land([500, 470, 510, 450, 500, 480], "#d9c88b")
    c.land([560, 520, 500, 560, 530, 560], "#c3bd79")
    _lighthouse(c, 1180, 560)
    grass(c, 0, WIDTH, 560, 90, "#8f9a55")
    c.land([600, 590, 600, 596], "#a8bb72")
    c.poly([(250, 650), (1150, 650), (1400, 880), (60, 880)], "#e6d5b0")
    c.line([(250, 650), (1150, 650)], 14, "#8d5c34")
    c.line([(60, 880), (250, 650)], 14, "#8d5c34")
    c.line([(1150, 650), (1400, 880)], 14, "#8d5c34")


def _foreground(c: Canvas) -> None:
    for x, y, color in (
        (640, 760, "#5d6772"),
        (700, 742, "#5d6772"),
        (760, 778, "#8b6a4a"),
        (690, 800, "#8b6a4a"),
    ):
        c.oval(x, y + 20, 30, 8, "#00000030")
        c.disc(x, y, 24, color)
        c.disc(x - 8, y - 8, 6, "#ffffff70")
    c.disc(712, 772, 11, "#e0574f")
    person(
        c,
        330,
        860,
        330,
        Look(0, 4, "#c8553d", "#4a5568", "bun"),
        Pose((((-0.22, 0.46),), ((0.2, 0.5), (0.3, 0.4))), WALKING, lean=12),
    )
    c.disc(436, 728, 20, "#5d6772")
    person(
        c, 950, 790, 300, Look(3, 4, "#4f7fc4", "#5b5048", "hat", "#e9d8a6"), Pose(mirrored=True)
    )
    person(c, 1070, 800, 290, Look(1, 1, "#6aa35a", "#3f4a5a", "long"), Pose(WAVING, mirrored=True))


def _lighthouse(c: Canvas, x: float, base: float) -> None:
    def wide(y: float) -> float:
        return 34 + (y - (base - 420)) * 0.09

    for band in range(6):
        top, bottom = base - 420 + band * 70, base - 350 + band * 70
        color = "#d6453d" if band % 2 == 0 else "#f7f1e6"
        c.poly(
            [
                (x - wide(top), top),
                (x + wide(top), top),
                (x + wide(bottom), bottom),
                (x - wide(bottom), bottom),
            ],
            color,
        )
    c.rect(x - 50, base - 434, 100, 16, "#3b3f4a", 4)
    c.rect(x - 26, base - 490, 52, 58, "#fbe7a8")
    c.pie(x, base - 488, 38, 180, 360, "#b8372f")
    c.rect(x - 16, base - 56, 32, 56, "#5b3a34", 14)
