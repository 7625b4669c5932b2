"""What stands in more than one picture: trees, houses, clouds, benches, flowers."""

import math
from itertools import pairwise

from pictures.canvas import WIDTH, Canvas

LEAVES = ("#4f8f58", "#3d7a52", "#6aa35a", "#86b565")
BRICKS = ("#a8614b", "#c98a5e", "#8f5547", "#d3a57c", "#b96a4a", "#9c6f5d")
ROOFS = ("#57433f", "#6b4a42", "#4c4a52")
PETALS = ("#e0574f", "#f2b84b", "#f4efe6", "#8f78c4", "#e98aa6", "#4f7fc4")


def sun(canvas: Canvas, x: float, y: float, radius: float, color: str = "#f7cf5e") -> None:
    """A sun with a soft glow."""
    canvas.disc(x, y, radius * 1.7, color + "30")
    canvas.disc(x, y, radius * 1.32, color + "50")
    canvas.disc(x, y, radius, color)


def cloud(canvas: Canvas, x: float, y: float, size: float, color: str = "#ffffffc8") -> None:
    """A flat-bottomed cloud: one shape, so that it may be see-through."""
    bumps = [(-1.0, 0.0), (-0.92, -0.3), (-0.5, -0.42), (-0.2, -0.78), (0.3, -0.7), (0.5, -0.4)]
    bumps += [(0.86, -0.36), (1.0, 0.0), (0.5, 0.04), (-0.5, 0.04)]
    canvas.blob([(x + dx * size, y + dy * size) for dx, dy in bumps], color)


def tree(canvas: Canvas, x: float, base: float, height: float, leaf: str | None = None) -> None:
    """A round tree with a lighter side."""
    leaf = leaf or canvas.rng.choice(LEAVES)
    r = height * 0.3
    canvas.oval(x, base, r * 0.9, height * 0.03, "#00000022")
    canvas.poly(
        [
            (x - r * 0.12, base),
            (x + r * 0.12, base),
            (x + r * 0.08, base - height * 0.6),
            (x - r * 0.08, base - height * 0.6),
        ],
        "#6d4b3a",
    )
    canvas.line(
        [(x, base - height * 0.36), (x + r * 0.4, base - height * 0.55)], r * 0.1, "#6d4b3a"
    )
    for dx, dy, part in ((-0.45, 0.56, 0.72), (0.45, 0.58, 0.7), (0.0, 0.72, 0.95)):
        canvas.disc(x + dx * r, base - height * dy, r * part, leaf)
    for dx, dy, part in ((-0.3, 0.8, 0.42), (-0.62, 0.6, 0.3), (0.22, 0.7, 0.2)):
        canvas.disc(x + dx * r, base - height * dy, r * part, "#ffffff24")


def poplar(canvas: Canvas, x: float, base: float, height: float, leaf: str) -> None:
    """A slim tree for the distance."""
    canvas.rect(x - height * 0.02, base - height * 0.2, height * 0.04, height * 0.2, "#6d4b3a")
    canvas.oval(x, base - height * 0.56, height * 0.14, height * 0.44, leaf)


def bush(canvas: Canvas, x: float, base: float, size: float, leaf: str | None = None) -> None:
    """A low shrub."""
    leaf = leaf or canvas.rng.choice(LEAVES)
    for dx, part in ((-0.6, 0.55), (0.0, 0.8), (0.6, 0.6)):
        canvas.pie(x + dx * size, base, size * part, 180, 360, leaf)


def flower(canvas: Canvas, x: float, base: float, height: float, petal: str) -> None:
    """A flower on a stalk."""
    sway = canvas.rng.uniform(-0.12, 0.12) * height
    head = (x + sway, base - height)
    canvas.bow([(x, base), (x + sway * 0.3, base - height * 0.5), head], height * 0.05, "#4f7d46")
    canvas.line(
        [(x, base - height * 0.3), (x + height * 0.14, base - height * 0.45)],
        height * 0.06,
        "#5f9150",
    )
    r = height * 0.13
    for turn in range(5):
        angle = turn * 2 * math.pi / 5 + sway
        canvas.disc(head[0] + r * math.cos(angle), head[1] + r * math.sin(angle), r * 0.8, petal)
    canvas.disc(*head, r * 0.6, "#6b4a2b" if petal == "#f2b84b" else "#f6d365")


def grass(canvas: Canvas, left: float, right: float, base: float, number: int, color: str) -> None:
    """Tufts of grass between two places."""
    for _ in range(number):
        x, tall = canvas.rng.uniform(left, right), canvas.rng.uniform(10, 24)
        y = base + canvas.rng.uniform(-4, 4)
        for lean in (-7, 0, 7):
            canvas.line([(x, y), (x + lean, y - tall)], 3, color)


