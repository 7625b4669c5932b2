"""The database of the site, for commands given beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from voorjebuurt.kernel import preflight
from voorjebuurt.kernel.db import JOBS, Database
from voorjebuurt.settings import Settings, SettingsError


@contextmanager
def looking(settings: Settings) -> Iterator[Session]:
    """A session that only reads and sees one moment throughout.

    Raises ``SettingsError`` when no site runs here, ``DatabaseError`` when it does not answer.
    """
    with _database(settings) as database, database.snapshot() as session:
        yield session


@contextmanager
def changing(settings: Settings) -> Iterator[Session]:
    """A session in one transaction, committed at the end of the block. Raises as ``looking``."""
    with _database(settings) as database, database.writing() as session:
        yield session


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    if settings.database_url is None:
        raise SettingsError("No site runs here: start 'make run' first, or set DATABASE_URL.")
    preflight.check_database(settings.database_url)
    database = Database(settings.database_url, pool_size=1, patience=JOBS)
    try:
        yield database
    finally:
        database.dispose()
