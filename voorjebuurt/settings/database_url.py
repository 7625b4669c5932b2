"""The database's address: read as libpq reads it, and written so that everybody reads the same.

SQLAlchemy and libpq differ about ``+``, spaces and names in an address. Therefore nobody else takes
one apart or puts one together: the engines get what ``database_url`` gives, and whatever connects
past them gets ``libpq_keywords``.
"""

from urllib.parse import quote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import ArgumentError

DRIVER = "postgresql+psycopg"
_SCHEMES = ("postgres", "postgresql")


class DatabaseUrlError(ValueError):
    """This is no address of a PostgreSQL database; the message says why, without the password."""


def database_url(**keywords: str) -> str:
    """The address with these libpq keywords (``host``, ``user``, ``dbname``, …), for SQLAlchemy.

    Every character that could be read in two ways is written as its code.
    """
    rest = dict(keywords)
    user, password = (quote(rest.pop(name, ""), safe="") for name in ("user", "password"))
    sign_on = f"{user}:{password}@" if password else f"{user}@" if user else ""
    host, port = rest.get("host", ""), rest.get("port", "")
    place = ""
    if host and quote(host, safe="") == host and (not port or port.isdecimal()):
        place = host + (f":{port}" if port else "")
        rest.pop("host"), rest.pop("port", None)
    name = rest.get("dbname", "")
    if quote(name, safe="") == name:
        rest.pop("dbname", None)
    else:
        name = ""
    options = "&".join(f"{quote(key)}={quote(str(value), safe='')}" for key, value in rest.items())
    return f"{DRIVER}://{sign_on}{place}/{name}{'?' if options else ''}{options}"


def read_database_url(text: str) -> str:
    """The address that a person or a host gave, for SQLAlchemy. Raises ``DatabaseUrlError``.

    Hosts hand out ``postgres://`` and ``postgresql://``; both are read by libpq's own rules.
    """
    scheme, separator, rest = text.partition("://")
    if separator and scheme == DRIVER:
        return database_url(**keywords_of(text))
    if not separator or scheme not in _SCHEMES:
        raise DatabaseUrlError("DATABASE_URL must begin with postgresql://")
    try:
        keywords = conninfo_to_dict(f"postgresql://{rest}")
    except (ProgrammingError, UnicodeError) as error:
        raise DatabaseUrlError(
            "DATABASE_URL is not an address: postgresql://user:password@host/database, with codes"
            " (%20 for a space) for what is not a letter, a digit or one of - . _ ~"
        ) from error
    return database_url(**{name: str(value) for name, value in keywords.items()})


def keywords_of(url: str) -> dict[str, str]:
    """The libpq keywords that SQLAlchemy connects with. Raises ``DatabaseUrlError``."""
    try:
        _, keywords = PGDialect_psycopg().create_connect_args(make_url(url))
    except (ArgumentError, ValueError):
        raise DatabaseUrlError(
            "DATABASE_URL is not an address: postgresql://user:password@host/database"
        ) from None
    return {name: str(value) for name, value in keywords.items()}


def libpq_keywords(url: str) -> str:
    """The connection string for libpq of an address for SQLAlchemy. Raises ``DatabaseUrlError``."""
    return make_conninfo(**keywords_of(url))


def without_password(url: str) -> str:
    """The address as a person may see it, in a message."""
    keywords = keywords_of(url)
    dots = {"password": "…"} if "password" in keywords else {}
    url = database_url(**{**keywords, **dots}).replace(DRIVER, "postgresql", 1)
    return url.replace(quote("…"), "***", 1)
