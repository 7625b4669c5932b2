"""Which statements reach the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the text of every statement that is executed in the block."""
    texts: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        texts.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield texts
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def written(texts: list[str]) -> list[str]:
    """Those that change something."""
    return [text for text in texts if text.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE")]
