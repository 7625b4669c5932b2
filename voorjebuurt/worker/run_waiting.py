"""Running what waits in the queue here and now, in this process, one job after another.

For ``voorjebuurt due`` and for tests: with the clock moved, in the caller's own thread.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, text

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import ORIGIN, Runtime
from voorjebuurt.worker import registry
from voorjebuurt.worker.job import Arguments, let_others_queue, note_failure, perform

MAX_JOBS = 20_000
_BEAT_SECONDS = 1.0
"""How often we say that we are still there, between jobs."""

_RIPEN = text(
    "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"
    " AND scheduled_at <= :now AND (CAST(:queue AS text) IS NULL OR queue_name = :queue)"
)
_FETCH = text(
    "SELECT id, task_name, args, attempts, queueing_lock FROM procrastinate_fetch_job_v2("
    "CASE WHEN CAST(:queue AS text) IS NULL THEN NULL ELSE ARRAY[CAST(:queue AS varchar)] END,"
    " :worker)"
)
_BEAT = text("SELECT procrastinate_update_heartbeat_v1(:worker)")
_FINISH = text(
    "SELECT procrastinate_finish_job_v1(:id, CAST(:status AS procrastinate_job_status), false)"
)
_RETRY = text("SELECT procrastinate_retry_job_v2(:id, :at, NULL, NULL, NULL)")


@dataclass(frozen=True)
class JobRun:
    """One job or sweep that ran; ``again`` tells that a failed one is tried again later."""

    task: str
    arguments: Arguments
    error: Exception | None = None
    again: bool = False

    @property
    def what(self) -> str:
        """The task with its arguments, the same for the same work."""
        arguments = (f"{name}={value}" for name, value in sorted(self.arguments.items()))
        return f"{self.task}({', '.join(arguments)})"


def run_waiting_jobs(runtime: Runtime, *, queue: str | None = None) -> list[JobRun]:
    """Run every job that waits or was scheduled up to ``clock.now()``, and what follows of it.

    ``queue``: only those in that one. Raises ``RuntimeError`` when it never ends.
    """
    registry.all_tasks()
    runs: list[JobRun] = []
    with runtime.database.reader.connect() as connection, _worker(connection) as worker:
        beat_at = time.monotonic()
        while (job := _fetched(connection, worker, queue)) is not None:
            if time.monotonic() - beat_at >= _BEAT_SECONDS:
                connection.execute(_BEAT, {"worker": worker})
                beat_at = time.monotonic()
            runs.append(_run(runtime, connection, job))
            if len(runs) > MAX_JOBS:
                raise RuntimeError(f"more than {MAX_JOBS} jobs: they keep making new ones")
    return runs


def _fetched(connection: Connection, worker: int, queue: str | None) -> Row[Any] | None:
    """The next job that may run; what the clock has come to is looked for when nothing is left."""
    job = connection.execute(_FETCH, {"queue": queue, "worker": worker}).one()
    if job.id is None:
        ripe = connection.execute(_RIPEN, {"now": clock.now(), "queue": queue})
        if ripe.rowcount:
            job = connection.execute(_FETCH, {"queue": queue, "worker": worker}).one()
    return None if job.id is None else job


def _run(runtime: Runtime, connection: Connection, job: Row[Any]) -> JobRun:
    arguments = {name: value for name, value in job.args.items() if name != ORIGIN}
    if job.queueing_lock is not None:
        with runtime.database.writing() as session:
            let_others_queue(session, job.id)
    try:
        perform(runtime, job_id=job.id, name=job.task_name, arguments=job.args)
    except Exception as error:
        seconds = note_failure(
            runtime, job_id=job.id, name=job.task_name, error=error, attempts=job.attempts
        )
        if seconds is None:
            connection.execute(_FINISH, {"id": job.id, "status": "failed"})
        else:
            again_at = clock.now() + timedelta(seconds=max(1, seconds))
            connection.execute(_RETRY, {"id": job.id, "at": again_at})
        return JobRun(job.task_name, arguments, error, again=seconds is not None)
    connection.execute(_FINISH, {"id": job.id, "status": "succeeded"})
    return JobRun(job.task_name, arguments)


@contextmanager
def _worker(connection: Connection) -> Iterator[int]:
    """A worker's number in the queue's table, so that nobody takes our jobs for abandoned."""
    worker = connection.execute(text("SELECT procrastinate_register_worker_v1()")).scalar_one()
    try:
        yield worker
    finally:
        connection.execute(
            text("SELECT procrastinate_unregister_worker_v1(:worker)"), {"worker": worker}
        )
