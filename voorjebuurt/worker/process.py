"""The worker process: runs until it is asked to stop."""

import asyncio
import sys
from collections.abc import Coroutine, Mapping
from typing import Any

import procrastinate
import structlog

from voorjebuurt.kernel import logs
from voorjebuurt.kernel.db import JOBS, Database
from voorjebuurt.kernel.jobs import MAIL_QUEUE, QUEUE, Runtime
from voorjebuurt.schema import metadata
from voorjebuurt.settings import Settings
from voorjebuurt.worker.heartbeat import EXIT_CODE, Heartbeat
from voorjebuurt.worker.queue import build_queue
from voorjebuurt.worker.queue_tasks import SILENT_SECONDS
from voorjebuurt.worker.stalled_jobs import rescue_jobs
from voorjebuurt.worker.stopping import StopRequest

CONCURRENCY: Mapping[str, int] = {QUEUE: 2, MAIL_QUEUE: 2}
"""How many jobs of each queue run at once: a slow mail server takes only places of its own."""
GRACE_SECONDS = 14.0
STOP_SECONDS = 18.0
_POLL_SECONDS = 5.0
_log = structlog.get_logger("voorjebuurt.worker")


def run_worker(settings: Settings, url: str) -> None:
    """Do jobs as they come, and sweeps by the timetable, until SIGTERM or SIGINT.

    Jobs that run at that moment get ``GRACE_SECONDS`` to finish, and the process ends after
    ``STOP_SECONDS`` whatever it waits for; others wait for the next start. Exits with
    ``EXIT_CODE`` when the work breaks off by itself, as it does without a database.
    """
    logs.configure(settings)
    assert metadata.sorted_tables, "every reference leads to a table"
    database = Database(url, pool_size=settings.database_pool_size, patience=JOBS)
    runtime = Runtime(database, settings)
    pulse = Heartbeat(database)
    pulse.start()
    stop = StopRequest(seconds=STOP_SECONDS)
    try:
        rescue_jobs(runtime, silent_seconds=SILENT_SECONDS)
        asyncio.run(_serve(build_queue(runtime, url), stop))
    finally:
        pulse.stop()
        database.dispose()
    if not stop.came:
        _log.error("worker_broke_off")
        sys.exit(EXIT_CODE)
    _log.info("worker_stopped")


async def _serve(queue: procrastinate.App, stop: StopRequest) -> None:
    """Work at every queue until asked to stop; when work at one breaks off, all of it does."""
    async with queue.open_async():
        work = [asyncio.create_task(_work_at(queue, name)) for name in CONCURRENCY]

        def end() -> None:
            for each in work:
                each.cancel()

        with stop.listening(end):
            _log.info("worker_started", concurrency=dict(CONCURRENCY))
            await asyncio.wait(work, return_when=asyncio.FIRST_EXCEPTION)
            end()
            await asyncio.wait(work)
    for each in work:
        if not each.cancelled():
            each.result()


def _work_at(queue: procrastinate.App, name: str) -> Coroutine[Any, Any, None]:
    return queue.run_worker_async(
        queues=[name],
        name=name,
        concurrency=CONCURRENCY[name],
        fetch_job_polling_interval=_POLL_SECONDS,
        shutdown_graceful_timeout=GRACE_SECONDS,
        install_signal_handlers=False,
    )
