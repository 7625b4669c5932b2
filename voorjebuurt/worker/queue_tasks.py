"""Keeping the queue itself in order. Its clocks are the database's, not ours.

A worker that was killed leaves its jobs marked as being done, for ever, and with them whatever
waits for the same lock. Workers write a heartbeat into the queue's own table; whose stops is dead.
"""

from datetime import timedelta

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.kernel import clock, heartbeat
from voorjebuurt.kernel.jobs import QUEUES, TASKS, Runtime, defer, task
from voorjebuurt.worker.job import let_others_queue

SILENT_SECONDS = 40
KEPT_DAYS = 7
_PREFIX = "queue."
_log = structlog.get_logger("voorjebuurt.worker")

_STALLED = text(
    """
    SELECT job.id, job.task_name, job.attempts
    FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => :seconds))
      AND (CAST(:queue AS text) IS NULL OR job.queue_name = :queue)
    ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
    """
)
_RETRY = text("SELECT procrastinate_retry_job_v2(:id, now(), NULL, NULL, NULL)")
_FAIL = text("SELECT procrastinate_finish_job_v1(:id, 'failed', false)")
_SIGN_EVERY = timedelta(seconds=20)
_SIGN = "queue.sign"
_FIRST = text("UPDATE procrastinate_jobs SET priority = 1000 WHERE queueing_lock = :lock")
_OLD_SIGNS = text("DELETE FROM procrastinate_jobs WHERE task_name = :name AND status = 'succeeded'")
_FINISHED = text(
    """
    DELETE FROM procrastinate_jobs job
    WHERE status IN ('succeeded', 'cancelled', 'aborted') AND NOT EXISTS (
        SELECT FROM procrastinate_events event
        WHERE event.job_id = job.id AND event.at >= now() - make_interval(days => :days))
    """
)
_DEAD_WORKERS = text("SELECT procrastinate_prune_stalled_workers_v1(3600)")


def is_queue_task(name: str) -> bool:
    """Whether a task looks after the queue instead of after the world."""
    return name.startswith(_PREFIX)


@task("queue.rescue", cron="* * * * *")
def rescue(runtime: Runtime) -> None:
    """Put the jobs of dead workers back in the queue."""
    rescue_jobs(runtime, silent_seconds=SILENT_SECONDS)


def rescue_jobs(runtime: Runtime, *, silent_seconds: int, queue: str | None = None) -> int:
    """Put back what workers left that were silent for so long; returns how many jobs.

    ``queue``: only what was taken from that one.

    A job that has used up its attempts is the likely killer: it fails for good, with an alert.
    """
    with runtime.database.writing() as session:
        silent_jobs = session.execute(_STALLED, {"seconds": silent_seconds, "queue": queue}).all()
        for job in silent_jobs:
            definition = TASKS.get(job.task_name)
            gives_up = definition is None or job.attempts + 1 >= definition.max_attempts
            let_others_queue(session, job.id)
            session.execute(_FAIL if gives_up else _RETRY, {"id": job.id})
            _log.warning("job_rescued", job=job.id, task=job.task_name, given_up=gives_up)
            if gives_up:
                audit.raise_alert(
                    session,
                    key=f"job:{job.id}",
                    kind=AlertKind.JOB_FAILED,
                    detail={"task": job.task_name, "error": "its worker ended again and again"},
                )
    return len(silent_jobs)


def ask_for_signs(session: Session) -> None:
    """Put a job in each queue that was not seen at work lately, before all that waits there."""
    for queue in heartbeat.silent_queues(session, QUEUES, longer_than=_SIGN_EVERY):
        lock = f"{_SIGN}:{queue}"
        if defer(session, _SIGN, queueing_lock=lock, queue=queue, taken_from=queue):
            session.execute(_FIRST, {"lock": lock})


@task(_SIGN)
def give_sign(runtime: Runtime, *, taken_from: str) -> None:
    """Whoever does this has taken a job from this queue; earlier signs are thrown away."""
    with runtime.database.writing() as session:
        heartbeat.note_taken(session, queue=taken_from)
        session.execute(_OLD_SIGNS, {"name": _SIGN})


@task("queue.forget", cron="20 3 * * *")
def forget(runtime: Runtime) -> None:
    """Throw away jobs that were finished days ago, and the traces of workers long gone."""
    with runtime.database.writing() as session:
        session.execute(_FINISHED, {"days": KEPT_DAYS})
        session.execute(_DEAD_WORKERS)
        heartbeat.forget(session, before=clock.now() - timedelta(days=KEPT_DAYS))
