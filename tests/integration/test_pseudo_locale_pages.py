"""A language more is a catalogue and no code: every page in one that is made from the others.

See ``tests/support/pseudo_locale.py``. Whatever a page says in Latin letters is a text that is in
no catalogue, unless it says of itself in which language it is, as the words of people do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask import session as web_session
from flask.testing import FlaskClient

from tests.browser.every_page import WHO, looks
from tests.browser.people import photo
from tests.browser.scene import Scene, set_scene
from tests.conftest import CloneFactory
from tests.factories.base import building_in
from tests.faults.world import world_settings
from tests.fixtures_site import BROWSER
from tests.jobs import run_jobs
from tests.support.pseudo_locale import PSEUDO, add_pseudo_locale
from tests.support.untranslated import untranslated, words_of_people
from voorjebuurt import paths
from voorjebuurt.app import create_app
from voorjebuurt.campaigns.pictures import store_picture
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.web.kit.actors import open_session

EVERYBODY = sorted({who for people in WHO.values() for who in people} - {"auditor"})


@dataclass
class Town:
    """The site, with everything in it, and a third language."""

    app: Flask
    scene: Scene
    words: set[str]

    def browser(self, who: str) -> FlaskClient:
        """A browser in which somebody is signed in who chose the pseudo-locale."""
        client = self.app.test_client()
        client.environ_base.update(BROWSER)
        client.set_cookie("taal", PSEUDO)
        if who in self.scene.people:
            person = self.scene.people[who]
            with self.app.test_request_context(environ_base=BROWSER):
                assert open_session(person.id, person.session_version)
                opened = dict(web_session)
            with client.session_transaction() as cookie:
                cookie.update(opened)
        return client


@pytest.fixture(scope="module")
def town(clone: CloneFactory, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """See ``Town``. Nobody changes anything in it: one for all."""
    folder = add_pseudo_locale(tmp_path_factory.mktemp("translations"))
    home = tmp_path_factory.mktemp("town")
    with clone() as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "TRANSLATIONS", folder)
        database = Database(url)
        settings = world_settings(home, 8000, url, "http://127.0.0.1:9")
        key = store_picture(FolderStorage(settings.uploads), photo()["buffer"], max_bytes=8_000_000)
        with database.writing() as session, building_in(session):
            scene = set_scene(session, key)
        run_jobs(database, settings)
        with database.reading() as session:
            words = words_of_people(session)
        yield Town(create_app(settings, database), scene, words)
        database.dispose()


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_in_the_language_of_its_reader(town: Town, who: str) -> None:
    browser, faults = town.browser(who), []
    for look in looks(town.app, town.scene.values, who):
        answer = browser.get(look.path, follow_redirects=True)
        assert answer.status_code in look.statuses, look
        assert f'<html lang="{PSEUDO}" dir="rtl">' in answer.text, look
        faults += [f"{look.endpoint}: {text}" for text in untranslated(answer.text, town.words)]
    assert not faults, "\n".join(dict.fromkeys(faults))


def test_a_folder_is_a_language(town: Town) -> None:
    assert languages() == ("nl", PSEUDO, "en")
    page = town.browser("visitor").get("/").text
    assert all(f'hreflang="{language}"' in page for language in languages())
