"""One database for one test after the other: emptied in milliseconds instead of made anew.

Emptying is for a superuser: guards refuse to delete what is append-only, and must be there again
for the next test. A database in which a test changed the schema, or left a connection or an open
transaction, is thrown away; so is every database where we are no superuser.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress

from sqlalchemy import Connection, Engine, QueuePool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from voorjebuurt.kernel.db import Database

SUPERUSER = "postgres"
LEAVING_SECONDS = 1.0
"""How long a process that has ended may take to disappear from the server."""

_TABLES = text(
    "SELECT quote_ident(relname) FROM pg_class"
    " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
)
_SEQUENCES = text(
    "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"
    " WHERE pg_sequence_last_value(seqrelid) IS NOT NULL"
)
_SCHEMA = text(
    """
    SELECT
      (SELECT string_agg(oid || '.' || xmin, ' ' ORDER BY oid) FROM pg_class
       WHERE relnamespace = 'public'::regnamespace),
      (SELECT string_agg(oid || '.' || xmin, ' ' ORDER BY oid) FROM pg_trigger),
      (SELECT string_agg(oid || '.' || xmin, ' ' ORDER BY oid) FROM pg_constraint),
      (SELECT string_agg(oid || '.' || xmin, ' ' ORDER BY oid) FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace)
    """
)
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


class KeptDatabase:
    """A migrated database of this test process, its URL, and how to empty it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.database = Database(url)
        own = make_url(url).set(username=SUPERUSER, password=None)
        self._superuser: Engine = create_engine(own, pool_size=1, max_overflow=0)
        self._emptying: list[str] = []
        self._schema: object = None

    def learn(self) -> None:
        """Remember what the migrations left: the schema, and the few rows. Raises DBAPIError."""
        with self._superuser.connect() as connection:
            tables = connection.scalars(_TABLES).all()
            self._schema = connection.execute(_SCHEMA).one()
            self._emptying = [f"DELETE FROM public.{table}" for table in tables]
            for table in tables:
                rows = connection.scalar(text(f"SELECT json_agg(t) FROM public.{table} t"))
                if rows:
                    seed = json.dumps(rows).replace("'", "''")
                    self._emptying.append(
                        f"INSERT INTO public.{table} SELECT * FROM"
                        f" json_populate_recordset(NULL::public.{table}, '{seed}')"
                    )

    def empty(self) -> bool:
        """As the migrations left it; False when that can't be had."""
        try:
            with self._superuser.begin() as connection:
                if not self._alone(connection):
                    return False
                connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                connection.exec_driver_sql("; ".join(self._emptying).replace("%", "%%"))
                connection.execute(_SEQUENCES)
                return bool(connection.execute(_SCHEMA).one() == self._schema)
        except DBAPIError:
            return False

    def _alone(self, connection: Connection) -> bool:
        """Whether only our own pool is connected, and nobody in this process uses it."""
        pool = self.database.writer.pool
        assert isinstance(pool, QueuePool)
        if pool.checkedout():
            return False
        until = time.monotonic() + LEAVING_SECONDS
        while connection.scalar(_OTHERS) != pool.checkedin():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def close(self) -> None:
        """Close every connection of ours."""
        self.database.dispose()
        self._superuser.dispose()


class Recycling:
    """Hands out databases: the one that was given back last, or else another."""

    def __init__(self, clone: Callable[[], AbstractContextManager[str]]) -> None:
        self._clone = clone
        self._shelf: list[tuple[KeptDatabase, ExitStack]] = []
        self.made = 0
        """How many databases were needed so far."""

    @contextmanager
    def database(self) -> Iterator[KeptDatabase]:
        """A database with only what the migrations left, until the end of the block."""
        shelf, stack = self._shelf.pop() if self._shelf else self._new()
        try:
            yield shelf
        finally:
            if shelf.empty():
                self._shelf.append((shelf, stack))
            else:
                stack.close()

    def _new(self) -> tuple[KeptDatabase, ExitStack]:
        stack = ExitStack()
        shelf = KeptDatabase(stack.enter_context(self._clone()))
        stack.callback(shelf.close)
        self.made += 1
        with suppress(DBAPIError):  # no superuser here: then it serves one test
            shelf.learn()
        return shelf, stack

    def close(self) -> None:
        """Throw away what nobody uses."""
        while self._shelf:
            self._shelf.pop()[1].close()
