"""A production site behind nginx, for tests that ask what an operator's proxy does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import nginx
from tests.support.proxy import Proxy, proxied_site
from voorjebuurt.kernel.db import Database


@pytest.fixture
def proxy(fresh_database: Database, fresh_database_url: str, tmp_path: Path) -> Iterator[Proxy]:
    """The block of the docs as it is."""
    if nginx.find() is None:
        pytest.skip(nginx.ABSENT)
    with proxied_site(fresh_database, fresh_database_url, tmp_path, {}) as site:
        yield site


def waiting(seconds: int) -> dict[str, str]:
    """Waits for what visitors say so long: other tests of a busy machine take time too."""
    return {
        f"client_{part}_timeout {space}{usual}s;": f"client_{part}_timeout {seconds}s;"
        for part, space, usual in (("header", "    ", 10), ("body", "      ", 15))
    }


@pytest.fixture
def impatient_proxy(
    fresh_database: Database, fresh_database_url: str, tmp_path: Path
) -> Iterator[Proxy]:
    """It waits for what visitors say no longer than two seconds."""
    if nginx.find() is None:
        pytest.skip(nginx.ABSENT)
    with proxied_site(fresh_database, fresh_database_url, tmp_path, waiting(2)) as site:
        yield site


@pytest.fixture
def patient_proxy(
    fresh_database: Database, fresh_database_url: str, tmp_path: Path
) -> Iterator[Proxy]:
    """It waits two minutes."""
    if nginx.find() is None:
        pytest.skip(nginx.ABSENT)
    with proxied_site(fresh_database, fresh_database_url, tmp_path, waiting(120)) as site:
        yield site
