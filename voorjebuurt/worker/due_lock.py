"""One process at a time lets a moment come."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from voorjebuurt.kernel.errors import StartError
from voorjebuurt.kernel.jobs import Runtime

_LOCK_KEY = 8_675_309_002


_LOCK = text("SELECT pg_try_advisory_lock(:key)")


_UNLOCK = text("SELECT pg_advisory_unlock(:key)")


class DueError(StartError):
    """Two can't move the clock at once."""


@contextmanager
def due_lock(runtime: Runtime) -> Iterator[None]:
    """Keep others from moving the clock of this database. Raises ``DueError`` when one does."""
    with runtime.database.reader.connect() as connection:
        if not connection.execute(_LOCK, {"key": _LOCK_KEY}).scalar_one():
            raise DueError("Another 'due' is at work on this database: wait until it is done.")
        try:
            yield
        finally:
            connection.execute(_UNLOCK, {"key": _LOCK_KEY})
