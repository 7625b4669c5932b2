"""In races the order of locks is looked at: a deadlock is seldom seen, its cause always."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from tests.support.deeds_at_once import Alone, Build, Result
from tests.support.factories.base import building_in
from tests.support.lock_order import lock_order
from voorjebuurt.kernel.db import Database


@pytest.fixture(autouse=True)
def one_order_of_locks() -> Iterator[None]:
    with lock_order() as faults:
        yield
    assert faults == []


@pytest.fixture
def build(fresh_database: Database) -> Build:
    """Make something in a transaction of its own that is committed."""

    def made(what: Callable[[Session], Result]) -> Result:
        with fresh_database.writing() as session, building_in(session):
            return what(session)

    return made


@pytest.fixture
def alone(fresh_database: Database) -> Alone:
    """A deed in a transaction of its own."""

    def deed(what: Callable[[Session], Result]) -> Callable[[], Result]:
        def run() -> Result:
            with fresh_database.writing() as session:
                return what(session)

        return run

    return deed
