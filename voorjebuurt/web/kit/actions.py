"""Doing something with one button, and telling what came of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import flash
from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.web.kit.database import writing
from voorjebuurt.web.words.messages import text_of


def do(deed: Callable[[Session], object], *, done: str) -> bool:
    """Run ``deed`` in a transaction; a flash message says ``done``, or why it was refused."""
    with refusals_flashed():
        with writing() as session:
            deed(session)
        flash(done, "ok")
        return True
    return False


@contextmanager
def refusals_flashed() -> Iterator[None]:
    """End the block where a service refuses something; a flash message says why.

    What does not exist is the error page's to tell.
    """
    try:
        yield
    except NotFoundError:
        raise
    except DomainError as error:
        flash(text_of(error), "error")
