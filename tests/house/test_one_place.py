"""What was written several times has one place, and stays there."""

import ast
import importlib
import re
from collections.abc import Iterator

from wtforms import Form

from tests.support.source import modules, nodes, place
from voorjebuurt import paths
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, TransitionError

REFUSALS = {kind.__name__ for kind in (DomainError, ForbiddenError, NotFoundError, TransitionError)}
CATCH_REFUSALS = {
    "web/kit/errors.py": "the screens' own: told at a field, above a form or in a flash message",
    "cli/matching.py": "told on a terminal",
    "cli/people.py": "told on a terminal",
    "cli/places.py": "told on a terminal",
    "decisions/rulings/batches.py": "one case must not keep the others from being proposed",
    "decisions/rulings/bookings.py": "one refusal is no obstacle: a claim for the money follows",
    "decisions/rulings/small_cases.py": "one case must not keep the others from being decided",
    "decisions/tasks.py": "becomes a task for somebody: nobody looks at a job",
    "pledges/choices/tasks.py": "one gift that can't go back must not keep others from their money",
    "pledges/tasks.py": "becomes a task for somebody, and must not keep others from their money",
    "local/demo/places.py": "what was imported before needs no second import",
    "local/demo/playing.py": "told on a terminal",
}
"""Modules that catch what a service refuses, and why they may."""


def test_screens_leave_refusals_to_the_kit() -> None:
    catching: dict[str, list[str]] = {}
    ours = {
        name: {alias.asname or alias.name for alias in node.names if alias.name in REFUSALS}
        for name, node in nodes(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and node.module == "voorjebuurt.kernel.errors"
    }
    for name, node in nodes(ast.ExceptHandler):
        assert isinstance(node, ast.ExceptHandler)
        kinds = ast.walk(node.type) if node.type is not None else ()
        if ours.get(name, set()) & {kind.id for kind in kinds if isinstance(kind, ast.Name)}:
            catching.setdefault(name, []).append(place(name, node))
    assert {name: places for name, places in catching.items() if name not in CATCH_REFUSALS} == {}
    assert CATCH_REFUSALS.keys() - catching.keys() == set()


ADDRESS_TOOLS = {"make_url", "render_as_string", "conninfo_to_dict", "make_conninfo"}
CONNECTORS = {"psycopg.connect", "procrastinate.PsycopgConnector"}


def test_one_place_reads_and_writes_addresses_of_the_database() -> None:
    """SQLAlchemy and libpq read ``+`` and spaces differently: who mixes them up can't connect."""
    users = {
        name
        for name, node in nodes(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and ADDRESS_TOOLS & {each.name for each in node.names}
    }
    assert users == {"kernel/connection.py"}


def test_who_connects_past_the_engines_asks_that_place() -> None:
    connecting = [
        (place(name, node), name)
        for name, node in nodes(ast.Call)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CONNECTORS
    ]
    assert connecting
    without = [
        at for at, name in connecting if "libpq_keywords(" not in (paths.PACKAGE / name).read_text()
    ]
    assert without == []


UNUSED = {
    "web/kit/assets/theme.py: check_contrast": "whoever adds a theme holds it against this",
    "web/kit/limits.py: DatabaseStorage": "asked for by its scheme, in an address",
}
"""What nothing in the package uses by its name, and why it is there."""
REGISTERED = re.compile(
    r"(blueprint|app)\.|task\(|still_true\(|secret_link\(|command|click\.|event\.|compiles"
)
"""Decorators that hand a function to whoever calls it."""


def test_the_package_holds_nothing_that_only_tests_use() -> None:
    names = _names_used()
    leftovers = {
        f"{file}: {name}"
        for file, tree in modules().items()
        for name, node in _public(tree)
        if name.rpartition(".")[2] not in names
        and not any(REGISTERED.match(ast.unparse(each)) for each in node.decorator_list)
        and not _is_asked_by_a_base(file, name)
    }
    assert leftovers - UNUSED.keys() == set()
    assert UNUSED.keys() - leftovers == set()


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Functions and classes of a module, and methods as ``Class.method``."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
        if not isinstance(node, ast.ClassDef):
            continue
        for member in node.body:
            if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
                yield f"{node.name}.{member.name}", member


def _names_used() -> set[str]:
    """Every name that code or a template uses; an import alone is no use, but one under another
    name is.
    """
    texts = [file.read_text() for file in paths.TEMPLATES.rglob("*") if file.is_file()]
    names = {name for text in texts for name in re.findall(r"\w+", text)}
    for _, node in nodes(ast.Name, ast.Attribute, ast.alias):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.alias) and node.asname is not None:
            names.add(node.name)
    return names


def _is_asked_by_a_base(file: str, name: str) -> bool:
    """Whether a class outside the package calls this method, as a form does its validators."""
    owner, _, method = name.rpartition(".")
    if not owner:
        return False
    module = importlib.import_module(f"voorjebuurt.{file.removesuffix('.py').replace('/', '.')}")
    bases = [
        base
        for base in getattr(module, owner).__mro__
        if not base.__module__.startswith("voorjebuurt.")
    ]
    inline = method.startswith("validate_") and any(base is Form for base in bases)
    return inline or any(hasattr(base, method) for base in bases)
