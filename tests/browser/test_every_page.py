"""Every page of the table of guards, as somebody who may see it, on a phone and on a desk.

Nothing that axe objects to, no sideways scrolling, one heading, nothing from other hosts, nothing
that the content policy had to stop.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageAt
from tests.browser.every_page import WHO, Scene, pages, set_scene, sign_in_path
from tests.jobs import run_jobs
from voorjebuurt.web.guards import GUARDS

WIDTHS = (390, 1280)


@dataclass
class Site:
    """A served site with one of everything."""

    address: str
    app: Flask
    scene: Scene
    links: dict[str, str]


@pytest.fixture
def site(live_site, app, committing, fresh_database, settings) -> Site:
    """See ``Site``. ``app`` is only asked for its routes."""
    with committing() as session:
        scene = set_scene(session)
        links = {who: sign_in_path(session, person) for who, person in scene.people.items()}
    run_jobs(fresh_database, replace(settings, base_url=live_site))
    return Site(live_site, app, scene, links)


@contextmanager
def watched(page: Page, site: Site) -> Iterator[list[str]]:
    """What the browser complains about, and what it asks of other hosts."""
    complaints: list[str] = []

    def hear(message):
        if message.type == "error" and "status of 404" not in message.text:
            complaints.append(message.text)

    def see(request):
        if not request.url.startswith((site.address, "data:", "about:")):
            complaints.append(f"asks {request.url}")

    page.on("console", hear)
    page.on("request", see)
    yield complaints
    page.remove_listener("console", hear)
    page.remove_listener("request", see)


def faults(page: Page, site: Site, path: str) -> list[str]:
    """Everything that is wrong with one page."""
    with watched(page, site) as found:
        answer = page.goto(site.address + path)
        assert answer is not None
        if answer.status != 200:
            return [f"{path} answers {answer.status}"]
        headings = page.locator("h1").count()
        if headings != 1:
            found.append(f"{headings} first headings")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"at {width}: {violation}" for violation in axe_violations(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"at {width}: scrolls sideways")
    return [f"{path} {fault}" for fault in found]


@pytest.mark.parametrize("who", sorted(set(WHO.values())))
def test_every_page_is_sound(site: Site, page_at: PageAt, who: str) -> None:
    page = page_at(WIDTHS[0])
    if who in site.links:
        page.goto(site.address + site.links[who])
        page.get_by_role("main").get_by_role("button").click()
    looked_at = list(pages(site.app, site.scene, who))
    assert looked_at
    found = [fault for _, path in looked_at for fault in faults(page, site, path)]
    assert not found, "\n".join(found)


def test_every_page_is_looked_at_by_somebody() -> None:
    assert {guard.name for guard in GUARDS.values()} <= WHO.keys()
