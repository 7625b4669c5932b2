"""What a log tells of an error, and what it keeps to itself."""

from pathlib import Path

import pytest
import structlog

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
