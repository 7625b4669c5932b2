"""The database's address: read as libpq reads it, and written so that everybody reads the same.

SQLAlchemy and libpq differ about ``+``, spaces and names in an address. Therefore nobody else takes
one apart or puts one together: the engines get what ``database_url`` gives, and whatever connects
past them gets ``kernel.connection.libpq_keywords``. Pure: the rules of money know the settings.
"""

import re
from urllib.parse import quote, unquote, unquote_plus

DRIVER = "postgresql+psycopg"
_SCHEMES = ("postgres", "postgresql", DRIVER)
_SHAPE = re.compile(
    r"(?:(?P<user>[^:/?#@]*)(?::(?P<password>[^@/?]*))?@)?"
    r"(?P<places>[^/?#@]*)(?:/(?P<dbname>[^?#]*))?(?:\?(?P<options>[^#]*))?"
)
_PLACE = re.compile(r"(?P<host>\[[0-9A-Fa-f:.%]+\]|[^:\[\]]*)(?::(?P<port>[0-9]*))?")
_NOT_A_CODE = re.compile(r"%(?![0-9A-Fa-f]{2})|\s")
_HELP = (
    "DATABASE_URL is not an address: postgresql://user:password@host/database, with codes"
    " (%20 for a space) for what is not a letter, a digit or one of - . _ ~"
)


class DatabaseUrlError(ValueError):
    """This is no address of a PostgreSQL database; the message says why, without the password."""


def database_url(**keywords: str) -> str:
    """The address with these libpq keywords (``host``, ``user``, ``dbname``, …), for SQLAlchemy.

    Every character that could be read in two ways is written as its code.
    """
    rest = dict(keywords)
    user, password = (quote(rest.pop(name, ""), safe="") for name in ("user", "password"))
    sign_on = f"{user}:{password}@" if password else f"{user}@" if user else ""
    place = _written_place(rest.get("host", ""), rest.get("port", ""))
    if place:
        rest = {name: value for name, value in rest.items() if name not in ("host", "port")}
    name = rest.get("dbname", "")
    if quote(name, safe="") == name:
        rest.pop("dbname", None)
    else:
        name = ""
    options = "&".join(
        f"{quote(key)}={quote(value, safe='')}" for key, value in sorted(rest.items())
    )
    return f"{DRIVER}://{sign_on}{place}/{name}{'?' if options else ''}{options}"


def _written_place(host: str, port: str) -> str:
    """A host and its port where one expects them; nothing when they must stand as options."""
    host = f"[{host}]" if re.fullmatch(r"[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+", host) else host
    if not host or quote(host, safe="[]:") != host or (port and not port.isdecimal()):
        return ""
    return f"{host}:{port}" if port else host


def read_database_url(text: str) -> str:
    """The address that a person or a host gave, for SQLAlchemy. Raises ``DatabaseUrlError``.

    Hosts hand out ``postgres://`` and ``postgresql://``; both are read by libpq's own rules.
    """
    return database_url(**keywords_of(text))


def keywords_of(url: str) -> dict[str, str]:
    """What an address says, by the names that libpq has for it. Raises ``DatabaseUrlError``."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in _SCHEMES:
        raise DatabaseUrlError("DATABASE_URL must begin with postgresql://")
    shape = _SHAPE.fullmatch(rest)
    if shape is None or _NOT_A_CODE.search(rest):
        raise DatabaseUrlError(_HELP)
    keywords = {name: shape[name] or "" for name in ("user", "password", "dbname")}
    try:
        keywords = {name: _decoded(value) for name, value in keywords.items()}
        keywords |= _places(shape["places"])
        keywords |= _options(shape["options"] or "", plus_is_space=scheme == DRIVER)
    except ValueError:
        raise DatabaseUrlError(_HELP) from None
    return {name: value for name, value in keywords.items() if value}


def without_password(url: str) -> str:
    """The address as a person may see it, in a message."""
    keywords = keywords_of(url)
    dots = {"password": "…"} if "password" in keywords else {}
    text = database_url(**{**keywords, **dots}).replace(DRIVER, "postgresql", 1)
    return text.replace(quote("…"), "***", 1)


def _places(text: str) -> dict[str, str]:
    """Hosts and ports, each a list with commas; raises ``ValueError``."""
    places = [_PLACE.fullmatch(part) for part in text.split(",")]
    if not all(places):
        raise ValueError(text)
    hosts = [_decoded(place["host"].strip("[]")) for place in places if place]
    ports = [place["port"] or "" for place in places if place]
    return {
        "host": ",".join(hosts),
        "port": ",".join(ports) if any(ports) else "",
    }


def _options(text: str, *, plus_is_space: bool) -> dict[str, str]:
    """What stands after the question mark; raises ``ValueError``."""
    pairs = [part.partition("=") for part in text.split("&") if part]
    if not all(separator for _, separator, _ in pairs):
        raise ValueError(text)
    return {_decoded(name): _decoded(value, plus_is_space) for name, _, value in pairs}


def _decoded(text: str, plus_is_space: bool = False) -> str:
    return (unquote_plus if plus_is_space else unquote)(text, errors="strict")
