"""In races the order of locks is looked at: a deadlock is seldom seen, its cause always."""

from collections.abc import Iterator

import pytest

from tests.support.lock_order import lock_order


@pytest.fixture(autouse=True)
def one_order_of_locks() -> Iterator[None]:
    with lock_order() as faults:
        yield
    assert faults == []
