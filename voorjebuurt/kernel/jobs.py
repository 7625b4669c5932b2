"""Background work: jobs that are written in the transaction of the fact they follow from.

A job is deferred by name on the session's own connection, so it exists exactly when the fact
does. Tasks register themselves with ``task``; the worker (``voorjebuurt.worker``) runs them with
a ``Runtime``. Every task may run more than once and must find out itself what is left to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import procrastinate
import structlog
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.settings import Settings

TaskFunction = Callable[..., None]

QUEUE = "default"
MAIL_QUEUE = "mail"
"""What talks to the mail server: with workers of its own, so that nothing else waits for it."""
QUEUES = (QUEUE, MAIL_QUEUE)
"""What workers take jobs from; each must be seen to be served (``kernel.heartbeat``)."""


@dataclass(frozen=True)
class Runtime:
    """What a task gets to work with."""

    database: Database
    settings: Settings


@dataclass(frozen=True)
class Task:
    """A registered task; ``cron`` (UTC, five fields) puts it on the timetable.

    ``queue``: whose workers do it.
    """

    name: str
    function: TaskFunction
    cron: str | None
    max_attempts: int
    queue: str = QUEUE


class RetryLaterError(Exception):
    """The other side asked us, or circumstances require us, to try again later."""

    def __init__(self, reason: str, *, seconds: int | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


TASKS: dict[str, Task] = {}

TRAVELLING_QUEUE = "travelling"
"""Jobs that follow from a moved clock: a worker, which lives in the present, leaves them alone."""
ORIGIN = "_request"
"""The argument that carries the id of the web request that a job follows from, for the log."""

_queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def task(
    name: str, *, cron: str | None = None, max_attempts: int = 12, queue: str = QUEUE
) -> Callable[[TaskFunction], TaskFunction]:
    """Register ``function(runtime, **arguments)`` as the task ``name``.

    A task with ``cron`` takes no arguments and is a sweep: it looks for what is due at
    ``clock.now()``, so that one run makes up for any number of missed ones.
    """

    def register(function: TaskFunction) -> TaskFunction:
        if name in TASKS:
            raise ValueError(f"two tasks are called {name}")
        TASKS[name] = Task(name, function, cron, max_attempts, queue)
        return function

    return register


def defer(
    session: Session,
    name: str,
    *,
    lock: str | None = None,
    queueing_lock: str | None = None,
    at: datetime | None = None,
    queue: str = QUEUE,
    **arguments: Any,
) -> bool:
    """Write a job into the session's transaction.

    ``lock``: jobs with the same lock run one after another. ``queue``: that of the task, which
    may not be known in this process. ``queueing_lock``: at most one such
    job waits at a time; returns False when one is waiting already. That one may start before
    this transaction commits, so a queueing lock is only for jobs that don't need its news.
    """
    session.flush()
    try:
        with session.begin_nested():
            # Asked for inside the block: it is this that sends the SAVEPOINT.
            connection = session.connection().connection.dbapi_connection
            _queue.configure_task(
                name,
                queue=TRAVELLING_QUEUE if clock.travelling() else queue,
                lock=lock,
                queueing_lock=queueing_lock,
                schedule_at=at,
                connection=connection,
            ).defer(**arguments, **_origin())
    except AlreadyEnqueued:
        return False
    return True


def _origin() -> dict[str, str]:
    request = structlog.contextvars.get_contextvars().get("request_id")
    return {ORIGIN: request} if request else {}
