"""The database: engines, sessions, and the one place where a transaction is committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Engine, MetaData, Uuid, create_engine, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from voorjebuurt.kernel.db_errors import keep_values_out
from voorjebuurt.kernel.sealing import Seal, SealedText

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
        Seal: SealedText(),
    }


@dataclass(frozen=True)
class Patience:
    """How long a session waits, in seconds: for a statement, for a lock, and for us in between.

    Whoever is slower than that loses the transaction; nobody else waits for them for ever.
    """

    statement: int
    lock: int
    idle: int

    def as_options(self) -> str:
        """As PostgreSQL takes them when a session begins."""
        return (
            f"-c statement_timeout={self.statement}s -c lock_timeout={self.lock}s"
            f" -c idle_in_transaction_session_timeout={self.idle}s"
        )


PAGES = Patience(statement=30, lock=10, idle=120)
"""While somebody waits for a page."""
JOBS = Patience(statement=900, lock=60, idle=1800)
"""Of jobs and commands: rounds over all gifts, imports, checks of the whole ledger."""


class Database:
    """One writer engine, and a reader in AUTOCOMMIT.

    The reader never ends in a ROLLBACK, which would throw psycopg's prepared statements away;
    it serves pages, where each query may see its own snapshot. ``durable=False`` doesn't wait for
    the disk: a crash may lose the last commits (whole ones), which is only right for play data.
    ``pings=False`` doesn't ask before each use whether a connection still lives: for who ends, and
    is started again, when the server goes away.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 8,
        durable: bool = True,
        pings: bool = True,
        patience: Patience = PAGES,
    ) -> None:
        options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 0}
        options["pool_pre_ping"] = pings
        settings = f"-c timezone=UTC {patience.as_options()}"
        if not durable:
            settings += " -c synchronous_commit=off"
        connect_args = {"connect_timeout": 5, "options": settings}
        self.writer: Engine = create_engine(
            url, connect_args=connect_args, hide_parameters=True, **options
        )
        keep_values_out(self.writer)
        self.reader = self.writer.execution_options(isolation_level="AUTOCOMMIT")
        # Used after its block, a session would take a connection that nobody gives back.
        self._writing = sessionmaker(self.writer, expire_on_commit=False, close_resets_only=False)
        self._reading = sessionmaker(self.reader, autoflush=False, close_resets_only=False)
        one_moment = self.writer.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._snapshot = sessionmaker(one_moment, autoflush=False, close_resets_only=False)

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
