"""A module that calls itself pure is: no database, no web, no clock, nothing read or written."""

import ast

from tests.support.source import modules

IMPURE = {
    *("sqlalchemy", "psycopg", "procrastinate", "flask", "flask_babel", "flask_login", "wtforms"),
    *("requests", "random", "socket", "subprocess", "os", "shutil", "tempfile", "secrets", "time"),
    *("logging", "structlog", "threading"),
}
CLOCKS = {"now", "utcnow", "today", "travelling"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "print", "input"}
HARMLESS = {"Random", "SEEK_END"}
"""A constant; and a generator that begins at a given seed is as pure as a table."""
LEAST = 60


def pure_modules() -> dict[str, ast.Module]:
    """The modules whose docstring, or that of the package around them, says so."""
    trees = modules()
    names = {name for name, tree in trees.items() if "Pure" in (ast.get_docstring(tree) or "")}
    rooms = {name.removesuffix("__init__.py") for name in names if name.endswith("/__init__.py")}
    return {
        name: tree for name, tree in trees.items() if name in names or name.startswith(tuple(rooms))
    }


def impurities(tree: ast.Module) -> list[str]:
    """What a module imports or calls that a pure one does not."""
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            root = (node.module or "").partition(".")[0]
            if root in IMPURE and not names <= HARMLESS:
                faults.append(f"imports {', '.join(sorted(names))}")
        elif isinstance(node, ast.Import):
            names = {alias.name for alias in node.names} - {"random"}
            faults += [f"imports {name}" for name in sorted(names & IMPURE)]
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            if name in CLOCKS | FILES:
                faults.append(f"calls {name}")
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "random":
            faults += [f"rolls dice by {node.attr}"] if node.attr not in HARMLESS else []
    return faults


def test_what_says_that_it_is_pure_is() -> None:
    modules_ = pure_modules()
    assert len(modules_) > LEAST
    faults = {name: impurities(tree) for name, tree in modules_.items()}
    assert {name: lines for name, lines in faults.items() if lines} == {}


def test_the_check_sees_each_kind_of_impurity() -> None:
    for line in (
        "import sqlalchemy",
        "from sqlalchemy import select",
        "from flask import request",
        "moment = clock.now()",
        "number = random.randint(1, 6)",
        "from random import choice",
        "day = date.today()",
        "text = path.read_text()",
        "text = open('x')",
    ):
        assert impurities(ast.parse(line)), line
    assert impurities(ast.parse("from random import Random; Random(7).random()")) == []
