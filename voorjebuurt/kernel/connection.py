"""Connecting to the database past SQLAlchemy's engines."""

from psycopg import ProgrammingError
from psycopg.conninfo import make_conninfo

from voorjebuurt.settings.database_url import DatabaseUrlError, keywords_of


def libpq_keywords(url: str) -> str:
    """The connection string for libpq of an address; raises ``DatabaseUrlError``."""
    try:
        return make_conninfo(**keywords_of(url))
    except ProgrammingError as error:
        raise DatabaseUrlError(f"DATABASE_URL can't be used: {str(error).strip()}") from None
