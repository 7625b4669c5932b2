"""Deeds in transactions of their own, to be done at the same moment."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

Result = TypeVar("Result")


class Build(Protocol):
    """See the fixture ``build``."""

    def __call__(self, what: Callable[[Session], Result]) -> Result: ...


class Alone(Protocol):
    """See the fixture ``alone``."""

    def __call__(self, what: Callable[[Session], Result]) -> Callable[[], Result]: ...


def no_deadlock(results: Sequence[object]) -> None:
    assert not [result for result in results if "deadlock" in str(result)], results
