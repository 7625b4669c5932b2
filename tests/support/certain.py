"""What a test is certain of and its types are not."""

from typing import TypeVar

import psycopg
from sqlalchemy.exc import DBAPIError

Value = TypeVar("Value")


def certain(value: Value | None) -> Value:
    """This value, which is there."""
    assert value is not None
    return value


def constraint_of(error: DBAPIError) -> str | None:
    """The name of what PostgreSQL refused a statement by."""
    assert isinstance(error.orig, psycopg.Error)
    return error.orig.diag.constraint_name
