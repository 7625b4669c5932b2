"""Doing something with one button, and telling what came of it."""

from collections.abc import Callable

from flask import flash
from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.web.kit.database import writing
from voorjebuurt.web.words.messages import text_of


def do(deed: Callable[[Session], object], *, message: str) -> bool:
    """Run ``deed`` in a transaction; then a flash with ``message``, or with why it was refused.

    What does not exist is the error page's to tell.
    """
    try:
        with writing() as session:
            deed(session)
    except NotFoundError:
        raise
    except DomainError as error:
        flash(text_of(error), "error")
        return False
    flash(message, "ok")
    return True
