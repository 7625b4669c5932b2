"""``voorjebuurt run`` for real: it serves, survives being killed, and stops without a trace."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(home: Path, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    # What measures the coverage of processes is told by the environment.
    keep = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME") or name.startswith("COVERAGE_")
    }
    with subprocess.Popen(
        [sys.executable, "-m", "voorjebuurt", "run"],
        env={**keep, "VJB_ENV": "test", "VJB_HOME": str(home), "PORT": str(port), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def readiness(port: int) -> dict[str, object]:
    """What ``/readyz`` says once everything is there."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                body: dict[str, object] = json.load(answer)
                return body
        except URLError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def announcement(process: subprocess.Popen[str]) -> str:
    """What was said until it told how to stop: it answers a little before it says so."""
    assert process.stdout is not None
    output = ""
    for line in process.stdout:
        output += line
        if "Ctrl-C" in line:
            return output
    raise AssertionError(f"it ended without an announcement: {output}")


def belonging_to(home: Path) -> list[int]:
    """The processes that were told of ``home``, and PostgreSQL's own."""
    pids = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_ours = f"VJB_HOME={home}".encode() in (process / "environ").read_bytes().split(b"\0")
            if is_ours or (process / "cwd").readlink().is_relative_to(home):
                pids.append(int(process.name))
        except OSError:
            continue
    return pids


def nothing_left_of(home: Path) -> bool:
    deadline = time.monotonic() + PATIENCE
    while belonging_to(home):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder whose name has what addresses and shells read in ways of their own."""
    return tmp_path / 'my home+50% #1\'s "x"'


def test_it_serves_survives_a_kill_and_stops_clean(home: Path) -> None:
    port = free_port()
    with running(home, port) as first:
        everything = {"database": True, "migrations": True, "worker": True}
        assert readiness(port)["checks"] == everything
        port_before = (home / "sandbox" / "port").read_text()
        first.kill()
        first.wait()
    assert nothing_left_of(home)
    with running(home, port) as second:
        assert readiness(port)["checks"] == everything
        assert (home / "sandbox" / "port").read_text() == port_before
        words = announcement(second)
        second.send_signal(signal.SIGINT)
        output, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, output
    assert f"http://localhost:{port}" in words
    assert output.endswith("Stopping.\n")
    assert nothing_left_of(home)
    assert "database system is shut down" in (home / "postgres" / "server.log").read_text()


def test_two_copies_run_side_by_side(tmp_path: Path) -> None:
    ports = (free_port(), free_port())
    with running(tmp_path / "one", ports[0]), running(tmp_path / "two", ports[1]):
        assert [readiness(port)["status"] for port in ports] == ["ok", "ok"]
    assert nothing_left_of(tmp_path / "one")
    assert nothing_left_of(tmp_path / "two")


def test_a_database_of_ones_own_is_used(home: Path, fresh_database_url: str) -> None:
    port = free_port()
    with running(home, port, DATABASE_URL=fresh_database_url.replace("+psycopg", "")):
        assert readiness(port)["status"] == "ok"
    assert not (home / "postgres").exists()
    assert nothing_left_of(home)
