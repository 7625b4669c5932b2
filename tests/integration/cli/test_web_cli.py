"""``voorjebuurt web`` warns at the start of what it can't bound by itself."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from granian.server import Server

from tests.support.production import PRODUCTION
from voorjebuurt.cli.web import command


def started(tmp_path: Path, **changes: str) -> list[str]:
    """What is logged up to where it begins to serve."""
    environment = {**PRODUCTION, "VJB_HOME": str(tmp_path), **changes}
    result = CliRunner().invoke(command, [], env=environment)
    assert result.exit_code == 0, result.output
    return result.stderr.splitlines()


@pytest.fixture(autouse=True)
def no_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "serve", lambda self, **options: None)


@pytest.mark.parametrize(
    "environment",
    [{}, {"VJB_ENV": "acceptance", "MOLLIE_API_KEY": "test_Ab3dE5gH7jK9mN2pQ4rS6tU8vW0xY1"}],
)
def test_production_without_a_proxy_is_warned_of_bodies_that_come_slowly(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (line,) = started(tmp_path, **environment)
    event = json.loads(line)
    assert event["level"] == "warning"
    assert "holds a thread" in event["advice"]


def test_nobody_else_is_warned(tmp_path: Path) -> None:
    assert started(tmp_path, TRUSTED_PROXIES="1") == []
    assert started(tmp_path, VJB_ENV="development", BASE_URL="", MOLLIE_API_KEY="") == []
