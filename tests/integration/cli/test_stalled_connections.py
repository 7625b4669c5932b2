"""The real server, and connections that open and then say nothing."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

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


FRAMINGS = (
    b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
    b"Content-Length: 0\r\nContent-Length: 40\r\n",
    b"Transfer-Encoding: xchunked\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b"Content-Length: +4\r\n",
)
HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-ID: smuggled-1\r\n\r\n"


def test_no_request_hides_in_the_body_of_another(port: int) -> None:
    """Where a server and its proxy disagree about the end of a body, what is in it becomes the
    next visitor's request. Ours refuses, or takes the one meaning that there is.
    """
    for framing in FRAMINGS:
        head = b"POST /hooks/mollie/x HTTP/1.1\r\nHost: x\r\n" + framing + b"\r\n"
        with socket.create_connection(("127.0.0.1", port), timeout=2) as peer:
            peer.sendall(head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN))
            answer = _all_of(peer)
        assert b"smuggled-1" not in answer, framing
        assert answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 200")), framing
    trace = requests.request("TRACE", f"http://127.0.0.1:{port}/", timeout=5)
    assert trace.status_code == 405


def _all_of(peer: socket.socket) -> bytes:
    answer = b""
    with suppress(TimeoutError):
        while piece := peer.recv(65536):
            answer += piece
    return answer
