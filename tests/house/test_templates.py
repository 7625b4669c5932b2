"""Templates show data and build none: what a page is made of comes from its view."""

import ast
import re

import pytest
from jinja2 import Environment
from jinja2 import nodes as template_nodes

from tests.support.source import calls_of, nodes
from voorjebuurt import paths

CHANGES = frozenset(
    {"add", "append", "clear", "discard", "extend", "insert", "pop", "remove", "setdefault"}
    | {"sort", "update", "__setattr__", "__setitem__", "__delitem__"}
)
"""Methods that change the value they are called on."""
BETWEEN = re.compile(r'(?:submit\(|<button)[^%]*name="(?:add|find|preview|reckon|remove|total)"')
"""A button that sends a form which then comes back."""


def changes(source: str) -> list[str]:
    """The calls in a template that change a value, each with its line."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source)
    return [
        f"{call.lineno}: {call.node.attr}"
        for call in tree.find_all(template_nodes.Call)
        if isinstance(call.node, template_nodes.Getattr) and call.node.attr in CHANGES
    ]


def test_templates_build_no_data() -> None:
    files = sorted(paths.TEMPLATES.rglob("*.html"))
    assert len(files) > 100
    wrong = [
        f"{file.relative_to(paths.TEMPLATES)}:{change}"
        for file in files
        for change in changes(file.read_text())
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("{% set rows = [] %}{% set _ = rows.append(1) %}", 1),
        ("{% set _ = form.amount.__setattr__('description', 'x') %}", 1),
        ("{{ names.get(1) }}{% set rows = [1, none]|select|list %}", 0),
    ],
)
def test_the_lint_sees_a_change(source: str, number: int) -> None:
    assert len(changes(source)) == number


def test_a_template_that_asks_for_what_is_not_there_fails() -> None:
    """Every place that makes templates work says so: else a text is missing and nobody hears it."""
    makers = {name for name, _ in calls_of("Environment")} | {name for name, _ in calls_of("Flask")}
    assert makers == {
        "app.py",
        "decisions/letters/html.py",
        "local/sandbox/app.py",
        "mail/render.py",
    }
    strict = {name for name, node in nodes(ast.Name) if ast.unparse(node) == "StrictUndefined"}
    assert strict == makers - {"app.py"} | {"web/kit/jinja.py"}, "the site's are made in its kit"


def test_a_button_that_saves_nothing_comes_back_to_its_place() -> None:
    """It sends the form and brings the page back: ``place`` says where the browser goes then."""
    buttons = [
        line.strip()
        for file in sorted(paths.TEMPLATES.rglob("*.html"))
        for line in file.read_text().splitlines()
        if BETWEEN.search(line) and "tabindex" not in line
    ]
    assert len(buttons) >= 8
    assert [line for line in buttons if "place=" not in line and "formaction=" not in line] == []
