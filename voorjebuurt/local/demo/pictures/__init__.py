"""The demo's pictures: drawn in code, so that they are our own; each campaign has its scene."""

import random

from voorjebuurt.local.demo.pictures.canvas import Canvas
from voorjebuurt.local.demo.pictures.scenes import SCENES


def draw(name: str, *, seed: int) -> bytes:
    """The scene of this name as a PNG; the same seed gives the same picture."""
    canvas = Canvas(random.Random(f"{seed}:{name}"))
    SCENES[name](canvas)
    return canvas.png()
