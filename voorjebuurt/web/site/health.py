"""Whether this process lives, and whether the site can do its work."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Blueprint, jsonify
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from voorjebuurt import __version__
from voorjebuurt.kernel import clock, heartbeat, migrate
from voorjebuurt.kernel.jobs import QUEUES
from voorjebuurt.web.kit.database import reading, the_database

WORKER_SILENCE = timedelta(minutes=2)
QUEUE_SILENCE = timedelta(minutes=20)
"""Longer than a statement of a job may take (``kernel.db.JOBS``): all places of a queue may be at
work at once.
"""

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def live() -> dict[str, str]:
    """The process answers, and tells which version it runs; the database is not asked."""
    return {"status": "ok", "version": __version__}


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """The database answers, its schema is this version's, and workers take jobs from every queue.

    ``problems`` says in words what is not so, for whoever reads it at night.
    """
    problems: dict[str, list[str]] = {"database": [], "migrations": [], "worker": []}
    try:
        with the_database().writer.connect() as connection:
            problems["migrations"] += _schema_problems(connection)
        with reading() as session:
            problems["worker"] += _worker_problems(session)
    except SQLAlchemyError as error:
        words = ["not known: the database does not answer"]
        problems = {"database": [type(error).__name__], "migrations": words, "worker": words}
    in_order = not any(problems.values())
    answer = jsonify(
        status="ok" if in_order else "not ready",
        checks={name: not lines for name, lines in problems.items()},
        problems=[f"{name}: {line}" for name, lines in problems.items() for line in lines],
    )
    return answer, 200 if in_order else 503


def _schema_problems(connection: Connection) -> Iterator[str]:
    try:
        pending = migrate.pending(connection)
    except migrate.UnknownRevisionError as error:
        yield str(error)
        return
    if pending:
        yield f"run 'voorjebuurt migrate': {len(pending)} pending, from {pending[0]}"


def _worker_problems(session: Session) -> Iterator[str]:
    seen_at = heartbeat.last_seen(session)
    if seen_at is None or clock.now() - seen_at >= WORKER_SILENCE:
        yield f"no worker was seen for {WORKER_SILENCE}"
    for queue in sorted(heartbeat.silent_queues(session, QUEUES, longer_than=QUEUE_SILENCE)):
        yield f"nobody took a job from the queue {queue!r} for {QUEUE_SILENCE}"
