"""Every promise names a test that exists and is not switched off."""

import ast
import re
from pathlib import Path

import pytest

from tests.support.acceptance import promised_tests
from voorjebuurt import paths

ROOT = Path(__file__).parents[2]
SWITCHED_OFF = {"skip", "skipif", "xfail"}


def _functions(file: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((ROOT / file).read_text())
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("file", "name"), sorted(set(promised_tests())))
def test_promised_test_exists_and_runs(file: str, name: str) -> None:
    assert (ROOT / file).is_file(), f"{file} is promised and missing"
    function = _functions(file).get(name)
    assert function is not None, f"{file} has no {name}"
    marks = {
        node.attr
        for decorator in function.decorator_list
        for node in ast.walk(decorator)
        if isinstance(node, ast.Attribute)
    }
    assert not marks & SWITCHED_OFF
    assert any(isinstance(node, ast.Assert | ast.With | ast.Call) for node in ast.walk(function))


def test_every_promise_has_a_test() -> None:
    rows = [
        line
        for line in (paths.DOCS / "acceptance.md").read_text().splitlines()
        if line.startswith("| ") and not re.match(r"\| (Promise|-+)", line)
    ]
    without = [row for row in rows if "`tests/" not in row]
    assert rows
    assert not without
