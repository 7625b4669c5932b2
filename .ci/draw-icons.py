#!/usr/bin/env python3
"""Draw the icons that phones ask for again, from the mark. A maintainer's tool.

.venv/bin/python .ci/draw-icons.py
"""

from pathlib import Path

import typst

IMAGES = Path(__file__).resolve().parent.parent / "voorjebuurt" / "static" / "images"
GROUND = "#0b5e50"
ICONS = {
    "icon-180": (180, 0),
    "icon-192": (192, 0),
    "icon-512": (512, 0),
    "icon-round-512": (512, 13),
}
"""Name -> side in pixels, and how much of it is left free on each side (per cent)."""


def main() -> None:
    """Draw all of them."""
    mark = (IMAGES / "mark.svg").read_text()
    for name, (side, free) in ICONS.items():
        square = name in ("icon-180", "icon-round-512")
        fill = f'rgb("{GROUND}")' if square else "none"
        page = (
            f"#set page(width: {side}pt, height: {side}pt, margin: {side * free / 100}pt, "
            f'fill: {fill})\n#image(bytes(sys.inputs.mark), format: "svg", width: 100%)'
        )
        picture = typst.compile(page.encode(), format="png", ppi=72, sys_inputs={"mark": mark})
        (IMAGES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
