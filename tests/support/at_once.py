"""Several deeds at the same moment, each in its own thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Result = TypeVar("Result")


def at_once(*deeds: Callable[[], Result]) -> list[Result | Exception]:
    """Start all deeds together in threads; their results, or the errors they ended in."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], Result]) -> Result | Exception:
        barrier.wait(timeout=10)
        try:
            return deed()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds, timeout=60))


def without_errors(results: list[Result | Exception]) -> list[Result]:
    """The same, of which none may be an error."""
    values = []
    for result in results:
        if isinstance(result, Exception):
            raise result
        values.append(result)
    return values
