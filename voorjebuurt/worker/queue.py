"""The queue as the worker process sees it: procrastinate, told about our tasks."""

from collections.abc import Callable

import procrastinate
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from voorjebuurt.kernel.connection import libpq_keywords
from voorjebuurt.kernel.db import JOBS
from voorjebuurt.kernel.jobs import TASKS, Runtime, Task
from voorjebuurt.worker.job import let_others_queue, note_failure, pause_seconds, perform
from voorjebuurt.worker.registry import all_tasks


class Backoff(BaseRetryStrategy):
    """Waits twice as long after every failure, or as long as the failure asks for."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again, None for never."""
        seconds = pause_seconds(TASKS.get(job.task_name), exception, job.attempts)
        return None if seconds is None else RetryDecision(retry_in={"seconds": seconds})


def build_queue(runtime: Runtime, url: str) -> procrastinate.App:
    """An application of procrastinate with every task of ours, the timetable included."""
    connector = procrastinate.PsycopgConnector(
        conninfo=libpq_keywords(url),
        min_size=1,
        max_size=8,
        kwargs={"connect_timeout": 5, "options": JOBS.as_options()},
    )
    queue = procrastinate.App(connector=connector)
    for task in all_tasks():
        procrastinate_task = queue.task(
            name=task.name, queue=task.queue, pass_context=True, retry=Backoff()
        )(_runner(runtime, task))
        if task.cron is not None:
            # One waiting sweep is enough: it makes up for all that were missed.
            queue.periodic(cron=task.cron, queueing_lock=f"sweep:{task.name}")(procrastinate_task)
    return queue


def _runner(runtime: Runtime, task: Task) -> Callable[..., None]:
    def run(context: JobContext, **arguments: object) -> None:
        job = context.job
        try:
            if job.queueing_lock is not None and job.id is not None:
                with runtime.database.writing() as session:
                    let_others_queue(session, job.id)
            perform(runtime, job_id=job.id, name=task.name, arguments=arguments)
        except Exception as error:
            note_failure(runtime, job_id=job.id, name=task.name, error=error, attempts=job.attempts)
            raise

    return run
