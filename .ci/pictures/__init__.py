"""The demo's illustrations as code, so that they are our own; ``draw-pictures.py`` draws them."""

import random

from PIL import Image

from pictures.canvas import Canvas
from pictures.scenes import CLOSE_UPS, SCENES

SEED = 2024
"""The seed with which the pictures in the package were drawn."""


def draw(name: str, *, seed: int = SEED) -> Image.Image:
    """The scene of this name or a part of one, 1600 by 900; the same seed gives the same pixels."""
    scene, corner = CLOSE_UPS.get(name, (name, None))
    canvas = Canvas(random.Random(f"{seed}:{scene}"))
    SCENES[scene](canvas)
    return canvas.image() if corner is None else canvas.close_up(corner)
