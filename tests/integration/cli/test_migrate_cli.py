"""``voorjebuurt migrate``, and what it says when it can't."""

from pathlib import Path

import pytest
from sqlalchemy import text

from voorjebuurt import cli
from voorjebuurt.kernel.db import Database


@pytest.fixture
def migrate(
    monkeypatch: pytest.MonkeyPatch, fresh_database_url: str, tmp_path: Path
) -> pytest.MonkeyPatch:
    monkeypatch.setattr("sys.argv", ["voorjebuurt", "migrate"])
    for name, value in (("DATABASE_URL", fresh_database_url), ("VJB_HOME", str(tmp_path))):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("VJB_ENV", "test")
    return monkeypatch


@pytest.mark.usefixtures("migrate")
def test_a_database_that_is_ahead_is_refused_in_words(fresh_database: Database) -> None:
    with fresh_database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SystemExit) as ending:
        cli.main()
    assert "9999" in str(ending.value.code)
    assert "newer version" in str(ending.value.code)


@pytest.mark.usefixtures("migrate")
def test_what_is_up_to_date_stays_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        cli.main()
    assert ending.value.code == 0
    assert capsys.readouterr().out == "Nothing to apply.\n"
