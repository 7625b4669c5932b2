"""A deed on a page of its own: what happens, a form and a button; then back to its subject."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Place
from voorjebuurt.web.kit.forms.attachments import files_of, sent_with_files
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.submission import carried_out, gone_on, submit


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
    place: Place | None = None,
    **context: Any,
) -> ResponseReturnValue:
    """Show the form; when it was sent and is right, do it in one transaction and go back.

    What a service refuses is told at its field, or above the form; what was typed stays. ``place``:
    files can be added (``attachments``), which stay as well.
    """
    if place is None:
        answer = submit(form, deed, message=question.done, back=question.back)
    else:
        is_sent = sent_with_files(form, place) and carried_out(form, deed)
        answer = gone_on(message=question.done, back=question.back) if is_sent else None
    if answer is not None:
        return answer
    files = files_of(place) if place else []
    return render_template(template, question=question, form=form, files=files, **context)
