"""Looking into the database of the site, for commands given beside it."""

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
    if settings.database_url is None:
        raise SettingsError("No site runs here: start 'make run' first, or set DATABASE_URL.")
    preflight.check_database(settings.database_url)
    database = Database(settings.database_url, pool_size=1, patience=JOBS)
    try:
        with database.snapshot() as session:
            yield session
    finally:
        database.dispose()
