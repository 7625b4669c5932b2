"""What the package imports is declared, so that nothing is there only by the grace of another."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.support.source import ROOT, nodes


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]["local"]
    names = {normal(re.split(r"[\[<>=]", line)[0]) for line in (*project["dependencies"], *extras)}
    distributions = packages_distributions()
    strangers = {
        f"{module}: {root}"
        for module, root in imported_roots()
        if not names & {normal(name) for name in distributions.get(root, [root])}
    }
    assert strangers == set()


def imported_roots() -> set[tuple[str, str]]:
    """Module of ours, and the first part of what it imports from elsewhere."""
    roots = set()
    for module, node in nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            roots |= {(module, alias.name.partition(".")[0]) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            roots.add((module, (node.module or "").partition(".")[0]))
    ours = sys.stdlib_module_names | {"voorjebuurt"}
    return {(module, root) for module, root in roots if root not in ours}


def normal(name: str) -> str:
    """The one spelling of a distribution's name."""
    return name.lower().replace("_", "-")
