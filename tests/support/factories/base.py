"""What every factory has in common: the session of the test that runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy.orm import Session

_session: ContextVar[Session] = ContextVar("factory_session")


@contextmanager
def building_in(session: Session) -> Iterator[Session]:
    """Let factories add their rows to this session."""
    token = _session.set(session)
    try:
        yield session
    finally:
        _session.reset(token)


class Factory(SQLAlchemyModelFactory):
    """A factory whose rows are flushed at once."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = _session.get
        sqlalchemy_session_persistence = "flush"
