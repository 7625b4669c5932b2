"""The worker says that it lives; whoever watches over the site can see when it last did."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Base


class WorkerHeartbeat(Base):
    """When a worker process, by its name (host and process number), was last seen."""

    __tablename__ = "worker_heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


def beat(session: Session, *, name: str) -> None:
    """Write down that this worker lives."""
    now = clock.now()
    statement = insert(WorkerHeartbeat).values(name=name, seen_at=now)
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"seen_at": now}))


def last_seen(session: Session) -> datetime | None:
    """When any worker was last seen."""
    return session.scalar(select(func.max(WorkerHeartbeat.seen_at)))


def forget(session: Session, *, before: datetime) -> None:
    """Throw away workers that were not seen since."""
    session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < before))