def house(
    canvas: Canvas, x: float, base: float, width: float, height: float, wall: str, roof: str
) -> None:
    """A house with a pointed roof, two rows of windows and a door."""
    top = base - height
    canvas.rect(x, top, width, height, wall)
    canvas.poly(
        [(x - width * 0.06, top), (x + width / 2, top - width * 0.42), (x + width * 1.06, top)],
        roof,
    )
    for row in range(max(1, int(height // (width * 0.62)))):
        for column in (0.16, 0.58):
            window(canvas, x + width * column, top + width * (0.2 + row * 0.52), width * 0.26)
    door = width * 0.24
    canvas.rect(x + width * 0.38, base - door * 1.9, door, door * 1.9, roof, door * 0.12)


def window(canvas: Canvas, x: float, y: float, size: float, pane: str = "#fdf1d0") -> None:
    """A window with a cross."""
    canvas.rect(x - 3, y - 3, size + 6, size * 1.1 + 6, "#f4ede2")
    canvas.rect(x, y, size, size * 1.1, pane)
    canvas.rect(x + size / 2 - 1.5, y, 3, size * 1.1, "#f4ede2")
    canvas.rect(x, y + size * 0.45, size, 3, "#f4ede2")


def skyline(canvas: Canvas, base: float, colors: tuple[str, ...], size: float = 110) -> None:
    """A row of far houses in a few quiet colours."""
    x = -30.0
    while x < WIDTH:
        wide = canvas.rng.uniform(0.8, 1.4) * size
        tall = canvas.rng.uniform(0.8, 1.7) * size
        color = canvas.rng.choice(colors)
        canvas.rect(x, base - tall, wide + 1, tall, color)
        if canvas.rng.random() < 0.7:
            canvas.poly(
                [
                    (x, base - tall),
                    (x + wide / 2, base - tall - wide * 0.4),
                    (x + wide + 1, base - tall),
                ],
                color,
            )
        x += wide


def bench(canvas: Canvas, x: float, base: float, width: float, color: str = "#a9713f") -> None:
    """A bench with a back."""
    unit = width / 10
    for leg in (0.6, 8.8):
        canvas.rect(x + leg * unit, base - unit * 2, unit * 0.6, unit * 2, "#4a4443")
    canvas.rect(x, base - unit * 2.4, width, unit * 0.7, color, unit * 0.2)
    canvas.rect(x, base - unit * 4.4, width, unit * 0.6, color, unit * 0.2)
    canvas.rect(x, base - unit * 3.5, width, unit * 0.6, color, unit * 0.2)


def flags(canvas: Canvas, start: tuple[float, float], end: tuple[float, float], sag: float) -> None:
    """A string of coloured pennants."""
    number = max(4, int(abs(end[0] - start[0]) / 62))
    points = []
    for place in range(number + 1):
        part = place / number
        x = start[0] + (end[0] - start[0]) * part
        y = start[1] + (end[1] - start[1]) * part + math.sin(math.pi * part) * sag
        points.append((x, y))
    canvas.line(points, 3, "#5b5048")
    for place, ((x, y), (nx, ny)) in enumerate(pairwise(points)):
        middle = ((x + nx) / 2, (y + ny) / 2 + 48)
        inner = [
            (x + (nx - x) * 0.12, y + (ny - y) * 0.12),
            (x + (nx - x) * 0.88, y + (ny - y) * 0.88),
        ]
        canvas.poly([*inner, middle], PETALS[place % len(PETALS)])


def mill(canvas: Canvas, x: float, base: float, height: float, turn: float = 22) -> None:
    """A windmill."""
    w = height * 0.26
    canvas.poly(
        [
            (x - w, base),
            (x + w, base),
            (x + w * 0.55, base - height * 0.68),
            (x - w * 0.55, base - height * 0.68),
        ],
        "#7d5a48",
    )
    canvas.poly(
        [
            (x - w, base),
            (x - w * 0.2, base),
            (x - w * 0.1, base - height * 0.68),
            (x - w * 0.55, base - height * 0.68),
        ],
        "#8d6957",
    )
    canvas.pie(x, base - height * 0.67, w * 0.62, 180, 360, "#4f4340")
    canvas.rect(x - w * 1.25, base - height * 0.3, w * 2.5, height * 0.02, "#f0e6d6")
    for side in (-0.4, 0.25):
        canvas.rect(x + side * w, base - height * 0.5, w * 0.2, w * 0.28, "#fdf1d0")
    canvas.rect(x - w * 0.2, base - height * 0.16, w * 0.4, height * 0.16, "#4f4340", 4)
    hub, long = (x, base - height * 0.7), height * 0.46
    for blade in range(4):
        angle = math.radians(turn + blade * 90)
        cos, sin = math.cos(angle), math.sin(angle)
        tip = (hub[0] + long * cos, hub[1] + long * sin)
        canvas.line([hub, tip], height * 0.018, "#4f4340")
        wide = height * 0.09
        start = (hub[0] + long * 0.2 * cos, hub[1] + long * 0.2 * sin)
        canvas.poly(
            [
                start,
                tip,
                (tip[0] - wide * sin, tip[1] + wide * cos),
                (start[0] - wide * sin, start[1] + wide * cos),
            ],
            "#f4ead6e0",
        )
    canvas.disc(*hub, height * 0.02, "#4f4340")


def view(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A window with a hill and a tree behind it."""
    canvas.rect(x - 10, y - 10, width + 20, height + 20, "#f7f1e6", 8)
    canvas.rect(x, y, width, height, "#bfe0ea")
    heights = (0.7, 0.6, 0.66, 0.54)
    hill = [(x + width * place / 3, y + height * top) for place, top in enumerate(heights)]
    canvas.poly([*hill, (x + width, y + height), (x, y + height)], "#9cc27a")
    canvas.rect(x + width * 0.68, y + height * 0.48, 8, height * 0.2, "#6d4b3a")
    canvas.disc(x + width * 0.68 + 4, y + height * 0.4, height * 0.15, "#5f9a62")
    canvas.rect(x + width / 2 - 5, y, 10, height, "#f7f1e6")
    canvas.rect(x - 18, y + height + 4, width + 36, 16, "#f7f1e6", 6)
