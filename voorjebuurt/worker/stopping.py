"""Stopping when asked, in time, whatever the process waits for; and telling it from breaking off.

Jobs run in threads, which nothing can end: one that waits for a slow server, or for a database that
went away, would keep the process alive for as long as it waits.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

SIGNALS = (signal.SIGTERM, signal.SIGINT)
_log = structlog.get_logger("voorjebuurt.worker")


class StopRequest:
    """Whether the process was asked to stop; at most ``seconds`` later it is gone.

    Jobs that were cut off then are put back in the queue by the next worker.
    """

    def __init__(
        self, *, seconds: float, on_late: Callable[[], object] = lambda: os._exit(0)
    ) -> None:
        self.came = False
        self._limit = threading.Timer(seconds, self._cut_off)
        self._limit.daemon = True
        self._seconds = seconds
        self._on_late = on_late

    @contextmanager
    def listening(self, stop: Callable[[], object]) -> Iterator[None]:
        """Call ``stop`` in the running loop when the process is asked to stop, the first time."""
        loop = asyncio.get_running_loop()

        def come() -> None:
            if not self.came:
                self.came = True
                self._limit.start()
                stop()

        for number in SIGNALS:
            loop.add_signal_handler(number, come)
        try:
            yield
        finally:
            if not self.came:
                for number in SIGNALS:
                    loop.remove_signal_handler(number)

    def _cut_off(self) -> None:
        _log.warning("worker_cut_off", seconds=self._seconds)
        self._on_late()
