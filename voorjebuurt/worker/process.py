"""The worker process: runs until it is asked to stop."""

import structlog

from voorjebuurt.kernel import logs
from voorjebuurt.kernel.db import JOBS, Database
from voorjebuurt.kernel.jobs import QUEUE, Runtime
from voorjebuurt.settings import Settings
from voorjebuurt.worker.heartbeat import Heartbeat
from voorjebuurt.worker.queue import build_queue
from voorjebuurt.worker.queue_tasks import SILENT_SECONDS, rescue_jobs

CONCURRENCY = 2
_STOP_SECONDS = 20
_POLL_SECONDS = 5.0
_log = structlog.get_logger("voorjebuurt.worker")


def run_worker(settings: Settings, url: str) -> None:
    """Do jobs as they come, and sweeps by the timetable, until SIGTERM or SIGINT.

    Jobs that run at that moment get ``_STOP_SECONDS`` to finish; others wait for the next start.
    """
    logs.configure(settings)
    database = Database(url, pool_size=settings.database_pool_size, patience=JOBS)
    runtime = Runtime(database, settings)
    pulse = Heartbeat(database)
    pulse.start()
    try:
        rescue_jobs(runtime, silent_seconds=SILENT_SECONDS)
        queue = build_queue(runtime, url)
        with queue.open():
            _log.info("worker_started", concurrency=CONCURRENCY)
            queue.run_worker(
                queues=[QUEUE],
                concurrency=CONCURRENCY,
                fetch_job_polling_interval=_POLL_SECONDS,
                shutdown_graceful_timeout=_STOP_SECONDS,
            )
        _log.info("worker_stopped")
    finally:
        pulse.stop()
        database.dispose()
