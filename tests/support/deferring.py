"""The names under which jobs are deferred, read from the source without running it.

A name may be a literal, a choice between names, a variable, a constant of this or another module,
or a parameter, which is followed to every call of its function. Anything else is refused, so that
no name goes unread.
"""

import ast
from collections.abc import Iterator, Mapping

from tests.support.source import FUNCTIONS, place

PACKAGE = "voorjebuurt"
NAME_ARGUMENT = (1, "name")
"""Where ``jobs.defer(session, name, …)`` takes the name: its position and its keyword."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Modules = Mapping[str, ast.Module]


class UnreadableNameError(Exception):
    """A job is deferred under a name that can't be read from the source."""


def deferred_names(modules: Modules) -> dict[str, str]:
    """Every name that a job is deferred under, and one place where that happens."""
    places: dict[str, str] = {}
    for module, tree in modules.items():
        if module == "kernel/jobs.py":
            continue
        for call in _calls(tree, "defer"):
            for name in _Reader(modules).argument(module, call, *NAME_ARGUMENT):
                places.setdefault(name, place(module, call))
    return places


def renamed_imports(modules: Modules) -> list[str]:
    """Where ``defer`` is imported or kept under another name, which would hide its calls."""
    places = []
    for module, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.alias) and node.name == "defer" and node.asname:
                places.append(place(module, node))
            if isinstance(node, ast.Assign) and _called_name(node.value) == "defer":
                places.append(place(module, node))
    return places


class _Reader:
    """Follows expressions to the strings they can be; remembers where it has been."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._seen: set[tuple[str, str, str]] = set()

    def argument(self, module: str, call: ast.Call, position: int, keyword: str) -> Iterator[str]:
        """The strings that one argument of a call can be."""
        by_keyword = [pair.value for pair in call.keywords if pair.arg == keyword]
        values = by_keyword or call.args[position : position + 1]
        spread = any(isinstance(argument, ast.Starred) for argument in call.args[: position + 1])
        if not values or spread:
            raise UnreadableNameError(f"{place(module, call)}: no argument {keyword!r}")
        yield from self._strings(module, values[0])

    def _strings(self, module: str, value: ast.expr) -> Iterator[str]:
        match value:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=first, orelse=second):
                yield from self._strings(module, first)
                yield from self._strings(module, second)
            case ast.Name(id=name):
                yield from self._named(module, value, name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                yield from self._constant(self._imported(module, owner, value), name, value)
            case _:
                raise UnreadableNameError(f"{place(module, value)}: {ast.unparse(value)}")

    def _named(self, module: str, node: ast.expr, name: str) -> Iterator[str]:
        function = _function_around(self._modules[module], node)
        if function is not None:
            values = _assigned(function, name)
            parameters = [each.arg for each in _parameters(function)]
            if name in parameters:
                values += self._default(function, name)
                yield from self._given(module, function, parameters.index(name), name)
            if values or name in parameters:
                for value in values:
                    yield from self._strings(module, value)
                return
        yield from self._constant(module, name, node)

    def _default(self, function: Function, name: str) -> list[ast.expr]:
        plain = [*function.args.posonlyargs, *function.args.args]
        late = zip(reversed(plain), reversed(function.args.defaults), strict=False)
        keyword = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
        return [value for each, value in [*late, *keyword] if each.arg == name and value]

    def _given(self, module: str, function: Function, position: int, name: str) -> Iterator[str]:
        """What the callers of a function pass for one of its parameters."""
        step = (module, function.name, name)
        if step in self._seen:
            return
        self._seen.add(step)
        has_default = bool(self._default(function, name))
        for other, tree in self._modules.items():
            for call in _calls(tree, function.name):
                left_out = len(call.args) <= position and name not in [
                    each.arg for each in call.keywords
                ]
                if not (has_default and left_out):
                    yield from self.argument(other, call, position, name)

    def _constant(self, module: str, name: str, node: ast.expr) -> Iterator[str]:
        """A constant of a module, or one that it imports."""
        values = _assigned(self._modules[module], name)
        for value in values:
            yield from self._strings(module, value)
        if not values:
            source, original = self._source_of(module, name, node)
            yield from self._constant(source, original, node)

    def _imported(self, module: str, owner: str, node: ast.expr) -> str:
        source, name = self._source_of(module, owner, node)
        folder = source.removesuffix("__init__.py").removesuffix(".py").rstrip("/")
        for path in (f"{folder}/{name}.py", f"{folder}/{name}/__init__.py"):
            if path.lstrip("/") in self._modules:
                return path.lstrip("/")
        raise UnreadableNameError(f"{place(module, node)}: {ast.unparse(node)}")

    def _source_of(self, module: str, name: str, node: ast.expr) -> tuple[str, str]:
        """The module that ``name`` is imported from, and what it is called there."""
        for statement in self._modules[module].body:
            if isinstance(statement, ast.ImportFrom) and statement.module:
                for alias in statement.names:
                    if (alias.asname or alias.name) == name:
                        parts = statement.module.split(".")
                        if parts[0] == PACKAGE:
                            return self._path(parts[1:]), alias.name
        raise UnreadableNameError(f"{place(module, node)}: {ast.unparse(node)}")

    def _path(self, parts: list[str]) -> str:
        stem = "/".join(parts)
        return f"{stem}.py" if f"{stem}.py" in self._modules else f"{stem}/__init__.py".lstrip("/")


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called_name(node.func) == name:
            yield node


def _called_name(function: ast.expr) -> str | None:
    return getattr(function, "attr", None) or getattr(function, "id", None)


def _parameters(function: Function) -> list[ast.arg]:
    arguments = function.args
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def _function_around(tree: ast.Module, node: ast.AST) -> Function | None:
    """The innermost function that holds this node."""
    around = [
        function
        for function in ast.walk(tree)
        if isinstance(function, FUNCTIONS) and any(each is node for each in ast.walk(function))
    ]
    return around[-1] if around else None


def _assigned(scope: ast.Module | Function, name: str) -> list[ast.expr]:
    """What is assigned to a name in a module's top level, or anywhere in a function."""
    nodes = scope.body if isinstance(scope, ast.Module) else list(ast.walk(scope))
    values_ = []
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value):
                values_ += [value for target in targets if getattr(target, "id", None) == name]
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
                values_ += [value] if target == name else []
            case ast.For(target=ast.Name(id=target), iter=ast.Tuple() | ast.List() as values):
                values_ += values.elts if target == name else []
    return values_
