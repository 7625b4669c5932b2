"""Officers' deeds hold several campaigns and a fund: the order in which they do is looked at."""

from collections.abc import Iterator

import pytest

from tests.support.lock_order import lock_order


@pytest.fixture(autouse=True)
def one_order_of_locks() -> Iterator[None]:
    with lock_order() as faults:
        yield
    assert faults == []
