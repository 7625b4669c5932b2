"""Unit tests stay inside their process: no socket is made, no name looked up, no PostgreSQL asked.

Whatever tries fails with ``OutsideError``, in fixtures of every scope as well as in the test. The
fixtures that start a server fail by name, so that a test that belongs elsewhere says why.
"""

from collections.abc import Iterator

import pytest

from tests.support.isolation import closed


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """Close the way out before the first fixture of a test in this folder."""
    with closed():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Not while fixtures are taken down: other folders' servers may end after the last test."""
    with closed():
        return (yield)


def _refused(name: str) -> None:
    pytest.fail(f"{name}: a unit test has no server; this test belongs in another folder.")


@pytest.fixture(scope="session")
def server_url() -> None:
    """No PostgreSQL here, nor anything made on it: databases, sessions, the site."""
    _refused("server_url")


@pytest.fixture(scope="session")
def sandbox_process() -> None:
    """No payment sandbox as a process."""
    _refused("sandbox_process")


@pytest.fixture
def own_sandbox() -> None:
    """No payment sandbox of one's own either."""
    _refused("own_sandbox")


@pytest.fixture
def receiver() -> None:
    """No receiver of webhooks."""
    _refused("receiver")
