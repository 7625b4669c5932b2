"""Long work in short transactions."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy.orm import Session

from voorjebuurt.kernel.db import Database

BATCH = 500
_Item = TypeVar("_Item")


def in_parts(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items, so many at a time."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def in_batches(database: Database, work: Callable[[Session], int], *, size: int = BATCH) -> int:
    """Do work until there is no more; returns how much was done.

    ``work`` does up to ``size`` in a transaction of its own, and says how many it did. What it did
    it must not come upon again.
    """
    total, count = 0, size
    while count >= size:
        with database.writing() as session:
            count = work(session)
        total += count
    return total
