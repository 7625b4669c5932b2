"""The programs that the launcher keeps running."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from voorjebuurt.local.launcher.children import Child

SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); "
WITH_GRANDCHILD = (
    "import subprocess, sys, time; "
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "print(child.pid, flush=True); time.sleep(60)"
)


def started(program: str, folder: Path) -> Child:
    child = Child("program", [sys.executable, "-c", program], os.environ, folder / "program.log")
    child.start()
    until(lambda: child.log.read_text() != "")
    return child


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_crashed_program_is_started_again(tmp_path: Path) -> None:
    child = started(SLEEPS, tmp_path)
    first = child.pid
    assert child.tend() is None
    assert first is not None
    os.kill(first, signal.SIGKILL)
    until(lambda: not child.running)
    assert child.tend() == -signal.SIGKILL
    until(lambda: child.tend() is None and child.running)
    assert child.pid != first
    assert child.stop(5)


def test_each_crash_in_a_row_waits_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1000.0]
    monkeypatch.setattr("voorjebuurt.local.launcher.children.time.monotonic", lambda: moment[0])
    child = Child("program", [sys.executable, "-c", "raise SystemExit(3)"], {}, tmp_path / "log")
    child.start()
    waits = []
    for _ in range(3):
        while child.running:
            time.sleep(0.01)
        dead, found_dead_at = child.pid, moment[0]
        assert child.tend() == 3
        while child.pid == dead:
            moment[0] += 0.25
            child.tend()
        waits.append(moment[0] - found_dead_at)
    assert waits == [0.5, 1.0, 2.0]
    child.stop(5)


def test_what_a_killed_program_leaves_behind_is_ended(tmp_path: Path) -> None:
    child = started(WITH_GRANDCHILD, tmp_path)
    grandchild = int(child.log.read_text())
    assert alive(grandchild)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    until(lambda: not child.running)
    child.tend()
    until(lambda: not alive(grandchild))
    child.stop(5)


def test_a_program_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    child = started(DEAF + "time.sleep(60)", tmp_path)
    pid = child.pid
    assert pid is not None
    assert not child.stop(0.2)
    until(lambda: not alive(pid))


def test_the_last_words_are_the_last_line(tmp_path: Path) -> None:
    child = started("print('first'); print('it broke')", tmp_path)
    until(lambda: not child.running)
    assert child.last_words() == f"it broke (see {tmp_path / 'program.log'})"
