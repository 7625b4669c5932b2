"""Whether the database in ``DATABASE_URL`` can be used at all, told in one line."""

import psycopg
from sqlalchemy.exc import OperationalError

from voorjebuurt.kernel.connection import libpq_keywords
from voorjebuurt.kernel.errors import StartError
from voorjebuurt.settings.database_url import DatabaseUrlError, without_password

OLDEST = 15
"""The oldest PostgreSQL that the schema works on."""


class DatabaseError(StartError):
    """The database can't be used; the message is one line, without the password."""


def check_database(url: str) -> None:
    """Connect once. Raises ``DatabaseError`` when that fails or the server is too old."""
    try:
        conninfo, target = libpq_keywords(url), without_password(url)
    except DatabaseUrlError as error:
        raise DatabaseError(str(error)) from None
    try:
        with psycopg.connect(conninfo, connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        raise DatabaseError(f"DATABASE_URL {target} can't be used: {first_line(error)}") from error
    if version < OLDEST * 10_000:
        raise DatabaseError(
            f"DATABASE_URL {target} is PostgreSQL {version // 10_000}; {OLDEST} or newer is needed."
        )


def first_line(error: psycopg.Error | OperationalError) -> str:
    """What a driver's error says, without its advice and its second line."""
    cause = error.orig if isinstance(error, OperationalError) else error
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    line = next((line for line in lines if "FATAL:" in line), lines[0] if lines else repr(cause))
    return line.partition("FATAL:")[2].strip() or line
