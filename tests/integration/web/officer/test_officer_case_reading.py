"""What the page of an application asks of the database and the rules: each thing once."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Connection, event

from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import desk, page
from voorjebuurt.kernel.db import Database
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values.jsontext import Json


@dataclass
class Transaction:
    """What was asked in one transaction, and how far apart from others it was."""

    isolation: str
    statements: list[str] = field(default_factory=list)

    @property
    def tables(self) -> set[str]:
        """Every table that was read first in a statement."""
        return {name for each in self.statements for name in re.findall(r"FROM (\w+)", each)}


@pytest.fixture
def rules_read(monkeypatch: pytest.MonkeyPatch) -> list[Json]:
    """All rules that were read, by whichever module."""
    rules: list[Json] = []

    def counted(raw: Json, **options: Any) -> Ruleset:
        rules.append(raw)
        return read_ruleset(raw, **options)

    for name, module in list(sys.modules.items()):
        if name.startswith("voorjebuurt.") and hasattr(module, "read_ruleset"):
            monkeypatch.setattr(module, "read_ruleset", counted)
    return rules


@pytest.fixture
def transactions(fresh_database: Database) -> Iterator[list[Transaction]]:
    """Every transaction that was begun, with its statements."""
    transactions: list[Transaction] = []
    current: dict[int, Transaction] = {}

    def begin(connection: Connection) -> None:
        level = connection.get_execution_options().get("isolation_level", "")
        current[id(connection)] = Transaction(level)
        transactions.append(current[id(connection)])

    def execute(connection: Connection, _cursor: object, statement: str, *_others: object) -> None:
        current[id(connection)].statements.append(statement)

    engine = fresh_database.writer
    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", execute)
    yield transactions
    event.remove(engine, "begin", begin)
    event.remove(engine, "before_cursor_execute", execute)


@pytest.mark.parametrize("at", ["received", "divided"])
def test_the_rules_are_read_once_and_everything_is_of_one_moment(
    committing: Committing,
    signed_in: SignIn,
    rules_read: list[Json],
    transactions: list[Transaction],
    at: str,
) -> None:
    case = desk(committing, signed_in, at=at)
    rules_read.clear()
    transactions.clear()
    page(case.olga, case.path)
    assert len(rules_read) == 1
    snapshots = [each for each in transactions if each.isolation == "REPEATABLE READ"]
    assert len(snapshots) == 1
    assert {"applications", "campaigns", "decisions", "funds", "objections"} <= snapshots[0].tables
    # Before the page, its guard asks who looks, and whose application it is.
    others = [each.tables for each in transactions if each not in snapshots]
    assert set().union(*others) <= {
        "applications",
        "passkeys",
        "persons",
        "role_grants",
        "sign_ins",
        "totp_factors",
    }


@pytest.mark.parametrize(("kind", "exact"), [("arrival", True), ("proportional", False)])
def test_a_part_of_a_second_is_shown_only_where_money_is_given_in_turn(
    committing: Committing, signed_in: SignIn, kind: str, exact: bool
) -> None:
    case = desk(committing, signed_in, rules={"divide": {"kind": kind}})
    words = page(case.olga, f"{case.path}?taal=nl")
    assert bool(re.search(r"\d{2}:\d{2}:\d{2},\d{3}\b", words)) is exact
