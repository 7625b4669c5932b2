"""A headless Chromium for the browser tests: Debian's, or the one that ``CHROMIUM`` names."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import chromium
from tests.support.browser.practice import Practice, practice_site
from tests.support.fixtures_site import Site
from tests.support.recycling import KeptDatabase

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PageAt = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this process."""
    path = chromium.find()
    if path is None:
        pytest.fail("No Chromium was found: run 'make setup', or set CHROMIUM to one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[PageAt]:
    """Opens pages: ``page_at(390)`` is a fresh visitor with a window that wide.

    Further options go to Playwright's ``new_context``, such as ``forced_colors="active"``.
    """
    contexts = []

    def open_page(width: int, **options: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": width, "height": 900}, "locale": "nl-NL", **options}
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def practice(kept_database: KeptDatabase, site: Site, tmp_path: Path) -> Iterator[Practice]:
    """A practice site of this test's own: see ``practice_site``."""
    with practice_site(kept_database, site, tmp_path) as practice:
        yield practice
