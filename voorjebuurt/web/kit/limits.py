"""How often something may be asked for, counted in the database for all processes together.

Which form has which limits stands in ``web.limits``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits.storage import Storage
from sqlalchemy.exc import SQLAlchemyError

from voorjebuurt.kernel import clock, counters
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people.rules import normal_email
from voorjebuurt.web.kit import database
from voorjebuurt.web.kit.actors import known_person
from voorjebuurt.web.kit.returned_forms import VIEWS

SCHEME = "voorjebuurt"
EXTENSION = "voorjebuurt.limiter"
LONGEST_SECONDS = 3600


@dataclass(frozen=True)
class Limit:
    """How many POSTs (``30 per hour``; empty: any number), counted by what, and why so many.

    Where ``key`` is None there is nothing to count by.
    """

    rate: str
    key: Callable[[], str | None]
    why: str


def network(address: str | None) -> str:
    """The network of an address: a household's or a room's. Of IPv6 the first 64 bits.

    Behind those one machine has more addresses than anybody can count by.
    """
    try:
        ip = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return str(ip_network((ip, 64 if ip.version == 6 else 32), strict=False))


def by_network() -> str:
    """The network of who asks."""
    return network(request.remote_addr)


def by_email() -> str | None:
    """The email address that was typed; hashed, because counters are no place for addresses."""
    typed_address = normal_email(request.form.get("email", "")[:1_000])
    return token_hash(typed_address) if typed_address else None


def by_email_here() -> str | None:
    """The same from this network: who is elsewhere can't use it up."""
    email = by_email()
    return f"{email} {by_network()}" if email else None


def by_campaign() -> str:
    """The campaign of the address."""
    return str((request.view_args or {}).get("campaign_id", ""))


def by_token() -> str:
    """The secret in the address; hashed."""
    return token_hash(str((request.view_args or {}).get("token", "")))


def by_person() -> str:
    """Who is signed in; a guest's network."""
    person = known_person()
    return by_network() if person is None else str(person.id)


class DatabaseStorage(Storage):
    """Counters in our own PostgreSQL (``kernel.counters``)."""

    STORAGE_SCHEME: list[str] | None = [SCHEME]  # noqa: RUF012 - the base class declares it so

    def __init__(self, uri: str | None = None, *, database: Database, **options: Any) -> None:
        super().__init__(uri, **options)
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception]:
        """What goes wrong when the counters can't be reached."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, in a transaction of its own: a refused request counts too."""
        with self._database.writing() as session:
            return counters.count(session, key=key, seconds=expiry, amount=amount)

    def get(self, key: str) -> int:
        """How often it happened in this window."""
        with self._database.reading() as session:
            return counters.counter(session, key)[0]

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970."""
        with self._database.reading() as session:
            return counters.counter(session, key)[1].timestamp()

    def check(self) -> bool:
        """Whether the counters can be reached."""
        try:
            self.get("check")
        except SQLAlchemyError:
            return False
        return True

    def reset(self) -> int | None:
        """Begin all counters again."""
        with self._database.writing() as session:
            counters.forget(session)
        return None

    def clear(self, key: str) -> None:
        """Begin one counter again."""
        with self._database.writing() as session:
            counters.forget(session, key=key)


def init_limits(app: Flask, table: Mapping[str, Sequence[Limit]]) -> None:
    """Put the limits of a table, by endpoint, on the views of this application."""
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"database": app.extensions[database.EXTENSION]}
    limiter = Limiter(by_network, storage_uri=f"{SCHEME}://", headers_enabled=False)
    limiter.init_app(app)
    app.extensions[EXTENSION] = limiter
    views = app.extensions.setdefault(VIEWS, {})
    for endpoint, limits in table.items():
        view: Callable[..., Any] = app.view_functions[endpoint]
        views[endpoint] = view
        for limit in limits:
            if limit.rate:
                view = _limited(limiter, limit, view)
        app.view_functions[endpoint] = view


def _limited(limiter: Limiter, limit: Limit, view: Callable[..., Any]) -> Callable[..., Any]:
    """A view with a limit around it; where there is nothing to count by, nothing is counted."""
    decorate = limiter.limit(
        limit.rate,
        key_func=lambda: limit.key() or "",
        methods=["POST"],
        exempt_when=lambda: limit.key() is None,
    )
    limited_view: Callable[..., Any] = decorate(view)
    return limited_view


def seconds_to_wait() -> int:
    """After how many seconds the limit that this request met begins again; at least one."""
    limiter: Limiter = current_app.extensions[EXTENSION]
    limit = limiter.current_limit
    if limit is None:
        return LONGEST_SECONDS
    return max(ceil(limit.reset_at - clock.now().timestamp()), 1)
