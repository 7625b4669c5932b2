"""What every factory has in common: the session of the test that runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy.orm import Session

Row = TypeVar("Row")
_session: ContextVar[Session] = ContextVar("factory_session")


@contextmanager
def building_in(session: Session) -> Iterator[Session]:
    """Let factories add their rows to this session."""
    token = _session.set(session)
    try:
        yield session
    finally:
        _session.reset(token)


def is_building() -> bool:
    """Whether factories have a session now."""
    return _session.get(None) is not None


class Factory(SQLAlchemyModelFactory, Generic[Row]):
    """A factory whose rows are flushed at once."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = _session.get
        sqlalchemy_session_persistence = "flush"

    if TYPE_CHECKING:
        # Its metaclass has no types: a call of a factory makes a row, and no factory.
        def __new__(cls, **fields: Any) -> Row: ...  # type: ignore[misc]  # "must return a Factory"
