#!/usr/bin/env python3
"""Draw the demo's illustrations again. A maintainer's tool.

    .venv/bin/python .ci/draw-pictures.py            # draw all into the package
    .venv/bin/python .ci/draw-pictures.py meadow     # only these
    .venv/bin/python .ci/draw-pictures.py --check    # only compare with what is there

The scenes are modules of ``pictures/scenes``. They are kept as WebP without loss, which is smaller
for flat colours than any quality with loss. Comparing is by pixel: another release of Pillow may
pack the same pixels in other bytes.
"""

import argparse
import sys
from pathlib import Path

from pictures import SEED, draw
from pictures.scenes import CLOSE_UPS, SCENES
from PIL import Image, ImageChops

FOLDER = (
    Path(__file__).resolve().parent.parent / "voorjebuurt" / "local" / "demo" / "data" / "pictures"
)


def main() -> int:
    """Draw or compare the scenes that are asked for; 1 when one is not as it would be drawn."""
    parser = argparse.ArgumentParser(description="Draw the demo's illustrations again.")
    parser.add_argument("scene", nargs="*", help="all, unless named")
    parser.add_argument("--seed", type=int, default=SEED, help="another one moves every leaf")
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    asked = parser.parse_args()
    all_names = [*SCENES, *CLOSE_UPS]
    names = asked.scene or all_names
    if unknown := [name for name in names if name not in all_names]:
        parser.error(f"no scene {', '.join(unknown)}; there are {', '.join(all_names)}")
    if not asked.check:
        for name in names:
            print(f"{name:12} {write(draw(name, seed=asked.seed), FOLDER / f'{name}.webp')} bytes")
        return 0
    wrong = [name for name in names if not is_as_kept(draw(name, seed=asked.seed), name)]
    print("\n".join(f"{name}: not as it would be drawn" for name in wrong) or "All are as drawn.")
    return 1 if wrong else 0


def write(picture: Image.Image, path: Path) -> int:
    """Save without loss and as small as can be; returns the file's size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, "WEBP", lossless=True, quality=100, method=6)
    return path.stat().st_size


def is_as_kept(picture: Image.Image, name: str) -> bool:
    """Whether the package has this scene with exactly these pixels."""
    path = FOLDER / f"{name}.webp"
    if not path.exists():
        return False
    with Image.open(path) as kept:
        return kept.size == picture.size and not _differ(kept.convert("RGB"), picture)


def _differ(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is not None


if __name__ == "__main__":
    sys.exit(main())
