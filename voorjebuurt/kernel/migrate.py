"""Brings a database's schema up to date, and tells whether it is.

Migrations go up only: what turns out wrong is put right by the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, text
from sqlalchemy.pool import NullPool

from voorjebuurt import __version__, paths
from voorjebuurt.kernel.db_errors import keep_values_out
from voorjebuurt.kernel.errors import StartError

_LOCK = 8_675_309_001
"""The advisory lock that lets one migration run at a time, also from several machines."""

_QUEUE_PREFIX = "procrastinate_"
"""The queue's tables come from its own SQL; they have no models of ours."""


class UnknownRevisionError(StartError):
    """The database was migrated by a version that this one does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is at revision {revision}, which this version ({__version__}, up to"
            f" {_revisions()[-1]}) does not know: a newer version has migrated it. Run that"
            " version, or restore the back-up from before it."
        )


def upgrade(url: str) -> list[str]:
    """Apply what is pending, one at a time, and return the revisions that were applied."""
    with _connected(url) as connection:
        with connection.begin():
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        todo = pending(connection)
        if todo:
            command.upgrade(_config(connection=connection), "head")
        return todo


def pending(connection: Connection) -> list[str]:
    """The revisions that this database still misses, oldest first.

    Raises ``UnknownRevisionError`` when it is ahead of this code.
    """
    current = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    revisions = _revisions()
    if current is not None and current not in revisions:
        raise UnknownRevisionError(current)
    return list(revisions[revisions.index(current) + 1 if current else 0 :])


@cache
def _revisions() -> tuple[str, ...]:
    """Every revision there is, oldest first; read once, because ``/readyz`` asks all the time."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(script.revision for script in scripts.walk_revisions())[::-1]


def drift(url: str, metadata: MetaData) -> list[str]:
    """Every difference between the models in ``metadata`` and the database at ``url``."""
    with _connected(url) as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_name": _is_ours, "target_metadata": metadata},
        )
        return [repr(difference) for difference in compare_metadata(context, metadata)]


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or not (name or "").startswith(_QUEUE_PREFIX)


def _config(**attributes: object) -> Config:
    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(paths.MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(
        url, poolclass=NullPool, connect_args={"connect_timeout": 5}, hide_parameters=True
    )
    keep_values_out(engine)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
