"""Text comes in by one way: the fields of ``web.kit.forms``, which clean and count it."""

import ast
import re

import pytest
import wtforms
from flask import Flask
from flask_babel import Babel

from tests.support.source import nodes, place
from voorjebuurt import paths
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most

KIT = "web/kit/forms/"
TYPED = {
    name
    for name in dir(wtforms)
    if isinstance(kind := getattr(wtforms, name), type)
    and issubclass(kind, wtforms.StringField | wtforms.IntegerField | wtforms.DateField)
} | {"DecimalField", "FloatField", "IntegerRangeField", "Field"}
"""Fields of WTForms into which something is typed."""
UNCLEANED = {"PasswordField": "a password is as it was typed"}


def test_no_form_takes_a_field_for_text_from_elsewhere() -> None:
    assert {"StringField", "TextAreaField", "EmailField", "HiddenField", "SearchField"} <= TYPED
    wrong = [
        f"{place(name, node)} {alias.name}"
        for name, node in nodes(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and node.module in ("wtforms", "wtforms.fields")
        for alias in node.names
        if name.startswith("web/") and not name.startswith(KIT)
        if alias.name in TYPED - UNCLEANED.keys() - {"Field"}
    ]
    assert wrong == []
    by_attribute = [
        place(name, node)
        for name, node in nodes(ast.Call)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("wtforms.")
        if name.startswith("web/") and not name.startswith(KIT)
    ]
    assert by_attribute == []


def test_no_field_cuts_off_what_is_pasted() -> None:
    in_code = [
        place(name, node)
        for name, node in nodes(ast.Constant)
        if isinstance(node, ast.Constant) and node.value == "maxlength"
    ]
    in_templates = [
        str(file)
        for file in paths.TEMPLATES.rglob("*.html")
        if re.search(r"\bmaxlength\b", file.read_text()) and file.parent.name != "sandbox"
    ]
    assert in_code + in_templates == []
    assert [place(name, node) for name, node in nodes(ast.ImportFrom) if _takes_length(node)] == []


def _takes_length(node: ast.AST) -> bool:
    """Whether a module takes the validator of WTForms that gives a field a ``maxlength``."""
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "wtforms.validators"
        and any(alias.name in ("Length", "Email") for alias in node.names)
    )


def test_a_field_that_does_not_say_how_much_fits_can_not_be_made() -> None:
    class Endless(Form):
        title = StringField()

    class Brief(Form):
        title = StringField(validators=[at_most(80)])

    app = Flask("test")
    app.config["SECRET_KEY"] = "test"
    Babel(app)
    with app.test_request_context("/"):
        with pytest.raises(TypeError, match="title"):
            Endless()
        assert "maxlength" not in Brief().title()
