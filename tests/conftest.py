"""What every test may ask for: settings, and real PostgreSQL databases.

Each test process starts a PostgreSQL of its own, migrates one template database, and clones it
per need, so that tests run in parallel without seeing each other. With
``VJB_TEST_DATABASE_URL`` (a role that may create databases) a server that runs already is used, and
with ``VJB_TEST_TEMPLATE_URL`` a database there that is migrated already.
"""

import gc
import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests.support import memory_folder, profiles
from tests.support.factories.base import building_in
from tests.support.recycling import SUPERUSER, KeptDatabase, Recycling
from voorjebuurt import settings as application_settings
from voorjebuurt.kernel import migrate
from voorjebuurt.kernel.db import Database
from voorjebuurt.local.embedded.server import EmbeddedServer
from voorjebuurt.people import signin
from voorjebuurt.settings import Settings

memory_folder.use()
# A run of the tests makes few cycles and keeps many objects: looking for garbage among them as
# often as usual takes a twentieth of the time.
gc.set_threshold(50_000, 50, 50)
profiles.register()
pytest_plugins = ["tests.support.fixtures_sandbox", "tests.support.fixtures_site"]

CloneFactory = Callable[[], AbstractContextManager[str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Test settings with a state folder of this test's own, and no database."""
    home = tmp_path / "home"
    return application_settings.load({"VJB_ENV": "test", "VJB_HOME": str(home)})


@pytest.fixture(scope="session", autouse=True)
def site_hasher() -> Iterator[PasswordHasher]:
    """What hashes passwords outside the tests; in here it is done with little work."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        hasher = signin._hasher
        patch.setattr(signin, "_hasher", quick)
        yield hasher


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The URL of a PostgreSQL server on which this test process makes its databases."""
    own_url = os.environ.get("VJB_TEST_DATABASE_URL")
    if own_url:
        url = make_url(own_url).set(drivername="postgresql+psycopg")
        yield url.render_as_string(hide_password=False)
        return
    home = Path(tempfile.mkdtemp(prefix="voorjebuurt-test-"))
    server = EmbeddedServer(home, durable=False)
    try:
        server_url = server.start()
        _let_superuser_in(server)
        yield server_url
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def clone(server_url: str) -> Iterator[CloneFactory]:
    """Makes databases: ``with clone() as url`` is a migrated database that is dropped again."""
    if own_template := os.environ.get("VJB_TEST_TEMPLATE_URL"):
        yield lambda: _new_database(server_url, own_template)
        return
    with _new_database(server_url) as template:
        migrate.upgrade(template)
        yield lambda: _new_database(server_url, template)


@pytest.fixture(scope="session")
def empty_database_url(server_url: str) -> Callable[[], AbstractContextManager[str]]:
    """Makes databases without any table, for tests of the migrations themselves."""
    return lambda: _new_database(server_url)


@pytest.fixture(scope="session")
def database(clone: CloneFactory) -> Iterator[Database]:
    """This test process's own database. Whoever commits to it must take ``fresh_database``."""
    with clone() as url, _opened(url) as database:
        yield database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session whose every commit ends in a savepoint that is undone after the test."""
    with database.writer.connect() as connection, connection.begin() as transaction:
        with (
            Session(
                connection, join_transaction_mode="create_savepoint", expire_on_commit=False
            ) as session,
            building_in(session),
        ):
            yield session
        transaction.rollback()


@pytest.fixture(scope="session")
def recycling(clone: CloneFactory) -> Iterator[Recycling]:
    """Databases for tests that commit: one after the other gets the same, emptied."""
    recycling = Recycling(clone)
    yield recycling
    recycling.close()


@pytest.fixture
def kept_database(recycling: Recycling) -> Iterator[KeptDatabase]:
    """A database with nothing in it but what the migrations left."""
    with recycling.database() as shelf:
        yield shelf


@pytest.fixture
def fresh_database_url(kept_database: KeptDatabase) -> str:
    """The URL of ``fresh_database``, for processes that must find it by URL."""
    return kept_database.url


@pytest.fixture
def fresh_database(kept_database: KeptDatabase) -> Database:
    """A database for one test that commits: races, faults, the site itself."""
    return kept_database.database


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.dispose()


@contextmanager
def _new_database(server_url: str, template: str | None = None) -> Iterator[str]:
    name = f"test_{secrets.token_hex(8)}"
    source = make_url(template).database if template else "template0"
    _run(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        _drop(server_url, name)


def _let_superuser_in(server: EmbeddedServer) -> None:
    """In tests the superuser, who may not sign in otherwise, empties databases."""
    rules = server.state / "data" / "pg_hba.conf"
    rules.write_text(f"local all {SUPERUSER} trust\n{rules.read_text()}")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGHUP)


def _drop(server_url: str, name: str) -> None:
    """Drop a database. The server's own vacuum may be in it for a moment, and isn't ours to end."""
    for pause in (0.1, 0.5, 2.0, 5.0):
        try:
            return _run(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        except DBAPIError:
            time.sleep(pause)
    return _run(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))
