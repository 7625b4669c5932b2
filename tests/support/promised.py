"""What a campaign promised, made otherwise than the factories make it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session


@contextmanager
def from_the_start(session: Session) -> Iterator[None]:
    """What the block changes of a live campaign was so before anybody gave.

    The database keeps what people gave for; it looks away from this block alone.
    """
    session.flush()
    # What waits for the end of the transaction is judged now: PostgreSQL alters no table before.
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("ALTER TABLE campaigns DISABLE TRIGGER keep_promises"))
    yield
    session.flush()
    session.execute(text("ALTER TABLE campaigns ENABLE TRIGGER keep_promises"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
