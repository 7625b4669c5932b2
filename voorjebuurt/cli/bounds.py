"""How much a command takes in, and how long it may compute."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import click

MAX_BYTES = 200 * 1024 * 1024
"""Of one file or line: ten times what the site takes."""


class TooLongError(Exception):
    """Computing took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises ``TooLongError`` in the block when it takes longer. For the main thread."""

    def end(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def read_bounded(file: IO[bytes]) -> bytes:
    """All of a file. Raises ``ClickException`` for one that is too large to be anything."""
    return _judged(file.read(MAX_BYTES + 1), file)


def bounded_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Line by line, as ``read_bounded``."""
    while line := file.readline(MAX_BYTES + 1):
        yield _judged(line, file)


def _judged(content: bytes, file: IO[bytes]) -> bytes:
    if len(content) > MAX_BYTES:
        name = getattr(file, "name", "The input")
        raise click.ClickException(f"{name} is larger than {MAX_BYTES // 1024**2} MB.")
    return content
