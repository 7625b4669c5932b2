"""The worker process: runs until it is asked to stop."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any

import procrastinate
import structlog

from voorjebuurt.kernel import logs
from voorjebuurt.kernel.db import JOBS, Database
from voorjebuurt.kernel.jobs import MAIL_QUEUE, QUEUE, Runtime
from voorjebuurt.settings import Settings
from voorjebuurt.worker.heartbeat import Heartbeat
from voorjebuurt.worker.queue import build_queue
from voorjebuurt.worker.queue_tasks import SILENT_SECONDS, rescue_jobs

CONCURRENCY: Mapping[str, int] = {QUEUE: 2, MAIL_QUEUE: 2}
"""How many jobs of each queue run at once: a slow mail server takes only places of its own."""
_STOP_SECONDS = 20
_POLL_SECONDS = 5.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
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
        asyncio.run(_serve(build_queue(runtime, url)))
        _log.info("worker_stopped")
    finally:
        pulse.stop()
        database.dispose()


async def _serve(queue: procrastinate.App) -> None:
    """Work at every queue until asked to stop; when work at one breaks off, all of it does."""
    async with queue.open_async():
        work = [asyncio.create_task(_work_at(queue, name)) for name in CONCURRENCY]

        def stop() -> None:
            for each in work:
                each.cancel()

        with _on_signals(stop):
            _log.info("worker_started", concurrency=dict(CONCURRENCY))
            await asyncio.wait(work, return_when=asyncio.FIRST_EXCEPTION)
            stop()
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
        shutdown_graceful_timeout=_STOP_SECONDS,
        install_signal_handlers=False,
    )


@contextlib.contextmanager
def _on_signals(action: Callable[[], object]) -> Iterator[None]:
    """Do this when the process is asked to stop."""
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, action)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
