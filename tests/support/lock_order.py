"""What is locked after what, seen at the database: one order for everybody (adr 26)."""

import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, event

from tests.support.factories.base import is_building
from voorjebuurt import paths

RANKS = {
    "fund_deposits": 2,
    "campaigns": 3,
    "applications": 4,
    "needs": 4,
    "rewards": 4,
    "reward_choices": 4,
    "campaign_matches": 4,
    "decisions": 4,
    "funds": 5,
    "teams": 6,
    "fund_pots": 7,
    "ledger_balances": 8,
}
"""Table -> its place in the order: nobody waits for a row of a lower one.

Payments and pledges come before these; tests make, pay and book gifts in one transaction, which
nobody else does, so that they can't be looked at here.
"""
OF_A_CAMPAIGN = frozenset(
    {"applications", "campaign_matches", "decisions", "needs", "rewards", "reward_choices"}
)
"""Rows that nobody locks without their campaign: who holds that waits for nobody here."""

_PACKAGE = f"{paths.PACKAGE}/"
_LOCK = re.compile(r"\bFROM (\w+).*\bFOR (?:NO KEY UPDATE|UPDATE|SHARE)(?: OF (\w+))?", re.DOTALL)
_UPDATE = re.compile(r"UPDATE (\w+) SET")


@dataclass
class Locks:
    """What one transaction has locked so far."""

    rows: set[tuple[str, str]] = field(default_factory=set)
    tables: list[str] = field(default_factory=list)
    campaigns: list[UUID] = field(default_factory=list)

    def take(self, table: str, key: str, ids: list[UUID]) -> str | None:
        """Note one lock more; the sentence about it when it comes too late."""
        if (table, key) in self.rows:
            return None
        fault = self._fault(table, ids)
        self.rows.add((table, key))
        self.tables.append(table)
        if table == "campaigns":
            self.campaigns += ids
        return fault

    def _fault(self, table: str, ids: list[UUID]) -> str | None:
        later = {each for each in self.tables if RANKS[each] > RANKS[table]}
        if table == "campaigns":
            later -= OF_A_CAMPAIGN  # whose campaigns come in the order of their ids
        is_guarded = table in OF_A_CAMPAIGN and "campaigns" in self.tables
        if later and not is_guarded:
            return f"{table} after {', '.join(sorted(later))}"
        if table == "campaigns" and self.campaigns and ids and ids[0] < max(self.campaigns):
            return "a campaign after one with a higher id"
        return None


def _places() -> list[str]:
    """The places of ours that led to a lock, the innermost first."""
    places, frame = [], inspect.currentframe()
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_PACKAGE) and "kernel/db" not in name:
            places.append(f"{name.removeprefix(_PACKAGE)}:{frame.f_lineno}")
        frame = frame.f_back
    return places


@contextmanager
def lock_order() -> Iterator[list[str]]:
    """Collect what is locked in another order than ``RANKS``, by any transaction of the block."""
    faults: list[str] = []
    transactions: dict[Connection, Locks] = {}

    def before(
        connection: Connection, _cursor: Any, statement: str, parameters: Any, *_rest: Any
    ) -> None:
        match = _LOCK.search(statement)
        update = _UPDATE.match(statement)
        table = (match[2] or match[1]) if match else update[1] if update else ""
        if table not in RANKS or is_building() or len(_places()) < 2:
            return  # what a test does itself, several deeds in one transaction, is no deed of ours
        transaction = transactions.setdefault(connection, Locks())
        if update and table in transaction.tables:
            return  # of a row that is held, as every change of one is
        values = parameters.values() if isinstance(parameters, dict) else ()
        ids = [value for value in values if isinstance(value, UUID)]
        fault = transaction.take(table, str(parameters), ids)
        if fault is not None:
            faults.append(f"{fault}: {' < '.join(_places()[:4])}")

    def end(connection: Connection) -> None:
        transactions.pop(connection, None)

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "commit", end)
    event.listen(Engine, "rollback", end)
    try:
        yield faults
    finally:
        event.remove(Engine, "before_cursor_execute", before)
        event.remove(Engine, "commit", end)
        event.remove(Engine, "rollback", end)
