"""Running one job, and what follows when it fails."""

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.kernel.jobs import ORIGIN, TASKS, RetryLaterError, Runtime, Task

_FIRST_PAUSE_SECONDS = 5
_LONGEST_PAUSE_SECONDS = 3600
_LONGEST_LATER_SECONDS = 120
"""Nothing waits longer after an outage of the other side than it takes to ask again."""
_PATIENCE = 100
"""How many times more often a job may be asked to come back later than it may fail."""

_LET_GO = text("UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = :id")
_log = structlog.get_logger("voorjebuurt.worker")

Arguments = dict[str, object]


def perform(runtime: Runtime, *, job_id: int | None, name: str, arguments: Arguments) -> None:
    """Call the task. Raises whatever the task raises, or ``KeyError`` when there is none.

    The timetable gives its jobs a timestamp; our sweeps look at the clock instead.
    """
    task_arguments = {key: value for key, value in arguments.items() if key != ORIGIN}
    log_fields = {"task": name, "job": job_id, "request_id": arguments.get(ORIGIN)}
    context = {key: value for key, value in log_fields.items() if value is not None}
    with structlog.contextvars.bound_contextvars(**context):
        task = TASKS[name]
        task.function(runtime, **(task_arguments if task.cron is None else {}))


def let_others_queue(session: Session, job_id: int) -> None:
    """Give up the queueing lock of a job that runs.

    It has done its work by then, and another may be waiting under it already: with both holding
    it, this job could never be put back for a second attempt, and would run for ever.
    """
    session.execute(_LET_GO, {"id": job_id})


def pause_seconds(task: Task | None, error: BaseException, attempts: int) -> int | None:
    """How long to wait before trying a job again that failed ``attempts`` times before.

    None when it has been tried often enough: sweeps are not tried again, because the timetable
    brings the next one.
    """
    if task is None or task.cron is not None:
        return None
    later = isinstance(error, RetryLaterError)
    if attempts + 1 >= task.max_attempts * (_PATIENCE if later else 1):
        return None
    if isinstance(error, RetryLaterError) and error.seconds is not None:
        return max(0, error.seconds)
    longest = _LONGEST_LATER_SECONDS if later else _LONGEST_PAUSE_SECONDS
    return int(min(_FIRST_PAUSE_SECONDS * 2.0 ** min(attempts, 20), longest))


def note_failure(
    runtime: Runtime, *, job_id: int | None, name: str, error: BaseException, attempts: int
) -> int | None:
    """Log a failure; when there is no next attempt, ask for a person's eye.

    Returns the seconds until the next attempt, None when there is none.
    """
    seconds = pause_seconds(TASKS.get(name), error, attempts)
    if isinstance(error, RetryLaterError) and seconds is not None:
        _log.info("job_later", job=job_id, task=name, reason=str(error), seconds=seconds)
        return seconds
    _log.error("job_failed", job=job_id, task=name, again_in=seconds, exc_info=error)
    if seconds is None:
        with runtime.database.writing() as session:
            audit.raise_alert(
                session,
                key=f"job:{job_id}" if job_id is not None else f"task:{name}",
                kind=AlertKind.JOB_FAILED,
                detail={"task": name, "error": f"{type(error).__name__}: {error}"[:500]},
            )
    return seconds
