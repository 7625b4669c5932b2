"""Looking at the pages of a journey: each on a phone and on a desk, held against the rules."""

import os
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.support.browser.axe import axe_violations
from tests.support.browser.practice import Visitor
from tests.support.certain import certain

WIDTHS = (390, 1280)
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
PICTURES = os.environ.get("VJB_PICTURES")
"""With a folder in it each page is drawn there too, for who wants to look."""


class Looker:
    """Looks at the pages where people are, and finds nothing wrong."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.names = visitor, list[str]()

    def look(self, name: str, visitor: Visitor | None = None) -> None:
        """Hold this page against the rules; its picture is called so.

        ``visitor``: whose page, when that is another one's.
        """
        page = (visitor or self.visitor).page
        before: ViewportSize = certain(page.viewport_size)
        self.names.append(name)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if PICTURES:
                path = Path(PICTURES) / f"{len(self.names):02}-{name}-{width}.png"
                page.screenshot(path=path, full_page=True)
            assert not page.evaluate(TOO_WIDE), (name, width)
            assert axe_violations(page) == [], (name, width)
        page.set_viewport_size(before)
