"""Where the temporary files of a test run go."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from tests.support import memory_folder


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder instead of the machine's own, with room enough."""
    monkeypatch.setattr(memory_folder, "MEMORY", tmp_path)
    monkeypatch.setattr(memory_folder, "LEAST_BYTES", 1)
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())
    monkeypatch.setenv("TMPDIR", "")  # so that it is undone afterwards, whatever it was
    monkeypatch.delenv("TMPDIR")
    return tmp_path


def test_they_go_where_there_is_room(memory: Path) -> None:
    memory_folder.use()
    assert (os.environ["TMPDIR"], tempfile.gettempdir()) == (str(memory), str(memory))


def test_they_stay_on_disk_without_room_or_memory(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_folder, "LEAST_BYTES", 1 << 60)
    memory_folder.use()
    assert "TMPDIR" not in os.environ
    monkeypatch.setattr(memory_folder, "MEMORY", memory / "not-mounted")
    memory_folder.use()
    assert "TMPDIR" not in os.environ


def test_a_folder_that_was_named_stays(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    memory_folder.use()
    assert os.environ["TMPDIR"] == "/elsewhere"


def test_what_a_killed_run_left_goes_after_a_day(memory: Path) -> None:
    old, young, other = (
        memory / name for name in ("voorjebuurt-test-old", "voorjebuurt-test-new", "else")
    )
    for folder in (old, young, other):
        folder.mkdir()
    for folder in (old, other):
        os.utime(folder, (time.time() - 90_000,) * 2)
    memory_folder.use()
    assert [old.exists(), young.exists(), other.exists()] == [False, True, True]
