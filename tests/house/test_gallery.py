"""Pictures of pages: three small ones are kept for the README, all others are made anew."""

import re

from PIL import Image

from tests.support.gallery import ON_TOUR, PHONE_PIXELS, TOUR
from tests.support.source import ROOT

MOST_BYTES = 12_000


def test_the_pictures_of_the_readme_are_small_and_there() -> None:
    names = re.findall(r"tour/phone-([\w-]+)\.webp", (ROOT / "README.md").read_text())
    assert names == list(ON_TOUR)
    for name in names:
        path = TOUR / f"phone-{name}.webp"
        assert path.stat().st_size <= MOST_BYTES, name
        with Image.open(path) as picture:
            assert picture.size == PHONE_PIXELS


def test_pictures_of_pages_are_not_kept() -> None:
    assert "var/" in (ROOT / ".gitignore").read_text().splitlines()
