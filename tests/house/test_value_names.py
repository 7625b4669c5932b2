"""Values and classes are named by nouns: no ``found``, ``told`` or ``Sent``.

The words stand in ``pyproject.toml``. A value is what a local variable, a parameter, a target of a
loop, ``with`` or ``except``, or a variable of a module holds. Fields and columns of classes are
not: they are contracts with the database, forms and templates, and ``refused`` tells well what it
is behind ``outcome.``.
"""

import ast
import re
import tomllib
from collections.abc import Iterator

from tests.support.source import FUNCTIONS, ROOT, modules

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["voorjebuurt"]["names"]
REFUSED, ALLOWED = frozenset(CONFIG["refused"]), frozenset(CONFIG["allowed"])
PENDING = tuple(CONFIG["pending"])
"""Paths from the root of the repository that need not comply yet."""
PARTICIPLE = re.compile(r"[a-z]+ed")
CAPITALS = re.compile(r"_?[A-Z][a-z]+")
"""The name of a class of one word."""
TESTS = ROOT / "tests"


def test_names_of_values_are_no_participles() -> None:
    findings = [
        f"{path}:{line} {name}"
        for path, tree in _sources()
        if not path.startswith(PENDING)
        for line, name in _value_names(tree)
        if _is_refused(name)
    ]
    assert not findings, "\n".join(["name these by a noun:", *findings])


def test_what_is_pending_exists() -> None:
    assert [path for path in PENDING if not (ROOT / path).exists()] == []


def test_refusals_and_exceptions_do_not_overlap() -> None:
    assert not REFUSED & ALLOWED


def test_the_lint_sees_each_way_to_name_a_value() -> None:
    source = """
found = 1
def told(wanted, *, held=1, **asked):
    (one, _seen), *kept = wanted
    taken: int = 1
    taken += 1
    for done in []: pass
    with x as read, y as (named, paid_cents): pass
    try: pass
    except ValueError as failed: pass
    if (made := 1): pass
    return [sent for sent in (lambda counted: 1)]
match found:
    case [drawn, *left]: pass
    case {**shown}: pass
class Gathered:
    class SentAward: pass
    closed: int
    counted = 1
    def opened(self, added): self.removed = 1
@task("a.b")
def deferred(runtime, approved): borrowed = 1
"""
    names = [name for _, name in _value_names(ast.parse(source)) if _is_refused(name)]
    assert sorted(names) == sorted(
        [
            *("found", "wanted", "held", "asked", "one", "_seen", "kept", "taken", "taken"),
            *("done", "read", "named", "failed", "made", "sent", "counted", "drawn", "left"),
            *("shown", "gathered", "added", "borrowed"),
        ]
    )


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for name, tree in modules().items():
        yield f"voorjebuurt/{name}", tree
    for file in sorted(TESTS.rglob("*.py")):
        yield str(file.relative_to(ROOT)), ast.parse(file.read_text())


def _is_refused(name: str) -> bool:
    """Names of one word are judged; ``paid_cents`` says by its second word what it holds."""
    word = name.strip("_")
    return word in REFUSED or bool(PARTICIPLE.fullmatch(word) and word not in ALLOWED)


def _value_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The names that are given to values, each with its line."""
    nodes = list(ast.walk(tree))
    fields = {id(target) for node in nodes for target in _fields(node)}
    job_arguments = {id(arg) for node in nodes for arg in _job_arguments(node)}
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) if id(node) not in fields:
                yield node.lineno, name
            case ast.arg(arg=name) if id(node) not in job_arguments:
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield node.lineno, name
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield node.lineno, name
            case ast.ClassDef(name=name):
                yield node.lineno, name.lower() if CAPITALS.fullmatch(name) else name


def _fields(node: ast.AST) -> Iterator[ast.expr]:
    """What the body of a class assigns."""
    if isinstance(node, ast.ClassDef):
        for statement in node.body:
            if isinstance(statement, ast.Assign):
                yield from statement.targets
            elif isinstance(statement, ast.AnnAssign):
                yield statement.target


def _job_arguments(node: ast.AST) -> Iterator[ast.arg]:
    """A task's parameters after ``runtime``: they stand by name in jobs that wait in a queue."""
    if isinstance(node, FUNCTIONS) and any(_is_task(mark) for mark in node.decorator_list):
        yield from (*node.args.args[1:], *node.args.kwonlyargs)


def _is_task(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("task")
