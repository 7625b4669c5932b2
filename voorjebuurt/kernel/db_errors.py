"""Errors of the database say what went wrong, and nothing of the values in which it did.

PostgreSQL repeats in an error the key that exists already, or the whole row that breaks a rule:
names and addresses, which would stand in logs and alerts from then on.
"""

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

_DATA_EXCEPTION = "22"
"""The class of errors whose first line is about a value, and has it."""


def keep_values_out(engine: Engine) -> None:
    """Let every error of this engine tell its first line only.

    ``diag`` of the driver's error stays as it is, for whoever asks which constraint it was.
    """
    event.listen(engine, "handle_error", _shorten)


def _shorten(context: ExceptionContext) -> None:
    error = context.original_exception
    if not isinstance(error, psycopg.Error) or error.sqlstate is None:
        return  # of connecting: no statement was sent, and so no values
    text = without_values(error)
    error.args = (text,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(error).__name__}) {text}",)


def without_values(error: psycopg.Error) -> str:
    """What an error of the server says is wrong, with its code."""
    if error.sqlstate is None or error.sqlstate.startswith(_DATA_EXCEPTION):
        return f"a value that the database does not take [{error.sqlstate}]"
    return f"{error.diag.message_primary} [{error.sqlstate}]"
