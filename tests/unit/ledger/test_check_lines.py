"""What a check of the books says of a row, in the language of who reads it."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.support.source import modules
from voorjebuurt.kernel.catalogues import DUTCH, catalogue
from voorjebuurt.ledger.checks import CheckLine

CHECKS = (
    *("ledger/checks.py", "payouts/checks.py"),
    "payouts/match_checks.py",
    "payouts/interest_checks.py",
    "payouts/seals.py",
    "pledges/tins/checks.py",
)


def templates() -> Iterator[str]:
    """Every text with values in braces in the modules of checks, but for those of f-strings."""
    trees = modules()
    for path in CHECKS:
        inside = {
            id(part)
            for node in ast.walk(trees[path])
            if isinstance(node, ast.JoinedStr)
            for part in ast.walk(node)
        }
        for node in ast.walk(trees[path]):
            if id(node) not in inside and isinstance(node, ast.Constant) and "{" in str(node.value):
                yield str(node.value)


def test_every_line_of_a_check_has_a_text_in_every_language() -> None:
    assert set(templates()) == catalogue(DUTCH).keys("check line")


def test_a_line_is_english_in_logs_and_dutch_for_a_dutch_reader() -> None:
    since = datetime(2026, 2, 3, tzinfo=UTC)
    template = "refund {id}: {amount_cents} cents in flight since {since:%Y-%m-%d}"
    line = CheckLine(template, {"id": "r1", "amount_cents": 700, "since": since})
    assert line == "refund r1: 700 cents in flight since 2026-02-03"
    assert line.in_language("en") == line
    assert line.in_language(DUTCH) == "terugbetaling r1: 700 cent onderweg sinds 03-02-2026"


def test_an_account_is_told_by_its_name_with_its_code_beside_it() -> None:
    line = CheckLine("{code}: belongs to {owner}", {"code": "held:17", "owner": "x"})
    assert line == "held:17: belongs to x"
    assert line.in_language(DUTCH).startswith("Vastgehouden voor acties (held:17): ")
    assert line.in_language("en") == "Held for campaigns (held:17): belongs to x"


def test_an_account_that_is_not_in_the_chart_is_told_by_its_code() -> None:
    line = CheckLine("{code}: not in the chart of accounts", {"code": "odd:17"})
    assert line.in_language("en") == line


def test_the_kind_of_an_account_is_told_in_the_readers_language() -> None:
    values = {"code": "held:17", "kind": "liability", "guarded": True}
    line = CheckLine("{code}: is {kind}, guarded={guarded}", values)
    assert line == "held:17: is liability, guarded=True"
    assert "schuld" in line.in_language(DUTCH)
    assert "liability" in line.in_language("en")
