"""The world of a fault, as a fixture."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.faults.world import World, free_port, served, world_settings
from tests.support.fixtures_site import Site
from tests.support.sandbox_process import SandboxProcess
from voorjebuurt.kernel.db import Database


@pytest.fixture
def world(
    fresh_database: Database,
    fresh_database_url: str,
    sandbox: SandboxProcess,
    site: Site,
    tmp_path: Path,
) -> Iterator[World]:
    """A site of this test's own, with an empty database and an empty sandbox."""
    settings = world_settings(tmp_path, free_port(), fresh_database_url, sandbox.url)
    with site.on(settings, fresh_database) as app, served(app, settings):
        yield World(fresh_database, settings, sandbox)
