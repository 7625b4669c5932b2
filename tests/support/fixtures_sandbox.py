"""Fixtures around the payment sandbox: the process, a client for it, and a receiver of webhooks."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from mollie.api.client import Client

from tests.support.sandbox_process import KEY, SandboxProcess


class Receiver(ThreadingHTTPServer):
    """Takes webhooks; ``answers`` are the statuses of the next ones, 200 when used up."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.answers: list[int] = []
        self.url = f"http://127.0.0.1:{self.server_port}/haakje?t=abc"

    @property
    def ids(self) -> list[str]:
        """The ids that were received, in order."""
        return [call["id"] for call in self.received]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.received.append(fields | {"content_type": self.headers["Content-Type"]})
        self.server.paths.append(self.path)
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """The sandbox that the tests of this process share."""
    process = SandboxProcess(tmp_path_factory.mktemp("sandbox")).start()
    yield process
    process.stop()


@pytest.fixture
def sandbox(sandbox_process: SandboxProcess) -> SandboxProcess:
    """The shared sandbox, with an empty memory."""
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture
def own_sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    """A sandbox of this test's own, which it may stop, kill and start."""
    process = SandboxProcess(tmp_path).start()
    yield process
    process.stop()


@pytest.fixture
def mollie(sandbox: SandboxProcess) -> Client:
    """The provider's own client library, speaking to the sandbox."""
    return mollie_client(sandbox.url)


def mollie_client(url: str, key: str = KEY, timeout: tuple[int, int] = (2, 10)) -> Client:
    """The provider's own client library, speaking to ``url``."""
    client = Client(api_endpoint=url, timeout=timeout)
    client.set_api_key(key)
    return client


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that takes webhooks."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
