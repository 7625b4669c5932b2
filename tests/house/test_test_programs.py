"""Programs for the tests are fetched with their name and how far it is."""

import sys
from pathlib import Path

import pytest

from tests.support import chromium, debian, nginx
from tests.support.source import ROOT

SAID = """\
Reading package lists...
Need to get 83.4 MB of archives.
After this operation, 301 MB of additional disk space will be used.
dlstatus:1:0.0000:Retrieving file 1 of 12
dlstatus:3:12.4000:Retrieving file 3 of 12 (9s remaining)
dlstatus:3:26.0000:Retrieving file 3 of 12 (7s remaining)
dlstatus:9:99.1000:Retrieving file 9 of 12
pmstatus:dpkg-exec:0.0000:Running dpkg
pmstatus:chromium-common:30.1000:Preparing chromium-common (amd64)
Unpacking chromium-common ...
pmstatus:chromium:80.0000:Installed chromium (amd64)
"""


def test_each_line_has_the_name_and_how_far_it_is() -> None:
    assert list(debian.progress("Chromium", SAID.splitlines())) == [
        "  Chromium: 83.4 MB to fetch",
        "  Chromium: 25% fetched",
        "  Chromium: 75% fetched",
        "  Chromium: 25% set up",
        "  Chromium: 75% set up",
    ]


def test_without_apt_it_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(debian.DebianError, match="install chromium by yourself"):
        debian.install("Chromium", "chromium")
    with pytest.raises(debian.DebianError, match="install nginx by yourself"):
        debian.unpack("nginx", "nginx", Path("/nowhere"))


def test_where_nginx_can_not_be_had_setting_up_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    nginx.fetch()
    assert "tests with it are skipped" in capsys.readouterr().out


def test_without_a_chromium_setting_up_ends_with_what_to_give(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SystemExit, match="CHROMIUM=/path/to/one"):
        chromium.install()


def test_a_named_program_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VJB_TEST_NGINX", sys.executable)
    assert nginx.find() == sys.executable
    monkeypatch.setenv("CHROMIUM", "/no/such/program")
    assert chromium.find() is None


def test_setting_up_fetches_both() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for program in (chromium, nginx):
        assert f"-m {program.__name__}" in makefile
