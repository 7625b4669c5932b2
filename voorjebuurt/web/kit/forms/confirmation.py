"""A deed on a page of its own: what happens, a form and a button; then back to its subject."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import submit


@dataclass(frozen=True)
class Question:
    """What a page asks before a deed, and says when it is done.

    ``about`` names what it is done to, ``back`` is the address where that is shown. ``says`` are
    sentences below the title, ``warning`` stands out; ``button`` is a verb, ``tone`` its tone.
    """

    title: str
    button: str
    done: str
    back: str
    about: str = ""
    says: tuple[str, ...] = ()
    warning: str = ""
    tone: str = "primary"


def ask(
    question: Question,
    form: Form,
    deed: Callable[[Session], object],
    *,
    template: str,
    **context: Any,
) -> ResponseReturnValue:
    """Show the form; when it was sent and is right, do it in one transaction and go back.

    What a service refuses is told at its field, or above the form; what was typed stays.
    """
    answer = submit(form, deed, message=question.done, back=question.back)
    return answer or render_template(template, question=question, form=form, **context)
