"""What a form asks for, done in one transaction; then on to the next page, or back to the form."""

from collections.abc import Callable

from flask import flash, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.versions import writing_as_shown


def submit(
    form: Form, deed: Callable[[Session], object], *, message: str, back: str
) -> Response | None:
    """Do what a form that was sent and is right asks for, say ``message``, and go ``back``.

    None when there is a page to show: the form was not sent, or something of it is wrong. What a
    service refused is told at its field, or above the form; what was typed stays.
    """
    if form.validate_on_submit() and carried_out(form, deed):
        return gone_on(message=message, back=back)
    return None


def gone_on(*, message: str, back: str) -> Response:
    """Say what was done, and go back to where it shows."""
    flash(message, "ok")
    return redirect(back)


def carried_out(form: Form, deed: Callable[[Session], object]) -> bool:
    """Run ``deed`` in one transaction; False when a service refused it, which ``form`` tells.

    Nothing is done when somebody changed what the form is about (``Form.version``).
    """
    with refusals_shown(form):
        with writing_as_shown(form.version) as session:
            deed(session)
        return True
    return False
