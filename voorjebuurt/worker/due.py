"""Letting a moment come: everything that would be done by then is done now."""

import json
from datetime import UTC, datetime

from sqlalchemy import text

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import QUEUE, QUEUES, TASKS, TRAVELLING_QUEUE, Runtime
from voorjebuurt.worker import registry
from voorjebuurt.worker.due_lock import due_lock
from voorjebuurt.worker.job import note_failure, perform
from voorjebuurt.worker.run_waiting import JobRun, run_waiting_jobs
from voorjebuurt.worker.stalled_jobs import rescue_jobs

MAX_ROUNDS = 12
JUDGES = frozenset({"payouts.check_books"})
"""Sweeps that hold everything else against each other: asked when all of it is done. Else a month
that passes in one leap shows money on its way for weeks, whose arrival is heard a moment later.
"""

_TAKE = text(
    "UPDATE procrastinate_jobs SET queue_name = :mine"
    " WHERE status = 'todo' AND queue_name = ANY(:theirs)"
    " AND (scheduled_at IS NULL OR scheduled_at <= :at)"
)
_GIVE_BACK = text(
    "UPDATE procrastinate_jobs SET"
    " queue_name = coalesce(CAST(:theirs AS jsonb) ->> task_name, :other), scheduled_at = CASE"
    " WHEN attempts > 0 THEN scheduled_at - :ahead ELSE scheduled_at END"
    " WHERE status = 'todo' AND queue_name = :mine"
)


def run_due(runtime: Runtime, at: datetime) -> list[JobRun]:
    """Run every sweep of the timetable as if it were ``at``, and all jobs that wait until then.

    Jobs make news that sweeps act upon: rounds go on until one does nothing that the round
    before it did not do too. The worker keeps out of it: it lives in the present, so what is
    deferred here goes to a queue of its own, and comes back at the end. What an earlier run left
    that was killed is done now. Raises ``DueError`` while another runs.
    """
    with due_lock(runtime):
        rescue_jobs(runtime, silent_seconds=0, queue=TRAVELLING_QUEUE)
        return _run_due(runtime, at)


def _run_due(runtime: Runtime, at: datetime) -> list[JobRun]:
    runs: list[JobRun] = []
    before: set[str] | None = None
    with clock.at(at):
        try:
            # Seen from then, what waits now would be late, and checks of the timetable would alarm.
            _move(runtime, datetime.now(UTC))
            runs += run_waiting_jobs(runtime, queue=TRAVELLING_QUEUE)
            names = [sweep.name for sweep in registry.sweeps()]
            for _ in range(MAX_ROUNDS):
                round_ = [_sweep(runtime, name) for name in names if name not in JUDGES]
                _move(runtime, at)
                jobs = run_waiting_jobs(runtime, queue=TRAVELLING_QUEUE)
                runs += [sweep for sweep in round_ if before is None or sweep.error] + jobs
                work = {job.what for job in jobs}
                if not work or (before is not None and work <= before):
                    break
                before = work
            runs += [_sweep(runtime, name) for name in names if name in JUDGES]
        finally:
            _give_back(runtime, at)
    return runs


def _sweep(runtime: Runtime, name: str) -> JobRun:
    try:
        perform(runtime, job_id=None, name=name, arguments={})
    except Exception as error:
        note_failure(runtime, job_id=None, name=name, error=error, attempts=0)
        return JobRun(name, {}, error)
    return JobRun(name, {})


def _move(runtime: Runtime, at: datetime) -> None:
    with runtime.database.writing() as session:
        session.execute(_TAKE, {"mine": TRAVELLING_QUEUE, "theirs": list(QUEUES), "at": at})


def _give_back(runtime: Runtime, at: datetime) -> None:
    """A failed job is tried again soon, in the present; a plan for a later day stays one."""
    ahead = at - datetime.now(UTC)
    queues = json.dumps({task.name: task.queue for task in TASKS.values()})
    with runtime.database.writing() as session:
        session.execute(
            _GIVE_BACK,
            {"mine": TRAVELLING_QUEUE, "theirs": queues, "other": QUEUE, "ahead": ahead},
        )
