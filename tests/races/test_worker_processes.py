"""Workers as processes: they stop when asked, and what a killed one leaves is picked up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import procrastinate
import pytest
from sqlalchemy import text

from tests.support.jobs import run_jobs
from voorjebuurt.kernel import clock, heartbeat, jobs
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import TASKS, Runtime, Task
from voorjebuurt.settings import Settings
from voorjebuurt.worker import process
from voorjebuurt.worker.heartbeat import EXIT_CODE, Heartbeat
from voorjebuurt.worker.stalled_jobs import rescue_jobs

PROGRAM = """
import os, time
from voorjebuurt import settings
from voorjebuurt.kernel.jobs import task
from voorjebuurt.worker import process

@task("test.hang")
def hang(runtime, seconds=600):
    time.sleep(seconds)

process.GRACE_SECONDS = float(os.environ.get("GRACE", process.GRACE_SECONDS))
process.STOP_SECONDS = float(os.environ.get("STOP", process.STOP_SECONDS))
loaded = settings.load(os.environ)
process.run_worker(loaded, loaded.database_url)
"""
PATIENCE_SECONDS = 30


@pytest.fixture
def worker(
    fresh_database_url: str, tmp_path: Path
) -> Callable[..., AbstractContextManager[Popen[bytes]]]:
    """``with worker() as process`` is a worker that also knows the task ``test.hang``."""

    @contextmanager
    def start(**more: str) -> Iterator[Popen[bytes]]:
        environment = {
            **os.environ,
            **more,
            "VJB_ENV": "test",
            "VJB_HOME": str(tmp_path),
            "DATABASE_URL": fresh_database_url,
        }
        child = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment)
        try:
            yield child
        finally:
            child.kill()
            child.wait()

    return start


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def status_of(database: Database, task: str) -> str | None:
    with database.reading() as session:
        statement = text("SELECT status FROM procrastinate_jobs WHERE task_name = :task")
        return session.execute(statement, {"task": task}).scalar()


def defer(database: Database, name: str, **arguments: Any) -> None:
    with database.writing() as session:
        jobs.defer(session, name, **arguments)


def silent(database: Database) -> frozenset[str]:
    with database.reading() as session:
        return heartbeat.silent_queues(session, jobs.QUEUES, longer_than=timedelta(minutes=1))


def test_a_worker_does_jobs_says_it_lives_and_stops_when_asked(
    worker: Callable[..., AbstractContextManager[Popen[bytes]]], fresh_database: Database
) -> None:
    defer(fresh_database, "test.hang", seconds=0)
    with worker() as running:
        wait_for(lambda: status_of(fresh_database, "test.hang") == "succeeded")
        with fresh_database.reading() as session:
            assert heartbeat.last_seen(session) is not None
        wait_for(lambda: silent(fresh_database) == frozenset())
        defer(fresh_database, "mail.sweep")
        wait_for(lambda: status_of(fresh_database, "mail.sweep") == "succeeded")
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE_SECONDS) == 0


def test_a_worker_lives_in_the_present_only(
    worker: Callable[..., AbstractContextManager[Popen[bytes]]], fresh_database: Database
) -> None:
    with clock.at(clock.now() + timedelta(days=100)):
        defer(fresh_database, "test.hang", seconds=0)
    with worker():
        defer(fresh_database, "mail.sweep")
        wait_for(lambda: status_of(fresh_database, "mail.sweep") == "succeeded")
        assert status_of(fresh_database, "test.hang") == "todo"


def test_a_stopping_worker_finishes_what_it_was_doing(
    worker: Callable[..., AbstractContextManager[Popen[bytes]]], fresh_database: Database
) -> None:
    defer(fresh_database, "test.hang", seconds=2)
    with worker() as running:
        wait_for(lambda: status_of(fresh_database, "test.hang") == "doing")
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE_SECONDS) == 0
    assert status_of(fresh_database, "test.hang") == "succeeded"


def test_a_worker_stops_in_time_whatever_it_waits_for(
    worker: Callable[..., AbstractContextManager[Popen[bytes]]], fresh_database: Database
) -> None:
    assert process.GRACE_SECONDS < process.STOP_SECONDS < 20
    defer(fresh_database, "test.hang", seconds=600)
    with worker(GRACE="0.5", STOP="1.5") as hanging:
        wait_for(lambda: status_of(fresh_database, "test.hang") == "doing")
        hanging.send_signal(signal.SIGTERM)
        assert hanging.wait(10) == 0
    assert status_of(fresh_database, "test.hang") == "doing", "the next worker puts it back"


def test_a_worker_whose_work_breaks_off_says_so_to_its_supervisor(
    fresh_database_url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lose_the_database(app: procrastinate.App, **_: object) -> None:
        return None

    monkeypatch.setattr(procrastinate.App, "run_worker_async", lose_the_database)
    with pytest.raises(SystemExit) as ending:
        process.run_worker(settings, fresh_database_url)
    assert ending.value.code == EXIT_CODE


def test_the_job_of_a_killed_worker_is_rescued(
    worker: Callable[..., AbstractContextManager[Popen[bytes]]],
    fresh_database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    defer(fresh_database, "test.hang", lock="one")
    defer(fresh_database, "test.next", lock="one")
    with worker() as running:
        wait_for(lambda: status_of(fresh_database, "test.hang") == "doing")
        running.kill()
        running.wait()
    runs = []
    for name in ("hang", "next"):
        task = Task(f"test.{name}", lambda runtime, name=name: runs.append(name), None, 3)
        monkeypatch.setitem(TASKS, task.name, task)
    runtime = Runtime(fresh_database, settings)
    run_jobs(fresh_database, settings)
    assert runs == []
    assert rescue_jobs(runtime, silent_seconds=600) == 0
    rescue_jobs(runtime, silent_seconds=0)
    assert status_of(fresh_database, "test.hang") == "todo"
    run_jobs(fresh_database, settings)
    assert runs == ["hang", "next"]


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(
    fresh_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TASKS, "test.killer", Task("test.killer", print, None, 2))
    defer(fresh_database, "test.killer")
    runtime = Runtime(fresh_database, settings)
    for status in ("todo", "failed"):
        with fresh_database.writing() as session:
            session.execute(text("SELECT procrastinate_fetch_job_v2(NULL, NULL)"))
        rescue_jobs(runtime, silent_seconds=600)
        assert status_of(fresh_database, "test.killer") == status
    with fresh_database.reading() as session:
        assert session.execute(text("SELECT kind FROM alerts")).scalar() == "job_failed"


def test_the_pulse_ends_the_process_when_the_database_stays_away() -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    calls = []
    pulse = Heartbeat(nowhere, interval=0.01, patience=0.05, on_loss=lambda: calls.append(True))
    pulse.start()
    pulse.join(PATIENCE_SECONDS)
    assert calls == [True]
