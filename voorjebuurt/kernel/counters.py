"""Counters that start again after a while, shared by all processes; for rate limits."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Base


class Counter(Base):
    """How often something happened since its window began. Unlogged: a crash forgets it."""

    __tablename__ = "rate_limits"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key: Mapped[str] = mapped_column(primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


def count(session: Session, *, key: str, seconds: int, amount: int) -> int:
    """Add to the counter and return it; it begins again ``seconds`` after it began."""
    now = clock.now()
    end = now + timedelta(seconds=seconds)
    over = Counter.expires_at <= now
    statement = (
        insert(Counter)
        .values(key=key, hits=amount, expires_at=end)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "hits": case((over, amount), else_=Counter.hits + amount),
                "expires_at": case((over, end), else_=Counter.expires_at),
            },
        )
        .returning(Counter.hits)
    )
    return session.execute(statement).scalar_one()


def counter(session: Session, key: str) -> tuple[int, datetime]:
    """The count, and when it begins again: nothing yet is 0, now."""
    now = clock.now()
    row = session.execute(
        select(Counter.hits, Counter.expires_at).where(Counter.key == key, Counter.expires_at > now)
    ).one_or_none()
    return (0, now) if row is None else (row.hits, row.expires_at)


def keys_within_window(session: Session, keys: Collection[str]) -> frozenset[str]:
    """Those of these keys that were counted within their window."""
    statement = select(Counter.key).where(Counter.key.in_(keys), Counter.expires_at > clock.now())
    return frozenset(session.scalars(statement))


def forget(session: Session, *, key: str | None = None) -> None:
    """Begin again at nothing: one counter, or all."""
    statement = delete(Counter)
    session.execute(statement if key is None else statement.where(Counter.key == key))


def forget_expired(session: Session) -> None:
    """Throw away the counters whose time is over."""
    session.execute(delete(Counter).where(Counter.expires_at <= clock.now()))
