"""Writing what a file tells into the database, many rows at a time."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from psycopg import Connection
from sqlalchemy import text
from sqlalchemy.orm import Session

from voorjebuurt.places.files.items import AreaShape, PostcodeAddress

_FIGURES = "COPY area_figures (import_id, area_code, indicator, value) FROM STDIN"
_SHAPES = "COPY area_shapes (import_id, area_code, geometry) FROM STDIN"
_INCOMING = "COPY incoming_addresses (postcode, number, buurt_code) FROM STDIN"
_MAKE_ROOM = text(
    "CREATE TEMPORARY TABLE incoming_addresses (postcode text, number bigint, buurt_code text)"
)
_TAKE = text(
    "WITH taken AS ("
    "INSERT INTO address_areas (import_id, postcode, number, buurt_code)"
    " SELECT DISTINCT CAST(:import_id AS uuid), postcode, number, buurt_code"
    " FROM incoming_addresses RETURNING 1) SELECT count(*) FROM taken"
)
_CLEAR = text("DROP TABLE incoming_addresses")


def store_figures(session: Session, import_id: UUID, rows: Iterable[tuple[str, str, Any]]) -> int:
    """Write figures: code, indicator, value or None. Returns how many."""
    return _copy(session, _FIGURES, ((import_id, *row) for row in rows))


def store_shapes(session: Session, import_id: UUID, records: Iterable[AreaShape]) -> int:
    """Write outlines. Returns how many."""
    rows = ((import_id, each.code, json.dumps(each.geometry)) for each in records)
    return _copy(session, _SHAPES, rows)


def store_addresses(
    session: Session, import_id: UUID, records: Iterable[PostcodeAddress]
) -> tuple[int, int]:
    """Write addresses. Returns how many, and how many stood there more than once."""
    session.execute(_MAKE_ROOM)
    rows = ((each.postcode, each.number, each.code) for each in records)
    incoming = _copy(session, _INCOMING, rows)
    count = session.scalar(_TAKE, {"import_id": import_id}) or 0
    session.execute(_CLEAR)
    return count, incoming - count


def _copy(session: Session, statement: str, rows: Iterator[tuple[Any, ...]]) -> int:
    """Stream rows into a table, on the session's own connection and in its transaction."""
    session.flush()
    connection = session.connection().connection.driver_connection
    if not isinstance(connection, Connection):
        raise TypeError("rows are copied over psycopg")
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
