"""Jobs whose worker is silent: done again, or given up.

A worker that was killed leaves its jobs marked as being done, for ever, and with them whatever
waits for the same lock. Workers write a heartbeat into the queue's own table; whose stops is dead.
"""

import structlog
from sqlalchemy import text

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.kernel.jobs import TASKS, Runtime
from voorjebuurt.worker.job import let_others_queue

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
