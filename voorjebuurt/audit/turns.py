"""Work that is due for many, each in its turn: what is wrong with one keeps no other waiting."""

from collections.abc import Callable, Iterable
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.service import raise_alert
from voorjebuurt.kernel.db import Database

_log = structlog.get_logger("voorjebuurt.worker")


def in_turn(
    database: Database, ids: Iterable[UUID], work: Callable[[Session, UUID], object], *, task: str
) -> None:
    """Do the work for each, in a transaction of its own; one that fails becomes an alert, once.

    When the database itself is gone there is no alert either: that is raised.
    """
    for each_id in ids:
        try:
            with database.writing() as session:
                work(session, each_id)
        except Exception as error:
            _log.error("turn_failed", task=task, id=str(each_id), exc_info=error)
            with database.writing() as session:
                raise_alert(
                    session,
                    key=f"turn:{task}:{each_id}",
                    kind=AlertKind.JOB_FAILED,
                    detail={
                        "task": task,
                        "id": str(each_id),
                        "error": f"{type(error).__name__}: {error}"[:500],
                    },
                )
