"""Pages of lists: ``from`` (an id, included) and ``limit``, newest first."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from flask import request

from voorjebuurt.local.sandbox.bodies import link, list_body
from voorjebuurt.local.sandbox.calls import the_sandbox
from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.idempotency import Answer

MAXIMUM = 250
DEFAULT = 50


class ListRow(Protocol):
    """A row with its place in time and its id."""

    @property
    def seq(self) -> int:
        """Its place: later rows have a higher one."""

    @property
    def id(self) -> str:
        """Its id."""


Row = TypeVar("Row", bound=ListRow)


def page(
    name: str, record: type[Row], body: Callable[[Row], dict[str, Any]], **where: str
) -> Answer:
    """The page of ``name`` (a table of this package) that the request asks for.

    A row that is added while somebody reads does not move the pages: each begins at an id.
    """
    limit = _limit()
    condition = " AND ".join([*(f"{column} = ?" for column in where), "1"])
    rows = _rows(name, record, f"{condition} AND seq <= ?", [*where.values(), _start(name)], limit)
    before = _newer(name, record, condition, list(where.values()), rows, limit)
    links = {
        "self": link(request.url),
        "previous": _link_from(before[-1].id, limit) if before else None,
        "next": _link_from(rows[limit].id, limit) if len(rows) > limit else None,
    }
    return Answer(200, list_body(name, [body(row) for row in rows[:limit]], links))


def _rows(name: str, record: type[Row], condition: str, values: list[Any], limit: int) -> list[Row]:
    sql = f"SELECT * FROM {name} WHERE {condition} ORDER BY seq DESC LIMIT ?"
    return the_sandbox().store.every(record, sql, *values, limit + 1)


def _newer(
    name: str, record: type[Row], condition: str, values: list[Any], rows: list[Row], limit: int
) -> list[Row]:
    """The page before this one, in the order of time."""
    if not rows:
        return []
    sql = f"SELECT * FROM {name} WHERE {condition} AND seq > ? ORDER BY seq LIMIT ?"
    return the_sandbox().store.every(record, sql, *values, rows[0].seq, limit)


def _start(name: str) -> int:
    first = request.args.get("from")
    if first is None:
        return 2**62
    rows = the_sandbox().store.rows(f"SELECT seq FROM {name} WHERE id = ?", first)
    if not rows:
        raise ApiError(404, f"No item exists with token {first}.", field="from")
    return int(rows[0]["seq"])


def _limit() -> int:
    text = request.args.get("limit", str(DEFAULT))
    if not text.isdecimal() or not 1 <= int(text) <= MAXIMUM:
        raise ApiError(400, f"The limit must be between 1 and {MAXIMUM}", field="limit")
    return int(text)


def _link_from(first: str, limit: int) -> dict[str, str]:
    parameters = {key: value for key, value in request.args.items() if key not in ("from", "limit")}
    return link(f"{request.base_url}?{urlencode({**parameters, 'from': first, 'limit': limit})}")
