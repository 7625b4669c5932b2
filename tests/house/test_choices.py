"""A choice over a closed set of kinds ends in ``assert_never``: a further kind can't fall through.

mypy then refuses the choice until it knows the new kind. Looked for are ``match`` statements, and
``if`` after ``if`` (or ``elif``) that asks the same value for its class or its enum member.
"""

import ast
from collections.abc import Iterator

from tests.support.source import modules, nodes, place

Asks = tuple[str, str]
"""A value, and what it is asked for: ``class``, or the name of an enum."""


def classes() -> dict[str, ast.ClassDef]:
    """Every class of the package by its name."""
    return {node.name: node for _, node in nodes(ast.ClassDef) if isinstance(node, ast.ClassDef)}


def enums() -> set[str]:
    """The names of all enums."""
    return {
        name
        for name, node in classes().items()
        if any(ast.unparse(base) in ("Enum", "StrEnum") for base in node.bases)
    }


def _parts(node: ast.expr) -> list[str]:
    """What stands in ``A``, ``(A, B)`` or ``A | B``."""
    match node:
        case ast.Tuple(elts) | ast.Set(elts) | ast.List(elts):
            return [part for item in elts for part in _parts(item)]
        case ast.BinOp(first, ast.BitOr(), right):
            return [*_parts(first), *_parts(right)]
        case _:
            return [ast.unparse(node)]


def _asks(test: ast.expr, own: set[str], enum_names: set[str]) -> Asks | None:
    """What a test asks, if it is for a class of the package or a member of an enum."""
    match test:
        case ast.BoolOp(ast.And(), [first, *_]):
            return _asks(first, own, enum_names)
        case ast.Call(ast.Name("isinstance"), [value, kinds]):
            return (ast.unparse(value), "class") if own.issuperset(_parts(kinds)) else None
        case ast.Compare(value, [ast.Is() | ast.Eq() | ast.In()], [right]):
            names = {part.rpartition(".")[0] for part in _parts(right)}
            enum = names.pop() if len(names) == 1 else ""
            return (ast.unparse(value), enum) if enum in enum_names else None
        case _:
            return None


def _branches(node: ast.If) -> tuple[list[ast.expr], list[ast.stmt]]:
    """The tests of ``if … elif …``, and what stands under ``else``."""
    tests, rest = [node.test], node.orelse
    while len(rest) == 1 and isinstance(rest[0], ast.If):
        tests.append(rest[0].test)
        rest = rest[0].orelse
    return tests, rest


def _bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    elifs = {
        id(node.orelse[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and len(node.orelse) == 1
    }
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and id(body[0]) not in elifs:
                yield body


def _chains(body: list[ast.stmt], own: set[str], enum_names: set[str]) -> Iterator[ast.stmt]:
    """Where two or more branches in a row ask the same, and what comes after is not never."""
    subject: Asks | None = None
    count, first = 0, body[0]
    for index, node in enumerate(body):
        tests, rest = _branches(node) if isinstance(node, ast.If) else ([], [])
        asks = {_asks(test, own, enum_names) for test in tests}
        same = asks.pop() if len(asks) == 1 else None
        if same is None or same != subject:
            subject, count, first = same, 0, node
        count += len(tests)
        after = rest or body[index + 1 : index + 2]
        following = after[0] if after and not rest else None
        if isinstance(following, ast.If):
            further, _ = _branches(following)
            if {_asks(test, own, enum_names) for test in further} == {same}:
                continue
        if same is not None and count > 1 and not _is_never(after):
            yield first


def _is_never(statements: list[ast.stmt]) -> bool:
    return bool(statements) and ast.unparse(statements[0]).startswith("assert_never(")


def test_every_match_ends_in_assert_never() -> None:
    matches = [(name, node) for name, node in nodes(ast.Match) if isinstance(node, ast.Match)]
    assert len(matches) > 15
    assert [
        place(name, node)
        for name, node in matches
        if ast.unparse(node.cases[-1].pattern) != "_" or not _is_never(node.cases[-1].body)
    ] == []


def silent_chains(trees: dict[str, ast.Module]) -> list[str]:
    """Every place where a choice over kinds lets an unknown one through."""
    own, enum_names = set(classes()), enums()
    return [
        place(name, node)
        for name, tree in trees.items()
        for body in _bodies(tree)
        for node in _chains(body, own, enum_names)
    ]


def test_every_choice_over_kinds_ends_in_assert_never() -> None:
    assert silent_chains(modules()) == []


def test_a_choice_that_falls_through_is_noticed() -> None:
    silent = """
def base(one):
    if isinstance(one, Ratio):
        return 1
    if isinstance(one, PerDonor | TopUp):
        return 2
    return 3

def label(field):
    if field is Field.THEME:
        name = 1
    elif field in (Field.GROUPS, Field.DONORS):
        name = 2
    else:
        name = 3
    return name
"""
    sound = silent.replace("return 3", "assert_never(one)").replace("name = 3", "assert_never(1)")
    assert silent_chains({"a": ast.parse(silent)}) == ["a:3", "a:10"]
    assert silent_chains({"a": ast.parse(sound)}) == []
