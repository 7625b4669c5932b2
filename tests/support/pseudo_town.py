"""A site with everything in it and one language more, which nobody speaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import CloneFactory
from tests.support.browser.people import photo
from tests.support.browser.scene import Scene, set_scene
from tests.support.factories.base import building_in
from tests.support.faults.world import free_port, world_settings
from tests.support.fixtures_site import ReadingClient
from tests.support.jobs import run_jobs
from tests.support.pseudo_locale import add_pseudo_locale
from tests.support.untranslated import words_of_people
from voorjebuurt import paths
from voorjebuurt.app import create_app
from voorjebuurt.campaigns.pictures import store_picture
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.settings import Settings

NO_SANDBOX = "http://127.0.0.1:9"


@dataclass(frozen=True)
class PseudoTown:
    """``words`` are those that the people of the scene wrote."""

    app: Flask
    scene: Scene
    words: set[str]
    database: Database
    settings: Settings


@contextmanager
def pseudo_town(clone: CloneFactory, home: Path) -> Iterator[PseudoTown]:
    """Make it; as long as it is there, the languages are those of its folder."""
    translations = add_pseudo_locale(home / "translations")
    with clone() as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "TRANSLATIONS", translations)
        database = Database(url)
        settings = world_settings(home / "town", free_port(), url, NO_SANDBOX)
        key = store_picture(FolderStorage(settings.uploads), photo()["buffer"], max_bytes=8_000_000)
        with database.writing() as session, building_in(session):
            scene = set_scene(session, key, settings.secret_key)
        run_jobs(database, settings)
        with database.reading() as session:
            words = words_of_people(session)
        app = create_app(settings, database)
        app.test_client_class = ReadingClient
        yield PseudoTown(app, scene, words, database, settings)
        database.dispose()
