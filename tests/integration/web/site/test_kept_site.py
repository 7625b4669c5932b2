"""One site serves test after test: to make one takes longer than most tests."""

from pathlib import Path

from tests.support.fixtures_site import Site
from voorjebuurt import settings as application_settings
from voorjebuurt.kernel.db import Database
from voorjebuurt.web.kit.database import SETTINGS


def test_a_site_is_kept_for_other_folders_and_other_secrets(
    site: Site, fresh_database: Database, tmp_path: Path
) -> None:
    before, after = (
        application_settings.load({"VJB_ENV": "test", "VJB_HOME": str(tmp_path / name)})
        for name in ("one", "other")
    )
    assert before.secret_key != after.secret_key
    with site.on(before, fresh_database) as first:
        assert first.extensions[SETTINGS] is before
    with site.on(after, fresh_database) as second:
        assert second is first
        assert second.extensions[SETTINGS] is after
