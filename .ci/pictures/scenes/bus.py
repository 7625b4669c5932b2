"""A yellow bus on a dyke in the polder, and a man who waits for it."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    ARMS_UP,
    STANDING,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    PETALS,
    cloud,
    grass,
    mill,
    poplar,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#a9d5e8", "#eef3e0", 520)
    cloud(c, 260, 150, 150)
    cloud(c, 860, 100, 90)
    cloud(c, 1390, 200, 120)
    c.rect(0, 440, WIDTH, 300, "#a9c97a")
    for x, wide in ((-60, 430), (420, 300), (900, 460)):
        c.poly([(x, 520), (x + wide, 500), (x + wide + 60, 530), (x - 40, 560)], "#8fb765")
    for x in range(30, WIDTH, 90):
        poplar(c, x + c.rng.uniform(-20, 20), 446, c.rng.uniform(50, 90), "#88a676")
    mill(c, 1330, 500, 330)
    c.line([(0, 590), (WIDTH, 560)], 18, "#8fc3d6")
    for x, y in ((180, 520), (250, 536), (520, 510), (1040, 540)):
        c.oval(x, y, 24, 14, "#f7f3ea")
        c.disc(x + 22, y - 8, 9, "#4a4442")
    c.land([660, 640, 630, 640, 660], "#86ad62")
    c.poly([(0, 760), (WIDTH, 730), (WIDTH, 850), (0, 880)], "#7d7a80")


def _foreground(c: Canvas) -> None:
    for x in range(30, WIDTH, 180):
        c.line([(x, 822 - x * 0.019), (x + 90, 820 - x * 0.019)], 8, "#e9e4da")
    _minibus(c, 340, 420)
    c.rect(1246, 520, 12, 300, "#5b6069")
    c.rect(1206, 500, 92, 84, "#2f6690", 10)
    c.rect(1222, 520, 60, 30, "#f7f1e6", 6)
    c.disc(1234, 556, 7, "#f7f1e6")
    c.disc(1270, 556, 7, "#f7f1e6")
    person(
        c,
        1380,
        830,
        340,
        Look(0, 4, "#8d5c4a", "#4a4f63", "hat", "#5b4a3a"),
        Pose(WAVING, STANDING, mirrored=True),
    )
    c.line([(1450, 670), (1462, 828)], 9, "#6d4b3a")
    grass(c, 0, WIDTH, 896, 50, "#6f9650")


def _minibus(c: Canvas, x: float, y: float) -> None:
    c.oval(x + 330, y + 402, 400, 20, "#00000030")
    c.rect(x, y + 20, 690, 330, "#f2c14e", 46)
    c.poly(
        [
            (x + 560, y + 30),
            (x + 640, y + 40),
            (x + 720, y + 200),
            (x + 720, y + 350),
            (x + 560, y + 350),
        ],
        "#f2c14e",
    )
    c.rect(x, y + 236, 720, 44, "#e0574f")
    c.rect(x, y + 330, 730, 36, "#4a4f58", 14)
    for place in range(4):
        c.rect(x + 40 + place * 132, y + 66, 112, 112, "#d6edf5", 12)
    c.poly(
        [(x + 574, y + 66), (x + 634, y + 70), (x + 696, y + 190), (x + 574, y + 190)], "#d6edf5"
    )
    for place, (skin, hair) in enumerate(((0, 4), (3, 3), (1, 0), (4, 4))):
        person(
            c,
            x + 96 + place * 132,
            y + 330,
            235,
            Look(skin, hair, PETALS[place], style=("bun", "short", "scarf", "short")[place]),
            Pose(ARMS_UP if place == 1 else WAVING),
        )
        c.rect(x + 30 + place * 132, y + 178, 132, 60, "#f2c14e")
        c.rect(x + 30 + place * 132, y + 90, 10, 90, "#f2c14e")
    c.rect(x, y + 178, 720, 60, "#f2c14e")
    c.rect(x, y + 236, 720, 44, "#e0574f")
    c.rect(x, y + 280, 720, 56, "#f2c14e")
    for wheel in (x + 150, x + 560):
        c.disc(wheel, y + 352, 62, "#33363d")
        c.disc(wheel, y + 352, 30, "#c9ced6")
    c.disc(x + 712, y + 258, 16, "#fff3cf")
