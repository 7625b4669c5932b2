"""The worker's heartbeat; when the database stays away, it ends the process.

The queue's own loop lingers when PostgreSQL is gone. Whoever supervises the worker starts it
again, until the database answers. Each beat asks every queue for a sign as well: a job that only
a worker who really serves that queue can do.
"""

import os
import socket
import threading
import time
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from voorjebuurt.kernel import heartbeat
from voorjebuurt.kernel.db import Database
from voorjebuurt.worker.queue_tasks import ask_for_signs

EXIT_CODE = 70
_LAST_BEAT_SECONDS = 1.0
_log = structlog.get_logger("voorjebuurt.worker")


class Heartbeat(threading.Thread):
    """Beats every ``interval`` seconds; calls ``on_loss`` after ``patience`` seconds in vain."""

    def __init__(
        self,
        database: Database,
        *,
        interval: float = 10.0,
        patience: float = 60.0,
        on_loss: Callable[[], object] = lambda: os._exit(EXIT_CODE),
    ) -> None:
        super().__init__(name="pulse", daemon=True)
        self._database = database
        self._interval = interval
        self._patience = patience
        self._on_loss = on_loss
        self._stopped = threading.Event()
        self._name = f"{socket.gethostname()}:{os.getpid()}"

    def run(self) -> None:
        """Beat until stopped, or until the database was away too long."""
        last = time.monotonic()
        while True:
            if self._beat():
                last = time.monotonic()
            elif time.monotonic() - last > self._patience:
                _log.error("database_lost", seconds=self._patience)
                self._on_loss()
                return
            if self._stopped.wait(self._interval):
                return

    def stop(self) -> None:
        """Beat no more; a beat that is under way gets a moment to end."""
        self._stopped.set()
        self.join(_LAST_BEAT_SECONDS)

    def _beat(self) -> bool:
        try:
            with self._database.writing() as session:
                heartbeat.beat(session, name=self._name)
                ask_for_signs(session)
        except SQLAlchemyError as error:
            _log.warning("heartbeat_missed", error=str(error.__cause__ or error))
            return False
        return True
