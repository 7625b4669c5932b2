"""A deed on a page of its own: what happens, a form and a button; then back to its subject."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.web.kit.database import writing
from voorjebuurt.web.kit.errors import form_error
from voorjebuurt.web.kit.forms.fields import Form


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
    if form.validate_on_submit():
        try:
            with writing() as session:
                deed(session)
        except NotFoundError:
            raise
        except DomainError as error:
            form_error(form, error)
        else:
            flash(question.done, "ok")
            return redirect(question.back)
    return render_template(template, question=question, form=form, **context)
