"""The tree of tests mirrors the package, and no test module lends anything to another."""

import ast
import tomllib
from collections import Counter

from tests.support.source import ROOT
from voorjebuurt import paths

TESTS = ROOT / "tests"
MIRRORS = ("unit", "integration")
"""Kinds of test whose folders are those of the package; the others go by journey or by fault."""
MOST_SIBLINGS = 17


def test_no_test_module_imports_another() -> None:
    lenders = {
        f"{module.relative_to(TESTS)}: {node.module}"
        for module in TESTS.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("tests.")
        and "test_" in f".{node.module}".replace(".tests", "")
    }
    assert lenders == set()


def test_every_folder_of_tests_is_one_of_the_package() -> None:
    strangers = {
        str(module.parent.relative_to(TESTS))
        for kind in MIRRORS
        for module in (TESTS / kind).rglob("test_*.py")
        if not (paths.PACKAGE / module.parent.relative_to(TESTS / kind)).is_dir()
    }
    assert strangers == set()


def test_helpers_stand_in_support() -> None:
    """Beside tests there are only their fixtures, vendored files and golden ones."""
    beside = {
        str(module.relative_to(TESTS))
        for module in TESTS.rglob("*.py")
        if module.parts[len(TESTS.parts)] not in ("support", "bench")
        and not module.name.startswith("test_")
        and module.name != "conftest.py"
    }
    assert beside == set()


def test_no_folder_of_tests_is_a_heap() -> None:
    counts = {
        str(folder.relative_to(TESTS)): count
        for kind in MIRRORS
        for folder in [TESTS / kind, *(TESTS / kind).rglob("*")]
        if folder.is_dir() and (count := len(list(folder.glob("test_*.py")))) > MOST_SIBLINGS
    }
    assert counts == {}


def test_no_two_test_modules_share_a_name() -> None:
    """Without packages pytest imports them by name alone, and the second would not be collected."""
    numbers = Counter(module.name for module in TESTS.rglob("test_*.py"))
    assert {name for name, number in numbers.items() if number > 1} == set()


def test_tests_are_typed_as_the_package_is() -> None:
    """``make check`` holds both to the same: nothing is left out or loosened for tests."""
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert (mypy["strict"], mypy["packages"]) == (True, ["voorjebuurt", "tests"])
    assert "exclude" not in mypy
    for override in mypy["overrides"]:
        for module in override["module"]:
            if module.startswith("tests."):
                twin = module.replace("tests.unit.", "voorjebuurt.")
                assert twin in override["module"], f"{module} is looser than {twin}"
