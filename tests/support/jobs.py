"""Doing the jobs that wait, here and now."""

from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.settings import Settings
from voorjebuurt.worker.run_waiting import JobRun, run_waiting_jobs


def run_jobs(database: Database, settings: Settings, *, failing: bool = False) -> list[str]:
    """Run every waiting job, and what follows of it; the names of the tasks, in order.

    Takes the committed jobs that are due at ``clock.now()``. A job's error is raised here, after
    all have run, unless it is expected: ``failing=True``.
    """
    ran = run_and_report(database, settings)
    if not failing:
        for job in ran:
            if job.error is not None:
                raise job.error
    return [job.task for job in ran]


def run_and_report(database: Database, settings: Settings) -> list[JobRun]:
    """The same, with the errors as values."""
    return run_waiting_jobs(Runtime(database, settings))
