"""Keeping the queue itself in order. Its clocks are the database's, not ours."""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock, heartbeat
from voorjebuurt.kernel.jobs import QUEUES, Runtime, defer, task
from voorjebuurt.worker.stalled_jobs import rescue_jobs

SILENT_SECONDS = 40
KEPT_DAYS = 7
_PREFIX = "queue."

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
