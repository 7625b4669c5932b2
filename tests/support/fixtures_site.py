"""The site for tests: its application, browsers signed out and in, and committed rows."""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.factories.base import building_in
from voorjebuurt.app import create_app
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.actors import open_session

Committing = Callable[[], AbstractContextManager[Session]]
SignIn = Callable[[Person], FlaskClient]
BROWSER = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "test"}


@pytest.fixture
def app(settings: Settings, fresh_database: Database) -> Flask:
    """The site on a database of this test's own. It asks for no CSRF tokens: see test_csrf."""
    app = create_app(settings, fresh_database)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture
def committing(fresh_database: Database) -> Committing:
    """``with committing() as session:`` makes rows, by factories too, that stay."""

    @contextmanager
    def block():
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
            assert open_session(person.id, person.session_version)
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
