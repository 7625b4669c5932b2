"""Each process that opens a database knows the tables that its own refer to.

A foreign key names a table that another module defines. Whoever imports the one and not the other
finds out when the first row is written, and only in a process of its own.
"""

import ast
import subprocess
import sys

import pytest

from tests.support.source import ROOT, nodes

OPENERS = {
    "app.py",
    "kernel/site_database.py",
    "local/cli/demo.py",
    "local/cli/due.py",
    "worker/process.py",
}
"""Who makes a ``Database``; ``site_database`` is given the tables by who calls it."""
RESOLVED = (
    "import importlib, sys; importlib.import_module(sys.argv[1]);"
    " from voorjebuurt.kernel.db import Base;"
    " print(sum(len(t.foreign_keys) for t in Base.metadata.tables.values()"
    " for key in t.foreign_keys if key.column is not None))"
)


def test_it_is_known_who_opens_a_database() -> None:
    names = {
        name
        for name, node in nodes(ast.Call)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Database"
    }
    assert names == OPENERS


@pytest.mark.parametrize("name", sorted(OPENERS - {"kernel/site_database.py"}))
def test_who_opens_a_database_knows_the_tables_that_are_referred_to(name: str) -> None:
    module = "voorjebuurt." + name.removesuffix(".py").replace("/", ".")
    command = [sys.executable, "-c", RESOLVED, module]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert answer.returncode == 0, answer.stderr[-400:]
    assert int(answer.stdout) > 100
