"""The real server, and connections that open and then say nothing."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from tests.support.sandbox_process import wait_for
from voorjebuurt import paths

SERVER = """
from voorjebuurt.cli import web
web.HEADER_SECONDS = 2
web.command()
"""
"""``voorjebuurt web``, less patient than it is."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def port(fresh_database_url: str, tmp_path: object) -> Iterator[int]:
    """The port of a server process."""
    number = _free_port()
    environ = {
        **os.environ,
        "DATABASE_URL": fresh_database_url.replace("+psycopg", ""),
        "PORT": str(number),
        "PYTHONPATH": str(paths.CONFIG.parent),
        "VJB_ENV": "test",
        "VJB_HOME": str(tmp_path),
    }
    process = subprocess.Popen([sys.executable, "-c", SERVER], env=environ)
    try:
        wait_for(lambda: _lives(number), seconds=60)
        yield number
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _lives(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).ok
    except requests.RequestException:
        return False


def test_who_does_not_say_what_they_want_is_let_go_and_nobody_waits(port: int) -> None:
    peers = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(60)]
    try:
        for peer in peers:
            peer.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert _lives(port)
        assert peers[0].recv(1_000) in (b"", b"HTTP/1.1 408 Request Timeout\r\n\r\n")
    finally:
        for peer in peers:
            peer.close()
    assert _lives(port)
