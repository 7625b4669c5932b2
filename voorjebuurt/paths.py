"""Where the files beside the code are: in a checkout and in an installed wheel.

In a checkout ``templates/``, ``migrations/`` and ``config/`` stand beside the package; the wheel
carries them inside it, under ``_data/``.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _beside_or_inside(name: str) -> Path:
    inside = PACKAGE / "_data" / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = _beside_or_inside("templates")
MIGRATIONS = _beside_or_inside("migrations")
CONFIG = _beside_or_inside("config")
STATIC = PACKAGE / "static"
TRANSLATIONS = PACKAGE / "translations"
DOCS = PACKAGE / "docs"
