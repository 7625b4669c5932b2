"""The site for tests: its application, browsers signed out and in, and committed rows."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.support.factories.base import building_in
from voorjebuurt.app import create_app
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.actors import open_session
from voorjebuurt.web.kit.database import SETTINGS

Committing = Callable[[], AbstractContextManager[Session]]
SignIn = Callable[[Person], FlaskClient]
BROWSER = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "test"}


class ReadingClient(FlaskClient):
    """A browser for tests that reads a page's words whole.

    Where a long word may go on on the next line is no part of the word: a test that an address is
    on a page, or is not, must not depend on it.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html":
            response.set_data(response.get_data().replace(b"<wbr>", b""))
        return response


class Site:
    """The site's application, kept for the next test: to make one takes a third of a second.

    Its templates are compiled once for all processes of a test run.
    """

    def __init__(self, bytecode: Path) -> None:
        self._compiled = FileSystemBytecodeCache(str(bytecode))
        self._made_with: tuple[Settings, Database] | None = None
        self._app: Flask | None = None

    @contextmanager
    def on(self, settings: Settings, database: Database) -> Iterator[Flask]:
        """The application with these settings on this database.

        What the block changes in its configuration or extensions is undone; views are not.
        """
        app = self._made(settings, database)
        config, extensions = dict(app.config), dict(app.extensions)
        app.config["SECRET_KEY"] = settings.secret_key
        app.extensions[SETTINGS] = settings
        try:
            yield app
        finally:
            for mapping, before in ((app.config, config), (app.extensions, extensions)):
                mapping.clear()
                mapping.update(before)

    def _made(self, settings: Settings, database: Database) -> Flask:
        """Another one only when more differs than where it is, its disk, port and secrets."""
        made_with = replace(
            settings,
            home=Path(),
            secret_key="",
            donor_key="",
            data_keys=(),
            port=0,
            base_url="",
            database_url=None,
        )
        if self._app is None or self._made_with != (made_with, database):
            self._app = create_app(settings, database)
            self._app.jinja_env.bytecode_cache = self._compiled
            self._app.test_client_class = ReadingClient
            self._made_with = (made_with, database)
        return self._app


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of this test process."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    bytecode = folder / "templates"
    bytecode.mkdir(exist_ok=True)
    return Site(bytecode)


@pytest.fixture
def app(settings: Settings, fresh_database: Database, site: Site) -> Iterator[Flask]:
    """The site on a database of this test's own. It asks for no CSRF tokens: see test_csrf."""
    with site.on(settings, fresh_database) as app:
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        yield app


@pytest.fixture
def committing(fresh_database: Database) -> Committing:
    """``with committing() as session:`` makes rows, by factories too, that stay."""

    @contextmanager
    def block() -> Iterator[Session]:
        with fresh_database.writing() as session, building_in(session):
            yield session

    return block


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, signed out."""
    return _browser(app)


@pytest.fixture
def signed_in(app: Flask) -> SignIn:
    """``signed_in(person)`` is a browser in which this (committed) person is signed in."""

    def sign_in(person: Person) -> FlaskClient:
        with app.test_request_context(environ_base=BROWSER):
            assert open_session(person.id, person.session_version, factor_at=clock.now())
            values = dict(session)
        browser = _browser(app)
        with browser.session_transaction() as cookie:
            cookie.update(values)
        return browser

    return sign_in


def _browser(app: Flask) -> FlaskClient:
    browser = app.test_client()
    browser.environ_base.update(BROWSER)
    return browser
