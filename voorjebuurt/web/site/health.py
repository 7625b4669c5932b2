"""Whether this process lives, and whether the site can do its work."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, jsonify
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from voorjebuurt import __version__
from voorjebuurt.kernel import clock, heartbeat, migrate
from voorjebuurt.web.kit.database import reading, the_database

WORKER_SILENCE = timedelta(minutes=2)

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def live() -> dict[str, str]:
    """The process answers, and tells which version it runs; the database is not asked."""
    return {"status": "ok", "version": __version__}


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """The database answers, its schema is up to date, and a worker was seen lately."""
    checks: dict[str, Any] = {"database": False, "migrations": False, "worker": False}
    try:
        with the_database().writer.connect() as connection:
            checks["database"] = True
            checks["migrations"] = not migrate.pending(connection)
        with reading() as session:
            seen_at = heartbeat.last_seen(session)
        checks["worker"] = seen_at is not None and clock.now() - seen_at < WORKER_SILENCE
    except SQLAlchemyError:
        pass
    in_order = all(checks.values())
    answer = jsonify(status="ok" if in_order else "not ready", checks=checks)
    return answer, 200 if in_order else 503
