"""Whatever is sent to whatever address, as whoever: a page says what is wrong, none breaks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.browser.every_page import WHO
from tests.support.browser.scene import Scene, set_scene
from tests.support.factories.base import building_in
from tests.support.faults.world import free_port, world_settings
from tests.support.fixtures_site import BROWSER, Site
from tests.support.hostile import PATH_PARTS, VALUES, SentForm, argument_names, forms_of
from tests.support.recycling import Recycling
from voorjebuurt.kernel import clock
from voorjebuurt.web.guards import GUARDS
from voorjebuurt.web.kit.actors import open_session

ELSEWHERE = {"sandbox.pass_on", "health.ready"}
"""What answers 503 where no sandbox and no worker runs."""
UNTRIED = {
    "auth.sign_out": "who is signed out sees no further page",
    "auth.end_device": "the same",
    "auth.sign_out_everywhere": "the same",
    "staff.start_viewing": "who looks along may send nothing more: see test_viewing_routes.py",
    "staff.refund_gift": "a button; gifts of the scene have no bookings to take back",
}
"""Forms that are not sent, and why"""
ROLES = sorted({who for people in WHO.values() for who in people} - {"auditor", "inspector"})


@dataclass
class Town:
    """A site with everything in it."""

    app: Flask
    scene: Scene

    def browser(self, who: str) -> FlaskClient:
        """A browser in which somebody is signed in."""
        browser = self.app.test_client()
        browser.environ_base.update(BROWSER)
        person = self.scene.people.get(who)
        if person is not None:
            with self.app.test_request_context(environ_base=BROWSER):
                assert open_session(person.id, person.session_version, factor_at=clock.now())
                values = dict(session)
            with browser.session_transaction() as cookie:
                cookie.update(values)
        return browser

    def addresses(self, who: str) -> Iterator[tuple[str, str]]:
        """Each page of somebody, with the things of the scene: its endpoint and its address."""
        adapter = self.app.url_map.bind("localhost")
        for rule in self.app.url_map.iter_rules():
            is_theirs = who in WHO[GUARDS[rule.endpoint].name] and "GET" in (rule.methods or ())
            if not is_theirs or rule.endpoint in ELSEWHERE:
                continue
            samples = self.scene.values.get(rule.endpoint, []) if rule.arguments else [{}]
            for sample in samples:
                yield rule.endpoint, adapter.build(rule.endpoint, sample).partition("?")[0]


@pytest.fixture(scope="module")
def town(
    recycling: Recycling, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """See ``Town``."""
    home = tmp_path_factory.mktemp("town")
    with recycling.database() as shelf:
        settings = world_settings(home, free_port(), shelf.url, "http://127.0.0.1:9")
        with shelf.database.writing() as writer, building_in(writer):
            scene = set_scene(writer, "plein.webp", settings.secret_key)
        with site.on(settings, shelf.database) as app:
            app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
            yield Town(app, scene)


Ask = Callable[[], TestResponse]
DEFECTS = frozenset({*range(500, 600)} - {501})
"""501 says that something was not made: oEmbed asks for it, of another format than JSON."""


def broken(asks: Iterator[tuple[str, Ask]]) -> list[str]:
    """Which of these requests a page broke on."""
    return [f"{what}: {status}" for what, ask in asks if (status := ask().status_code) in DEFECTS]


@pytest.mark.parametrize("who", ROLES)
def test_no_page_breaks_on_what_is_sent(town: Town, who: str) -> None:
    browser = town.browser(who)
    addresses = list(town.addresses(who))
    pages = {address: browser.get(address) for _, address in addresses}
    assert [address for address, page in pages.items() if page.status_code in DEFECTS] == []
    asks = chain(queries(browser, dict(addresses)), submissions(browser, pages, town.app))
    assert broken(asks) == []
    assert who == "visitor" or browser.get("/mijn/profiel").status_code == 200


def queries(browser: FlaskClient, addresses: dict[str, str]) -> Iterator[tuple[str, Ask]]:
    """Hostile values for every argument that some page reads, on one page of each endpoint."""
    names = argument_names()
    for address in addresses.values():
        for turn in (0, 9):
            query = {
                name: VALUES[(turn + at) % len(VALUES)][:2_000] for at, name in enumerate(names)
            }
            yield f"GET {address} {turn}", partial(browser.get, address, query_string=query)
        halves = "&".join(f"{name}=%ED%A0%80" for name in names)
        yield f"GET {address} halves", partial(browser.get, f"{address}?{halves}")


def submissions(browser: FlaskClient, pages: Any, app: Flask) -> Iterator[tuple[str, Ask]]:
    """Hostile values in every form of each page."""
    forms: dict[tuple[Any, ...], SentForm] = {}
    adapter = app.url_map.bind("localhost")
    for address, page in pages.items():
        if page.mimetype == "text/html" and page.status_code == 200:
            for form in forms_of(address, page.text):
                method = "POST" if form.by_post else "GET"
                endpoint, _ = adapter.match(form.address, method=method)
                forms.setdefault((endpoint, form.typed_names), form)
    for (endpoint, _), form in forms.items():
        if endpoint in UNTRIED:
            continue
        for number, values in enumerate(form.submissions()):
            yield (
                f"{endpoint} {number} {[(n, v[:20]) for n, v in values.items()]}",
                partial(send, browser, form, values, number),
            )


def send(browser: FlaskClient, form: SentForm, values: dict[str, str], number: int) -> TestResponse:
    """Send a form, from an address of one's own: the limits are not what is tried here."""
    if not form.by_post:
        short = {name: value[:2_000] for name, value in values.items()}
        return browser.get(form.address, query_string=short)
    place = {"REMOTE_ADDR": f"10.{number % 250}.{hash(form.address) % 250}.1"}
    return browser.post(form.address, data=values, environ_overrides=place)


def test_no_address_breaks_on_what_stands_in_it(town: Town) -> None:
    browser = town.browser("staff")
    rules = [
        rule.rule
        for rule in town.app.url_map.iter_rules()
        if rule.arguments and "GET" in (rule.methods or ()) and rule.endpoint not in ELSEWHERE
    ]
    asks = (
        (f"{rule} {part}", partial(browser.get, re.sub(r"<[^>]+>", part, rule)))
        for rule in rules
        # Ids are one converter, whose every mistake is found before the page is.
        for part in (PATH_PARTS if re.search(r"<(?!uuid)", rule) else PATH_PARTS[:1])
    )
    assert broken(asks) == []
