"""How often something may be asked for, counted in the database for all processes together.

One table, like the guards. Counting by what was typed keeps an attacker with many addresses from
one person's account; counting by address keeps one from many accounts.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from limits.storage import Storage
from sqlalchemy.exc import SQLAlchemyError

from voorjebuurt.kernel import counters
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people.rules import normal_email
from voorjebuurt.web.kit import database
from voorjebuurt.web.kit.returned_forms import VIEWS

SCHEME = "voorjebuurt"


def by_address() -> str:
    """The network address of who asks."""
    return request.remote_addr or "unknown"


def by_email() -> str:
    """The email address that was typed; hashed, because counters are no place for addresses."""
    return token_hash(normal_email(request.form.get("email", "")[:1_000]))


def by_campaign() -> str:
    """The campaign of the address: whoever begins a draft can't use up its owner's links."""
    return str((request.view_args or {}).get("campaign_id", ""))


Limit = tuple[str, Callable[[], str]]

LIMITS: dict[str, tuple[Limit, ...]] = {
    "auth.show_sign_in": (("5 per 15 minutes", by_email), ("30 per hour", by_address)),
    "auth.show_password_sign_in": (
        ("8 per 15 minutes", by_email),
        ("40 per 15 minutes", by_address),
    ),
    "auth.show_link": (("30 per 15 minutes", by_address),),
    "auth.show_password": (("20 per 15 minutes", by_address),),
    "public.ask_for_place": (("5 per hour", by_email), ("30 per hour", by_address)),
    "public.start_pledge": (("60 per hour", by_address),),
    "resident.start_campaign": (("30 per hour", by_address),),
    "resident.mail_link": (("6 per 15 minutes", by_address), ("4 per hour", by_campaign)),
    "public.pay_gift": (("60 per hour", by_address),),
}
"""Endpoint -> how many POSTs, and counted by what."""


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


def init_limits(app: Flask) -> None:
    """Put the limits of the table on the views of this application."""
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"database": app.extensions[database.EXTENSION]}
    limiter = Limiter(by_address, storage_uri=f"{SCHEME}://", headers_enabled=False)
    limiter.init_app(app)
    views = app.extensions.setdefault(VIEWS, {})
    for endpoint, limits in LIMITS.items():
        view: Callable[..., Any] = app.view_functions[endpoint]
        views[endpoint] = view
        for rate, key in limits:
            view = limiter.limit(rate, key_func=key, methods=["POST"])(view)
        app.view_functions[endpoint] = view
