"""What the tests must cover is promised in ``pyproject.toml``, and a run that covers less fails."""

import tomllib
from types import ModuleType

import pytest
from coverage.results import Numbers

from tests.support.source import ROOT, program

WHOLE = ("voorjebuurt.kernel.money", "voorjebuurt.ledger", "voorjebuurt.payments")


@pytest.fixture
def command() -> ModuleType:
    return program("covered")


def numbers(statements: int, missing: int, branches: int = 0) -> Numbers:
    return Numbers(
        precision=0,
        n_files=1,
        n_statements=statements,
        n_missing=missing,
        n_branches=branches,
        n_missing_branches=0,
        n_partial_branches=0,
    )


def test_money_and_rules_are_covered_whole_and_nearly_everything_else() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    promises = tool["voorjebuurt"]["coverage"]
    assert [promises[part] for part in (*WHOLE, "voorjebuurt.rulebook")] == [100] * 4
    assert promises["voorjebuurt"] >= 95
    assert tool["coverage"]["run"]["branch"]
    assert "make test COVERAGE=1" in (ROOT / ".ci" / "run").read_text()


def test_what_falls_short_is_told_with_its_lines(command: ModuleType) -> None:
    modules = [
        command.Measured("voorjebuurt.ledger.rules", numbers(400, 1, 20), "116, 131->140"),
        command.Measured("voorjebuurt.ledger.keys", numbers(40, 0), ""),
        command.Measured("voorjebuurt.ledgers", numbers(100, 100), "1-100"),
    ]
    assert command._shortfall(modules, "voorjebuurt.ledger", 100) == [
        "voorjebuurt.ledger: 99.78 %, promised 100 %",
        "  voorjebuurt.ledger.rules: 116, 131->140",
    ]
    assert command._shortfall(modules, "voorjebuurt.ledger.keys", 100) == []
    assert command._shortfall(modules, "voorjebuurt", 95) == ["voorjebuurt: 81.96 %, promised 95 %"]


def test_a_part_that_is_no_more_is_told(command: ModuleType) -> None:
    modules = [command.Measured("voorjebuurt.ledger", numbers(2, 0), "")]
    assert command._shortfall(modules, "voorjebuurt.purse", 100) == [
        "voorjebuurt.purse: there is no such part"
    ]
