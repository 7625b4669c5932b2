"""The counters of rate limits, shared by processes: nothing is counted twice or forgotten."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from voorjebuurt.kernel import clock, counters
from voorjebuurt.kernel.db import Database
from voorjebuurt.web.kit.limits import DatabaseStorage


@pytest.fixture
def processes(fresh_database_url: str) -> Iterator[list[DatabaseStorage]]:
    """Two storages on pools of their own, like two web processes."""
    databases = [Database(fresh_database_url) for _ in range(2)]
    yield [DatabaseStorage(database=database) for database in databases]
    for database in databases:
        database.dispose()


def test_hits_of_two_processes_at_once_are_all_counted_in_turn(
    processes: list[DatabaseStorage],
) -> None:
    def hit(number: int) -> int:
        return processes[number % 2].incr("attempts", 60)

    with ThreadPoolExecutor(8) as pool:
        counts = sorted(pool.map(hit, range(60)))
    assert counts == list(range(1, 61))
    assert processes[0].get("attempts") == processes[1].get("attempts") == 60


def test_a_limit_holds_over_both_processes(processes: list[DatabaseStorage]) -> None:
    first, other = (FixedWindowRateLimiter(storage) for storage in processes)
    limit = parse("3 per minute")
    hits = [limiter.hit(limit, "somebody") for limiter in (first, other, first, other)]
    assert hits == [True, True, True, False]
    assert first.hit(limit, "somebody else")


def test_a_window_ends_and_begins_again(processes: list[DatabaseStorage]) -> None:
    storage = processes[0]
    begin = clock.now()
    storage.incr("attempts", 60)
    assert abs(storage.get_expiry("attempts") - (begin.timestamp() + 60)) < 5
    with clock.at(begin + timedelta(seconds=59)):
        assert storage.incr("attempts", 60) == 2
    with clock.at(begin + timedelta(seconds=61)):
        assert storage.get("attempts") == 0
        assert storage.incr("attempts", 60) == 1


def test_counters_can_be_cleared_one_or_all_and_expired_ones_are_forgotten(
    processes: list[DatabaseStorage], fresh_database: Database
) -> None:
    storage = processes[0]
    for key in ("a", "b", "c"):
        storage.incr(key, 60)
    storage.clear("a")
    assert [storage.get(key) for key in ("a", "b", "c")] == [0, 1, 1]
    with clock.at(clock.now() + timedelta(seconds=61)):
        storage.incr("d", 60)
        with fresh_database.writing() as session:
            counters.forget_expired(session)
    assert [storage.get(key) for key in ("b", "c", "d")] == [0, 0, 1]
    storage.reset()
    assert storage.get("d") == 0


def test_the_storage_tells_whether_it_is_there(processes: list[DatabaseStorage]) -> None:
    assert processes[0].check()
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert not DatabaseStorage(database=nowhere).check()
