"""What a log tells of an error, and what it keeps to itself."""

import json
from pathlib import Path

import pytest
import structlog

from tests.support.production import PRODUCTION
from voorjebuurt import settings as site_settings
from voorjebuurt.kernel import logs
from voorjebuurt.settings import Settings


def fail() -> None:
    password = "-".join(["hun", "ter"])
    raise RuntimeError("it broke", len(password))


def test_an_error_is_told_without_what_variables_held(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(site_settings.load({"VJB_ENV": "development", "VJB_HOME": str(tmp_path)}))
    try:
        fail()
    except RuntimeError:
        structlog.get_logger("voorjebuurt.test").exception("broken")
    finally:
        logs.configure(settings)
    output = capsys.readouterr().err
    assert "RuntimeError: ('it broke', 7)" in output
    assert "hun-ter" not in output
    assert "╭" not in output, "nothing is drawn"


def test_a_line_end_in_a_value_begins_no_second_line_and_every_line_has_its_moment(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In production a line is an event: nobody writes one by typing it."""
    places = {"VJB_HOME": str(tmp_path), "DATABASE_URL": "postgres://u:p@localhost/x"}
    logs.configure(site_settings.load({**PRODUCTION, **places}))
    try:
        forgery = 'x"}\n{"event": "signed_in", "person": "staff"}\r\u2028\x1b[31m'
        structlog.get_logger("voorjebuurt.test").info("refused", code=forgery)
    finally:
        logs.configure(settings)
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["event"], event["code"]) == ("refused", forgery)
    assert event["timestamp"].endswith("Z")
    assert "\x1b" not in line
