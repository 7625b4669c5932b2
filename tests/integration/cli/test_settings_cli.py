"""``voorjebuurt settings check``: what is refused, and what is only advised against."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.production import PRODUCTION
from voorjebuurt.cli.settings import command
from voorjebuurt.settings import SettingsError


def check(tmp_path: Path, **changes: str) -> str:
    environment = {**PRODUCTION, "VJB_HOME": str(tmp_path), **changes}
    result = CliRunner().invoke(command, ["check"], env=environment)
    if result.exception is not None:
        raise result.exception
    return result.output


def test_it_says_what_would_be_refused_at_the_start_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refusal:
        check(tmp_path, SECRET_KEY="x" * 40, DEBTOR_BIC="ABNANL2A")
    lines = str(refusal.value).splitlines()
    assert len(lines) == 2
    assert "secrets.token_urlsafe" in lines[0]
    assert "INGBNL2A" in lines[1]


def test_it_says_what_the_proxy_seems_to_need(tmp_path: Path) -> None:
    assert "seems to need TRUSTED_PROXIES=1" in check(tmp_path)
    assert "TRUSTED_PROXIES" not in check(tmp_path, TRUSTED_PROXIES="1")
    at_home = {"VJB_ENV": "development", "BASE_URL": "", "MOLLIE_API_KEY": ""}
    assert "can choose any address" in check(tmp_path, **at_home, TRUSTED_PROXIES="1")
