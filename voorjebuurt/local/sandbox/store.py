"""The sandbox's memory: one SQLite file, written through before any answer is given."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

Entity = TypeVar("Entity")

SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL, amount_cents INTEGER NOT NULL, currency TEXT NOT NULL,
    description TEXT NOT NULL, method TEXT, methods TEXT NOT NULL, metadata TEXT NOT NULL,
    redirect_url TEXT, cancel_url TEXT, webhook_url TEXT, locale TEXT, details TEXT NOT NULL,
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL, paid_at TEXT, canceled_at TEXT,
    expired_at TEXT, failed_at TEXT, settlement_id TEXT
);
CREATE INDEX IF NOT EXISTS payments_open ON payments (expires_at) WHERE status = 'open';
CREATE TABLE IF NOT EXISTS customers (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT, email TEXT,
    locale TEXT, metadata TEXT NOT NULL, created_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS mandates (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id), status TEXT NOT NULL,
    method TEXT NOT NULL, details TEXT NOT NULL, outcome TEXT NOT NULL, created_at TEXT NOT NULL,
    revoked TEXT NOT NULL DEFAULT 'no'
);
CREATE INDEX IF NOT EXISTS mandates_customer ON mandates (customer_id);
CREATE TABLE IF NOT EXISTS refunds (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL REFERENCES payments (id), amount_cents INTEGER NOT NULL,
    description TEXT NOT NULL, metadata TEXT NOT NULL, status TEXT NOT NULL,
    created_at TEXT NOT NULL, changed_at TEXT NOT NULL, settlement_id TEXT
);
CREATE INDEX IF NOT EXISTS refunds_payment ON refunds (payment_id);
CREATE INDEX IF NOT EXISTS refunds_moving ON refunds (changed_at)
    WHERE status IN ('queued', 'pending', 'processing');
CREATE TABLE IF NOT EXISTS chargebacks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL REFERENCES payments (id), amount_cents INTEGER NOT NULL,
    reason TEXT NOT NULL, created_at TEXT NOT NULL, reversed_at TEXT, settlement_id TEXT
);
CREATE INDEX IF NOT EXISTS chargebacks_payment ON chargebacks (payment_id);
CREATE TABLE IF NOT EXISTS settlements (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, reference TEXT NOT NULL,
    amount_cents INTEGER NOT NULL, created_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, created_at TEXT NOT NULL,
    status INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS webhooks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, payment_id TEXT NOT NULL, url TEXT NOT NULL,
    state TEXT NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL, outcome TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS webhooks_waiting ON webhooks (due) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS switches (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, behaviour TEXT NOT NULL, operation TEXT NOT NULL,
    payment_id TEXT, remaining INTEGER, options TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, method TEXT NOT NULL,
    path TEXT NOT NULL, operation TEXT, idempotency_key TEXT, status INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
LATER_COLUMNS = {
    "sequence_type": "TEXT NOT NULL DEFAULT 'oneoff'",
    "customer_id": "TEXT",
    "mandate_id": "TEXT",
    "due_at": "TEXT",
}
"""Of payments: a file of before has them not yet."""
TABLES = (
    "chargebacks",
    "refunds",
    "payments",
    "mandates",
    "customers",
    "settlements",
    "answers",
    "webhooks",
    "switches",
    "requests",
    "meta",
)


class Store:
    """One connection, used by one thread at a time.

    A transaction is on disk when its block ends: WAL with ``synchronous=NORMAL`` outlives the
    process being killed (a power cut may cost the last moments, which is fine for play money).
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(SCHEMA)
        there = {row["name"] for row in self._connection.execute("PRAGMA table_info(payments)")}
        for name, kind in LATER_COLUMNS.items():
            if name not in there:
                self._connection.execute(f"ALTER TABLE payments ADD COLUMN {name} {kind}")
        self._connection.execute(
            "CREATE INDEX IF NOT EXISTS payments_due ON payments (due_at) WHERE status = 'pending'"
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that the block writes, or nothing of it; joins a transaction that is under way."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def execute(self, sql: str, *values: Any) -> int:
        """Run a statement; gives the number of rows it changed."""
        with self._lock:
            return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a query, each as a dictionary."""
        with self._lock:
            return [dict(row) for row in self._connection.execute(sql, values)]

    def every(self, record: type[Entity], sql: str, *values: Any) -> list[Entity]:
        """The rows of a query, each as a ``record`` with the columns' names."""
        return [record(**row) for row in self.rows(sql, *values)]

    def first(self, record: type[Entity], sql: str, *values: Any) -> Entity | None:
        """The first row of a query as a ``record``, if there is one."""
        rows = self.every(record, sql, *values)
        return rows[0] if rows else None

    def number(self, sql: str, *values: Any) -> int:
        """The one whole number that a query answers; 0 for NULL."""
        (row,) = self.rows(sql, *values)
        (value,) = row.values()
        return int(value or 0)

    def insert(self, table: str, **values: Any) -> int:
        """Add a row; gives its ``seq``. ``table`` and the names come from this package only."""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING rowid AS seq"
        return self.number(statement, *values.values())

    def get(self, name: str) -> str | None:
        """A remembered setting."""
        rows = self.rows("SELECT value FROM meta WHERE name = ?", name)
        return str(rows[0]["value"]) if rows else None

    def put(self, name: str, value: str | None) -> None:
        """Remember a setting, or forget it with ``None``."""
        if value is None:
            self.execute("DELETE FROM meta WHERE name = ?", name)
        else:
            self.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, value)

    def clear(self) -> None:
        """Forget everything."""
        with self.transaction():
            for table in TABLES:
                self.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()
