"""Every page of the table of guards, as everybody who may see it, on a phone and on a desk.

Nothing that axe objects to, no sideways scrolling (with wide text on 320 pixels either), one
first heading, a title and a language, nothing from other hosts, nothing that the content policy
had to stop. The town is full of long names and large amounts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.support.browser.axe import bring_axe
from tests.support.browser.every_page import NO_PAGES, WHO, Look, faults, looks
from tests.support.browser.mail_scene import sign_in_path
from tests.support.browser.people import photo
from tests.support.browser.practice import takes_second_step
from tests.support.browser.scene import Scene, set_scene
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.faults.world import free_port, served, world_settings
from tests.support.fixtures_site import Site
from tests.support.jobs import run_jobs
from tests.support.recycling import Recycling
from voorjebuurt.campaigns.pictures import store_picture
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.web.guards import GUARDS

ERRORS = {("visitor", "/bestaat-niet"): 404, ("coach", "/beheer"): 403}
"""Who asks for what, and the status; the template of each error is held in test_components."""
ENGLISH = ("/", "/acties", "/inloggen", "/mijn/acties/nieuw", "/hoe-werkt-het", "/voorwaarden")
EVERYBODY = sorted({who for people in WHO.values() for who in people})


@dataclass
class Town:
    """A served site with everything in it."""

    address: str
    app: Flask
    scene: Scene
    database: Database


@pytest.fixture(scope="module")
def town(
    recycling: Recycling, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """See ``Town``. Nobody changes anything in it: one for all."""
    home = tmp_path_factory.mktemp("town")
    with recycling.database() as shelf:
        database = shelf.database
        settings = world_settings(home, free_port(), shelf.url, "http://127.0.0.1:9")
        key = store_picture(FolderStorage(settings.uploads), photo()["buffer"], max_bytes=8_000_000)
        with database.writing() as session, building_in(session):
            scene = set_scene(session, key, settings.secret_key)
        run_jobs(database, settings)
        with site.on(settings, database) as app, served(app, settings):
            yield Town(settings.base_url, app, scene, database)


@contextmanager
def visit(browser: Browser, town: Town, who: str, **options: Any) -> Iterator[Page]:
    """A browser in which somebody is signed in."""
    context = browser.new_context(**{"locale": "nl-NL", **options})
    bring_axe(context)
    page = context.new_page()
    if who in town.scene.people:
        with town.database.writing() as session:
            link = sign_in_path(session, town.scene.people[who])
        page.goto(town.address + link)
        page.get_by_role("main").get_by_role("button").click()
        takes_second_step(page)
    try:
        yield page
    finally:
        context.close()


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_sound(town: Town, browser: Browser, who: str) -> None:
    same_as_staff = who in ("auditor", "inspector")  # pages of others, with less on them
    with visit(browser, town, who) as page:
        flaws = [
            fault
            for look in looks(town.app, town.scene.values, who)
            for fault in faults(page, town.address, look, briefly=same_as_staff)
        ]
    assert not flaws, "\n".join(flaws)


@pytest.mark.parametrize(("who", "path"), ERRORS)
def test_error_pages_are_sound(town: Town, browser: Browser, who: str, path: str) -> None:
    look = Look("error", path, frozenset({ERRORS[who, path]}))
    with visit(browser, town, who) as page:
        assert faults(page, town.address, look) == []


def test_english_pages_are_sound(town: Town, browser: Browser) -> None:
    with visit(browser, town, "visitor", locale="en-GB") as page:
        flaws = [
            fault
            for path in ENGLISH
            for fault in faults(page, town.address, Look("english", path), locale="en")
        ]
    assert not flaws, "\n".join(flaws)


def test_every_page_is_looked_at_by_somebody(town: Town) -> None:
    """A new route without values fails here by its name, and in the walk as well."""
    assert {guard.name for guard in GUARDS.values()} <= WHO.keys()
    with_values = {
        rule.endpoint
        for rule in town.app.url_map.iter_rules()
        if rule.arguments and "GET" in (rule.methods or ())
    }
    assert with_values - NO_PAGES == town.scene.values.keys()
    looked_at = {
        look.endpoint for who in EVERYBODY for look in looks(town.app, town.scene.values, who)
    }
    routes = {
        rule.endpoint for rule in town.app.url_map.iter_rules() if "GET" in certain(rule.methods)
    }
    assert looked_at == routes - NO_PAGES


DESKS_WITH_FILTERS = {
    "officer": ("/gemeente", "/gemeente/aanvragen", "/gemeente/acties", "/gemeente/bezwaren"),
    "staff": ("/beheer/acties", "/beheer/mensen", "/beheer/logboek"),
}
NARROW_CHOICES = """names => [...document.querySelectorAll(".vjb-filters select")]
    .filter(list => !names.includes(list.name))
    .filter(list => {
        const whole = list.cloneNode(true);
        whole.style.cssText = "position:absolute;inline-size:max-content;max-inline-size:none";
        list.parentNode.append(whole);
        const cut = whole.offsetWidth > list.offsetWidth + 1;
        whole.remove();
        return cut;
    }).map(list => list.name)"""
"""The lists of choices that can't show their longest choice; names of funds, people and teams may
be any length.
"""


@pytest.mark.parametrize("who", DESKS_WITH_FILTERS)
def test_no_filter_of_a_desk_is_cut_off(browser: Browser, town: Town, who: str) -> None:
    with visit(browser, town, who, viewport={"width": 1280, "height": 900}) as page:
        for path in DESKS_WITH_FILTERS[who]:
            answer = page.goto(town.address + path)
            assert certain(answer).status == 200, path
            assert page.url.endswith(path)
            assert page.evaluate(NARROW_CHOICES, ["fonds", "gemeente", "van", "team"]) == [], path
