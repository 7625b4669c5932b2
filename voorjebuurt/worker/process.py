"""The worker process: runs until it is asked to stop."""

import asyncio
import contextlib
import sys

import procrastinate
import structlog

from voorjebuurt.kernel import logs
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import QUEUES, Runtime
from voorjebuurt.settings import Settings
from voorjebuurt.worker.heartbeat import EXIT_CODE, Heartbeat
from voorjebuurt.worker.queue import build_queue
from voorjebuurt.worker.queue_tasks import SILENT_SECONDS, rescue_jobs
from voorjebuurt.worker.stopping import StopRequest

CONCURRENCY = 2
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
    database = Database(url, pool_size=settings.database_pool_size)
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
    async with queue.open_async():
        work = asyncio.ensure_future(
            queue.run_worker_async(
                queues=list(QUEUES),
                concurrency=CONCURRENCY,
                fetch_job_polling_interval=_POLL_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
                install_signal_handlers=False,
            )
        )
        with stop.listening(work.cancel), contextlib.suppress(asyncio.CancelledError):
            _log.info("worker_started", concurrency=CONCURRENCY)
            await work
