"""Young fruit trees in blossom along a railway, and people who plant one more."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import REACHING, WALKING, WAVING, Look, Pose, person
from pictures.props import bush, cloud, grass, poplar, sun


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    c.sky("#a6d5ea", "#f2f4dd", 480)
    sun(c, 230, 150, 60)
    cloud(c, 640, 110, 110)
    cloud(c, 1290, 150, 130)
    c.land([390, 370, 396, 376, 390], "#b7cf93")
    for x in range(20, WIDTH, 96):
        poplar(c, x + c.rng.uniform(-20, 20), 400, c.rng.uniform(70, 120), "#7fa86f")
    _railway(c)
    c.land([520, 512, 520, 514], "#a9c97c")
    c.land([690, 676, 700, 684], "#97bd6c")
    for x, y, tall in ((120, 620, 200), (390, 612, 190), (1010, 610, 190), (1250, 620, 210)):
        _blossom(c, x, y, tall)
    _blossom(c, 1490, 640, 240)
    _blossom(c, 210, 800, 300)
    _blossom(c, 1390, 810, 310)
    c.oval(790, 836, 110, 24, "#7a5a42")
    _blossom(c, 790, 834, 330)
    grass(c, 0, WIDTH, 880, 90, "#6f9c4e")
    person(c, 640, 850, 350, Look(3, 3, "#e0574f", "#4a5568", "hat", "#e9d8a6"), Pose(REACHING))
    digger = Look(0, 2, "#4f7fc4", "#5b5048", "long")
    person(c, 950, 850, 350, digger, Pose(REACHING, mirrored=True))
    c.line([(1010, 600), (1050, 848)], 10, "#8d5c34")
    c.poly([(1030, 830), (1076, 822), (1078, 880), (1044, 884)], "#8b9098")
    child = Look(1, 3, "#f2b84b", "#3f4a5a", "curls")
    person(c, 1150, 870, 220, child, Pose(WAVING, WALKING, mirrored=True))
    c.rect(1168, 776, 54, 46, "#3f8f86", 8)
    c.line([(1168, 790), (1136, 772)], 8, "#3f8f86")
    bush(c, 470, 870, 40)


def _railway(c: Canvas) -> None:
    c.poly([(0, 452), (WIDTH, 452), (WIDTH, 520), (0, 520)], "#a89f96")
    for y in (470, 488):
        c.rect(0, y, WIDTH, 5, "#6b6560")
    for x in (180, 700, 1220):
        c.rect(x, 280, 9, 180, "#6b7078")
        c.rect(x, 296, 70, 6, "#6b7078")
    c.line([(0, 300), (WIDTH, 300)], 3, "#6b7078")
    c.rect(430, 340, 900, 124, "#f2b84b", 24)
    c.rect(430, 424, 900, 24, "#344a86")
    c.poly([(1290, 340), (1400, 420), (1400, 464), (1290, 464)], "#f2b84b")
    for x in range(470, 1260, 92):
        c.rect(x, 362, 64, 44, "#3d4a5e", 8)
    for x in range(500, 1330, 190):
        c.disc(x, 466, 16, "#37302d")


def _blossom(c: Canvas, x: float, base: float, tall: float) -> None:
    c.line([(x + tall * 0.16, base), (x + tall * 0.16, base - tall * 0.6)], 6, "#a9713f")
    c.line([(x, base), (x, base - tall * 0.62)], tall * 0.045, "#6d4b3a")
    for dx, dy, r in ((-0.16, 0.66, 0.17), (0.16, 0.68, 0.16), (0.0, 0.84, 0.18), (0, 0.66, 0.2)):
        c.disc(x + dx * tall, base - dy * tall, r * tall, "#8fb873")
    for _ in range(34):
        px = x + c.rng.uniform(-0.3, 0.3) * tall
        py = base - c.rng.uniform(0.54, 0.98) * tall
        c.disc(px, py, tall * 0.024, c.rng.choice(("#f6c3d0", "#fbe3e8", "#ee9db2")))
