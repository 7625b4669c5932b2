"""Terms after which data of people are thrown away, as settings."""

from pathlib import Path

import pytest

from voorjebuurt import paths, settings
from voorjebuurt.settings import SettingsError


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the settings' files, to change."""
    for file in paths.CONFIG.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text())
    monkeypatch.setattr(paths, "CONFIG", tmp_path)
    return tmp_path / "default.toml"


@pytest.mark.parametrize(
    ("line", "instead", "least"),
    [
        ("unpaid_gift_days = 30", "unpaid_gift_days = 13", 14),
        ("mail_days = 180", "mail_days = 13", 14),
        ("sign_in_days = 90", "sign_in_days = 13", 14),
        ("unconfirmed_mail_days = 30", "unconfirmed_mail_days = 0", 1),
        ("import_days = 1", "import_days = 0", 1),
        ("place_wish_days = 730", "place_wish_days = 13", 14),
        ("mailed_fact_days = 730", "mailed_fact_days = 364", 365),
    ],
)
def test_a_term_that_is_too_short_is_refused(
    config: Path, tmp_path: Path, line: str, instead: str, least: int
) -> None:
    assert f"\n{line}\n" in config.read_text()
    config.write_text(config.read_text().replace(f"\n{line}\n", f"\n{instead}\n"))
    with pytest.raises(SettingsError) as error:
        settings.load({"VJB_HOME": str(tmp_path)})
    name = line.partition(" ")[0]
    (message,) = str(error.value).splitlines()
    assert message == f"retention.{name} is {instead.split()[-1]}; it must be {least} or more."
