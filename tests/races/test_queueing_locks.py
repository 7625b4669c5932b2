"""A job that must be tried again while another one already waits under its queueing lock.

PostgreSQL allows one waiting job per queueing lock. Were the first to keep its lock while it
runs, putting it back would be refused, and it would count as running for ever.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import text

from tests.support.jobs import run_and_report
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import TASKS, RetryLaterError, Runtime, Task
from voorjebuurt.settings import Settings
from voorjebuurt.worker.queue import build_queue
from voorjebuurt.worker.stalled_jobs import rescue_jobs

NAME = "test.again"


def queue_one(database: Database) -> bool:
    with database.writing() as session:
        return jobs.defer(session, NAME, lock="one", queueing_lock="one")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The runs of a task that is queued once more while it runs first, and fails that time."""
    moments = []

    def again(runtime: Runtime) -> None:
        moments.append(clock.now())
        if len(moments) == 1:
            assert queue_one(runtime.database)
            assert not queue_one(runtime.database), "one may wait"
            raise RetryLaterError("the provider is busy", seconds=0)

    monkeypatch.setitem(TASKS, NAME, Task(NAME, again, None, 12))
    return moments


def statuses(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(
            session.scalars(
                text("SELECT status::text FROM procrastinate_jobs WHERE task_name = :name"),
                {"name": NAME},
            )
        )


def test_a_worker_puts_the_first_back_beside_the_second(
    fresh_database: Database, fresh_database_url: str, settings: Settings, runs: list[datetime]
) -> None:
    queue_one(fresh_database)
    queue = build_queue(Runtime(fresh_database, settings), fresh_database_url)

    def work() -> None:
        with queue.open():
            for _ in range(3):
                queue.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    # In a thread of its own: a browser test before this one leaves an event loop in the main one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result()
    assert len(runs) == 3
    assert statuses(fresh_database) == ["succeeded", "succeeded"]


def test_draining_puts_the_first_back_beside_the_second(
    fresh_database: Database, settings: Settings, runs: list[datetime]
) -> None:
    queue_one(fresh_database)
    first = run_and_report(fresh_database, settings)
    assert [run.again for run in first] == [True]
    with fresh_database.writing() as session:
        session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL"))
    run_and_report(fresh_database, settings)
    assert statuses(fresh_database) == ["succeeded", "succeeded"]


def test_a_killed_workers_job_is_rescued_beside_the_second(
    fresh_database: Database, settings: Settings, runs: list[datetime]
) -> None:
    """Also when it was killed before it gave up its queueing lock."""
    queue_one(fresh_database)
    with fresh_database.writing() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    assert queue_one(fresh_database)
    assert rescue_jobs(Runtime(fresh_database, settings), silent_seconds=40) == 1
    assert statuses(fresh_database) == ["todo", "todo"]


def test_a_refused_job_leaves_the_rest_of_the_transaction_alone(fresh_database: Database) -> None:
    """Deferring a second time under the same queueing lock is no error of the transaction."""
    with fresh_database.writing() as session:
        assert jobs.defer(session, NAME, queueing_lock="one")
        assert not jobs.defer(session, NAME, queueing_lock="one")
        assert jobs.defer(session, NAME, queueing_lock="two")
    assert statuses(fresh_database) == ["todo", "todo"]
