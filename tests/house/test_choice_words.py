"""What is said of a choice that is gone is in our words: WTForms has no sentence beside them."""

import ast
import inspect

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.fields import choices

from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.web.kit.forms.fields import CHOICE_GONE, Form

FOR_DEVELOPERS = {"Choices cannot be None."}


def sentences() -> set[str]:
    """Every sentence that the fields of choices of WTForms can say."""
    return {
        argument.value
        for node in ast.walk(ast.parse(inspect.getsource(choices)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("gettext", "ngettext")
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_sentence_of_theirs_has_one_of_ours() -> None:
    assert sentences() - FOR_DEVELOPERS == CHOICE_GONE.keys()


class ChoiceForm(Form):
    """One field of each kind."""

    one = SelectField(choices=[SelectChoice("a", "A")])
    round = RadioField(choices=[SelectChoice("a", "A")])
    several = SelectMultipleField(choices=[SelectChoice("a", "A")])
    number = SelectField(choices=[SelectChoice("1", "1")], coerce=int)


@pytest.mark.parametrize("language", languages())
def test_a_choice_that_is_gone_is_told_in_our_words(app: Flask, language: str) -> None:
    form_data = MultiDict({"one": "b", "round": "b", "several": "b", "number": "x"})
    with app.test_request_context(), force_locale(language):
        form = ChoiceForm(form_data, meta={"csrf": False})
        assert not form.validate()
        expected = {"nl": "Deze keuze is er niet meer.", "en": "This choice is no longer there."}
        for field in form:
            (error,) = field.errors
            assert str(error).startswith(expected[language]), (field.name, error)
