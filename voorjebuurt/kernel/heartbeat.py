"""The worker says that it lives; whoever watches over the site can see when it last did.

That a process runs does not mean that it works: it may not reach its queue. Therefore each queue
tells as well when somebody last took a job from it, by the database's own clock.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import DateTime, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Base

_NOW = literal_column("now()", DateTime(timezone=True))
"""The database's own clock: where the site's clock is moved, a queue is served in the present."""


class WorkerHeartbeat(Base):
    """When a worker process, by its name (host and process number), was last seen."""

    __tablename__ = "worker_heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class QueueHeartbeat(Base):
    """When a worker last took a job from a queue, by its name."""

    __tablename__ = "queue_heartbeats"

    queue: Mapped[str] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime]


def beat(session: Session, *, name: str) -> None:
    """Write down that this worker lives."""
    now = clock.now()
    statement = insert(WorkerHeartbeat).values(name=name, seen_at=now)
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"seen_at": now}))


def last_seen(session: Session) -> datetime | None:
    """When any worker was last seen."""
    return session.scalar(select(func.max(WorkerHeartbeat.seen_at)))


def note_taken(session: Session, *, queue: str) -> None:
    """Write down that a job of this queue was taken just now."""
    statement = insert(QueueHeartbeat).values(queue=queue, taken_at=_NOW)
    session.execute(
        statement.on_conflict_do_update(index_elements=["queue"], set_={"taken_at": _NOW})
    )


def silent_queues(
    session: Session, queues: Iterable[str], *, longer_than: timedelta
) -> frozenset[str]:
    """Those of ``queues`` from which nobody has taken a job for longer than this."""
    lively = select(QueueHeartbeat.queue).where(QueueHeartbeat.taken_at > _NOW - longer_than)
    return frozenset(queues) - frozenset(session.scalars(lively))


def forget(session: Session, *, before: datetime) -> None:
    """Throw away workers that were not seen since."""
    session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < before))
