"""Gifts from PostgreSQL: one row an application, with all its gifts packed together.

A million rows cost a driver a second; two thousand long ones cost it nothing. Of every gift two
numbers of 64 bits are sent, so that arrays can be laid over them as they are: a hash of the donor's
key; and the amount, two flags, and as many bits of a second hash as there is room for.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from psycopg import Connection, Cursor
from psycopg.pq import Format
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    LargeBinary,
    Select,
    Text,
    case,
    cast,
    column,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from voorjebuurt.rulebook.facts import Application

GIFT = np.dtype([("donor", ">u8"), ("number", ">i8")])
"""A gift as it is sent."""

LOCAL, MATCHABLE, FLAG_BITS = 1, 2, 2
"""A number is the amount, followed by bits for ``MATCHABLE`` and ``LOCAL``, …"""
DONOR_BITS = 22
"""… and these of the donor's second hash. Above € 5 billion a gift is too large for it."""

_SEEDS = (0x1F3D5B79, 0x2E4C6A88)
"""The two hashes differ by their seeds."""
_WORK_MEMORY = "64MB"
"""Enough for a million gifts; with PostgreSQL's own 4 MB they would go through files."""


def packed_gifts(
    session: Session, gifts: FromClause, applications: Sequence[Application], *, local: bool
) -> list[bytes]:
    """The gifts to each of these applications as ``GIFT``; gifts to others are left out.

    ``gifts`` has the columns ``application``, ``donor``, ``amount_cents``, ``area`` and
    ``matchable``. With ``local`` it is looked up which come from the application's own areas.
    """
    statement = _statement(gifts, applications if local else ())
    with _work_memory(session), _binary(session):
        by_application = {str(key): gift_bytes for key, gift_bytes in session.execute(statement)}
    return [by_application.get(application.id, b"") for application in applications]


def _statement(gifts: FromClause, homes: Sequence[Application]) -> Select[Any]:
    number = gifts.c.amount_cents * 2**FLAG_BITS + case((gifts.c.matchable, MATCHABLE), else_=0)
    if any(application.area for application in homes):
        at_home = tuple_(gifts.c.application, gifts.c.area).in_(_areas_of(homes, gifts))
        number += case((gifts.c.area.is_(None), 0), (at_home, LOCAL), else_=0)
    donor, again = (
        func.hashtextextended(_text(gifts.c.donor), seed, type_=BigInteger) for seed in _SEEDS
    )
    room = 2**DONOR_BITS
    number_and_hash = cast(number, BigInteger) * room + again.bitwise_and(room - 1)
    gift = _eight_bytes(donor).op("||")(_eight_bytes(number_and_hash))
    gift_bytes = func.string_agg(gift, literal(b"", LargeBinary), type_=LargeBinary)
    return select(gifts.c.application, gift_bytes).group_by(gifts.c.application)


def _areas_of(applications: Sequence[Application], gifts: FromClause) -> Select[Any]:
    """Applications with each of their own areas.

    Meant for IN, which keeps them in a hash table; a join would have PostgreSQL sort all gifts.
    """
    pairs = [
        (application.id, code) for application in applications for code in application.area or ()
    ]
    kind = gifts.c.application.type
    home = func.unnest(
        cast(cast([key for key, _ in pairs], ARRAY(Text)), ARRAY(kind)),
        cast([code for _, code in pairs], ARRAY(Text)),
    ).table_valued(column("application", kind), column("area", Text), name="home")
    rows = home.render_derived()
    return select(rows.c.application, rows.c.area)


def _eight_bytes(number: ColumnElement[Any]) -> ColumnElement[bytes]:
    """A number's eight bytes."""
    return func.int8send(number, type_=LargeBinary)


def _text(donor: ColumnElement[Any]) -> ColumnElement[str]:
    if isinstance(donor.type, LargeBinary):
        return func.encode(donor, "hex", type_=Text)
    return cast(donor, Text)


@contextmanager
def _work_memory(session: Session) -> Iterator[None]:
    """More memory for this query only."""
    before = session.scalar(select(func.current_setting("work_mem")))
    session.execute(select(func.set_config("work_mem", _WORK_MEMORY, True)))
    yield
    session.execute(select(func.set_config("work_mem", before, True)))


class _BinaryCursor(Cursor[Any]):
    """Takes bytes as bytes. Without it the numbers would come as twice as many hex digits."""

    def __init__(self, connection: Connection[Any], *, row_factory: Any = None) -> None:
        super().__init__(connection, row_factory=row_factory)
        self.format = Format.BINARY


@contextmanager
def _binary(session: Session) -> Iterator[None]:
    driver = session.connection().connection.driver_connection
    if not isinstance(driver, Connection):
        raise TypeError("gifts are gathered through psycopg")
    usual = driver.cursor_factory
    driver.cursor_factory = _BinaryCursor
    try:
        yield
    finally:
        driver.cursor_factory = usual
