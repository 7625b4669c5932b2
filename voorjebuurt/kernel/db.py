"""The database: engines, sessions, and the one place where a transaction is committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Engine, MetaData, Uuid, create_engine, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the application."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
        int: BigInteger(),
        dict[str, Any]: JSONB(),
    }


class Database:
    """One writer engine, and a reader in AUTOCOMMIT.

    The reader never ends in a ROLLBACK, which would throw psycopg's prepared statements away;
    it serves pages, where each query may see its own snapshot. ``durable=False`` doesn't wait for
    the disk: a crash may lose the last commits (whole ones), which is only right for play data.
    """

    def __init__(self, url: str, *, pool_size: int = 8, durable: bool = True) -> None:
        options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 0, "pool_pre_ping": True}
        settings = "-c timezone=UTC" if durable else "-c timezone=UTC -c synchronous_commit=off"
        connect_args = {"connect_timeout": 5, "options": settings}
        self.writer: Engine = create_engine(url, connect_args=connect_args, **options)
        self.reader = self.writer.execution_options(isolation_level="AUTOCOMMIT")
        self._writing = sessionmaker(self.writer, expire_on_commit=False)
        self._reading = sessionmaker(self.reader, autoflush=False)
        one_moment = self.writer.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._snapshot = sessionmaker(one_moment, autoflush=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end of the block.

        The deferred constraints are checked before the commit, so that a violation surfaces
        inside the block's ``with`` and also in a test that works inside a savepoint.
        """
        with self._writing() as session, atomic(session):
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with self._reading() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that only reads, and sees one moment throughout: for checks and exports."""
        with self._snapshot() as session:
            yield session

    def session(self) -> Session:
        """A session of the writer for code that calls ``atomic`` several times."""
        return self._writing()

    def dispose(self) -> None:
        """Close all pooled connections."""
        self.writer.dispose()


@contextmanager
def atomic(session: Session) -> Iterator[None]:
    """Commit what the block did, or nothing of it. The only caller of ``commit``."""
    try:
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        yield
        session.flush()
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        session.commit()
    except BaseException:
        session.rollback()
        raise
