"""Children on a skating rink beside the harbour, under little lights."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import ARMS_UP, REACHING, RUNNING, WALKING, WAVING, Look, Pose, person

_WALLS = ("#5b4650", "#6d4b4a", "#4f4a5e", "#74584f")


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    c.sky("#26325c", "#b9879a", 520)
    for _ in range(60):
        c.disc(c.rng.uniform(0, WIDTH), c.rng.uniform(0, 250), c.rng.uniform(1, 3), "#ffffffc0")
    for place, x in enumerate(range(-30, WIDTH, 272)):
        _warehouse(c, x, _WALLS[place % 4])
    c.rect(0, 520, WIDTH, 380, "#8a8f9c")
    c.rect(60, 572, 1480, 300, "#dbeaf2", 60)
    c.rect(84, 590, 1432, 262, "#eef6fa", 50)
    for _ in range(16):
        x, y = c.rng.uniform(160, 1300), c.rng.uniform(620, 830)
        c.bow([(x, y), (x + 60, y - 12), (x + 130, y + 4)], 3, "#bcd6e4")
    _lights(c)
    skaters = (
        (330, 800, 250, Look(1, 1, "#e0574f", "#344255", "hat", "#f2b84b"), ARMS_UP, RUNNING),
        (560, 840, 230, Look(3, 3, "#f2b84b", "#3f4a5a", "curls"), WAVING, RUNNING),
        (820, 790, 270, Look(0, 2, "#4f7fc4", "#5b5048", "hat", "#e0574f"), REACHING, WALKING),
        (960, 800, 210, Look(2, 3, "#6aa35a", "#3f3a44", "scarf", "#8f78c4"), ARMS_UP, RUNNING),
        (1250, 830, 260, Look(5, 3, "#8f78c4", "#344255", "hat", "#6aa35a"), WAVING, RUNNING),
    )
    for x, base, tall, look, arms, legs in skaters:
        c.oval(x, base + 6, 54, 9, "#9fbdd080")
        person(c, x, base, tall, look, Pose(arms, legs, lean=6))
    c.rect(60, 852, 1480, 30, "#b4543f", 8)


def _warehouse(c: Canvas, x: float, wall: str) -> None:
    c.rect(x, 230, 262, 300, wall)
    steps = [(x, 230), (x, 190), (x + 50, 190), (x + 50, 150), (x + 90, 150), (x + 90, 110)]
    other = [(x + 172, 110), (x + 172, 150), (x + 212, 150), (x + 212, 190), (x + 262, 190)]
    c.poly([*steps, *other, (x + 262, 230)], wall)
    for row in range(4):
        for dx in (30, 104, 178):
            lit = c.rng.random() < 0.55
            color = "#fbd98a" if lit else "#3b3547"
            c.rect(x + dx, 210 + row * 78, 46, 52, color, 6)


def _lights(c: Canvas) -> None:
    for left in (40, 540, 1040):
        c.rect(left, 330, 10, 260, "#37302d")
        points = [(left + 6, 340), (left + 250, 430), (left + 506, 340)]
        c.bow(points, 3, "#37302d")
        for part in range(1, 10):
            t = part / 10
            y = 340 + 4 * 88 * t * (1 - t)
            c.disc(left + 500 * t, y + 8, 20, "#fbd98a40")
            c.disc(left + 500 * t, y + 8, 9, "#fbe7a8")
    c.rect(1546, 330, 10, 260, "#37302d")
