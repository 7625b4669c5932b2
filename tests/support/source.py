"""The project's own source, read for the rules of the house."""

import ast
import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from voorjebuurt import paths

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
"""Real files of official sources and of the provider, beside the checkout; not always there."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package, parsed, by its path from the package's folder."""
    files = sorted(paths.PACKAGE.rglob("*.py"))
    return {str(file.relative_to(paths.PACKAGE)): ast.parse(file.read_text()) for file in files}


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Every node of exactly these kinds in the package, with the module it stands in."""
    for kind in kinds:
        yield from _nodes_by_kind()[kind]


@cache
def _nodes_by_kind() -> dict[type[ast.AST], list[tuple[str, ast.AST]]]:
    """To walk through the whole package takes a second or two: once is enough."""
    by_kind: dict[type[ast.AST], list[tuple[str, ast.AST]]] = defaultdict(list)
    for name, tree in modules().items():
        for node in ast.walk(tree):
            by_kind[type(node)].append((name, node))
    return by_kind


def calls_of(method: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a method or function of that name."""
    for name, node in nodes(ast.Call):
        assert isinstance(node, ast.Call)
        function = node.func
        if getattr(function, "attr", None) == method or getattr(function, "id", None) == method:
            yield name, node


def place(name: str, node: ast.AST) -> str:
    """Where that is, for a message."""
    return f"{name}:{getattr(node, 'lineno', 0)}"


def program(name: str) -> ModuleType:
    """A program of ``.ci`` as a module of its own, anew at each call."""
    spec = importlib.util.spec_from_file_location(f"program_{name}", ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
