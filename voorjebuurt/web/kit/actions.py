"""Doing something with one button, and telling what came of it."""

from collections.abc import Callable

from flask import flash
from sqlalchemy.orm import Session

from voorjebuurt.web.kit.errors import Refusals
from voorjebuurt.web.kit.versions import PageVersion, writing_as_shown
from voorjebuurt.web.words.messages import text_of


def do(
    deed: Callable[[Session], object], *, message: str, version: PageVersion | None = None
) -> bool:
    """Run ``deed`` in a transaction; then a flash with ``message``, or with why it was refused.

    ``version`` is what the page with the button showed; when that changed, nothing is done.
    """
    with refusals_flashed():
        with writing_as_shown(version) as session:
            deed(session)
        flash(message, "ok")
        return True
    return False


def refusals_flashed() -> Refusals:
    """A block in which a flash message says what a service refuses."""
    return Refusals(lambda error: flash(text_of(error), "error"))
