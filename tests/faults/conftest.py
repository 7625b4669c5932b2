"""The world of a fault, as a fixture."""

import pytest

from tests.support.faults.world import World, free_port, served, world_settings


@pytest.fixture
def world(fresh_database, fresh_database_url, sandbox, site, tmp_path):
    """A site of this test's own, with an empty database and an empty sandbox."""
    settings = world_settings(tmp_path, free_port(), fresh_database_url, sandbox.url)
    with site.on(settings, fresh_database) as app, served(app, settings):
        yield World(fresh_database, settings, sandbox)
