"""The database of the site, for commands given beside it: to look into, and to work with."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import MetaData
from sqlalchemy.orm import Session

from voorjebuurt.kernel import preflight
from voorjebuurt.kernel.db import JOBS, Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.settings import Settings, SettingsError


@contextmanager
def looking(settings: Settings) -> Iterator[Session]:
    """A session that only reads and sees one moment throughout.

    Raises ``SettingsError`` when no site runs here, ``DatabaseError`` when it does not answer.
    """
    with _opened(settings, pool_size=1) as database, database.snapshot() as session:
        yield session


@contextmanager
def working(settings: Settings, *, tables: MetaData) -> Iterator[Runtime]:
    """What a command that changes something works with.

    ``tables`` is ``schema.metadata``: a row can only be written when every table that its own
    refers to is known in this process, and a command imports only what it needs.
    Raises ``SettingsError`` when no site runs here, ``DatabaseError`` when it does not answer.
    """
    assert tables.sorted_tables, "every reference leads to a table"
    with _opened(settings, pool_size=2) as database:
        yield Runtime(database, settings)


@contextmanager
def _opened(settings: Settings, *, pool_size: int) -> Iterator[Database]:
    if settings.database_url is None:
        raise SettingsError("No site runs here: start 'make run' first, or set DATABASE_URL.")
    preflight.check_database(settings.database_url)
    database = Database(settings.database_url, pool_size=pool_size, patience=JOBS)
    try:
        yield database
    finally:
        database.dispose()
