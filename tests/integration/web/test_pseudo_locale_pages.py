"""A language more is a catalogue and no code: every page in one that is made from the others.

See ``tests/support/pseudo_locale.py``. Whatever a page says in Latin letters is a text that is in
no catalogue, unless it says of itself in which language it is, as the words of people do.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape

import pytest
from flask import session as web_session
from flask.testing import FlaskClient

from tests.conftest import CloneFactory
from tests.support.browser.every_page import WHO, Look, looks
from tests.support.fixtures_site import BROWSER
from tests.support.pseudo_locale import PSEUDO
from tests.support.pseudo_town import PseudoTown, pseudo_town
from tests.support.untranslated import untranslated
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.web.kit import bodies
from voorjebuurt.web.kit.actors import open_session

EVERYBODY = sorted({who for people in WHO.values() for who in people} - {"auditor", "inspector"})
"""An auditor sees the pages of staff, with less on them."""

Pages = Callable[[str], list[tuple[Look, str]]]

BY_ADDRESS = {"public.show_poster", "public.show_widget"}
"""Pages for anybody, that look at no cookie: their language is in their address."""


@pytest.fixture(scope="module")
def town(clone: CloneFactory, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PseudoTown]:
    """Nobody changes anything in it: one for all."""
    with pseudo_town(clone, tmp_path_factory.mktemp("pseudo")) as town:
        yield town


def browser_of(town: PseudoTown, who: str) -> FlaskClient:
    """A browser in which somebody is signed in who chose the pseudo-locale."""
    client = town.app.test_client()
    client.environ_base.update(BROWSER)
    client.set_cookie("taal", PSEUDO)
    if who in town.scene.people:
        person = town.scene.people[who]
        with town.app.test_request_context(environ_base=BROWSER):
            assert open_session(person.id, person.session_version, factor_at=clock.now())
            contents = dict(web_session)
        with client.session_transaction() as cookie:
            cookie.update(contents)
    return client


@pytest.fixture(scope="module")
def pages(town: PseudoTown) -> Pages:
    """Everything that somebody sees, asked for once."""

    @cache
    def pages_of(who: str) -> list[tuple[Look, str]]:
        browser, visits = browser_of(town, who), []
        for look in looks(town.app, town.scene.values, who):
            query = {"taal": PSEUDO} if look.endpoint in BY_ADDRESS else None
            answer = browser.get(look.path, query_string=query, follow_redirects=True)
            assert answer.status_code in look.statuses, look
            visits.append((look, answer.text))
        return visits

    return pages_of


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_in_the_language_of_its_reader(
    town: PseudoTown, pages: Pages, who: str
) -> None:
    faults = []
    for look, text in pages(who):
        assert f'<html lang="{PSEUDO}" dir="rtl">' in text, look
        faults += [f"{look.endpoint}: {words}" for words in untranslated(text, town.words)]
    assert not faults, "\n".join(dict.fromkeys(faults))


FORMS = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'\baction="([^"]*)"')


def endpoints_of_files(town: PseudoTown, path: str, page: str) -> Iterator[str]:
    """Where the forms of a page go that take files."""
    addresses = town.app.url_map.bind("localhost")
    for attributes, content in FORMS.findall(page):
        if 'type="file"' in content:
            action = ACTION.search(attributes)
            address = unescape(action[1]) if action and action[1] else path
            yield str(addresses.match(address.partition("?")[0], method="POST")[0])


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_takes_files_may_carry_as_much(town: PseudoTown, pages: Pages, who: str) -> None:
    endpoints = {
        endpoint
        for look, text in pages(who)
        for endpoint in endpoints_of_files(town, look.path, text)
    }
    carriers = bodies.UPLOADS.keys() | bodies.GUEST_UPLOADS.keys() | {bodies.OFFICIAL_FILES}
    assert endpoints - carriers == set()


def test_a_folder_is_a_language(town: PseudoTown) -> None:
    assert languages() == ("nl", PSEUDO, "en")
    page = browser_of(town, "visitor").get("/").text
    assert all(f'hreflang="{language}"' in page for language in languages())
