"""No session waits for ever: not for a statement, not for a lock, and not for who left it open."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from voorjebuurt.kernel.db import JOBS, PAGES, Database, Patience
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.settings import Settings
from voorjebuurt.worker.queue import build_queue

BOUNDS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@pytest.fixture
def short(fresh_database_url: str) -> Iterator[Database]:
    """A database whose sessions wait a second or two at most."""
    database = Database(fresh_database_url, patience=Patience(statement=3, lock=1, idle=2))
    yield database
    database.dispose()


def seconds(value: str | None) -> int:
    """``30s`` or ``15min`` as seconds."""
    number = (value or "").rstrip("mins")
    return int(number) * (60 if "min" in (value or "") else 1)


@pytest.mark.parametrize("patience", [PAGES, JOBS])
def test_every_session_has_its_bounds(fresh_database_url: str, patience: Patience) -> None:
    database = Database(fresh_database_url, patience=patience)
    for session_of in (database.reading, database.writing, database.snapshot):
        with session_of() as session:
            bounds = [session.scalar(text(f"SHOW {name}")) for name in BOUNDS]
        expected = [patience.statement, patience.lock, patience.idle]
        assert [seconds(bound) for bound in bounds] == expected
    database.dispose()


def test_pages_wait_shorter_than_jobs() -> None:
    assert PAGES.statement < JOBS.statement
    assert PAGES.lock < JOBS.lock
    assert PAGES.idle < JOBS.idle


def test_so_have_those_of_the_queue(
    fresh_database: Database, fresh_database_url: str, settings: Settings
) -> None:
    queue = build_queue(Runtime(fresh_database, settings), fresh_database_url)
    with queue.open():
        connector = queue.connector.get_sync_connector()
        row = connector.execute_query_one("SHOW lock_timeout")
    assert seconds(row["lock_timeout"]) == JOBS.lock


def test_a_statement_that_takes_too_long_ends(short: Database) -> None:
    with pytest.raises(OperationalError, match="statement timeout"), short.reading() as session:
        session.execute(text("SELECT pg_sleep(20)"))


def test_a_lock_that_is_not_let_go_is_waited_for_a_moment(short: Database) -> None:
    lock = text("SELECT pg_advisory_xact_lock(7)")
    with short.writing() as first:
        first.execute(lock)
        with pytest.raises(OperationalError, match="lock timeout"), short.writing() as second:
            second.execute(lock)


def test_a_transaction_that_nobody_goes_on_with_ends(short: Database) -> None:
    with pytest.raises(DBAPIError), short.writing() as session:
        session.execute(text("SELECT 1"))
        time.sleep(2.5)
        session.execute(text("SELECT 1"))
