"""A clamd that speaks INSTREAM over a real socket, and can be told to be slow or silly."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.attached_files import EICAR


class FakeClamd:
    """Listens on a port of its own; finds EICAR. ``answer`` replaces what it would say; with
    ``silent`` it says nothing.
    """

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._socket.settimeout(0.05)
        self.answer: bytes | None = None
        self.silent = False
        self.scans: list[bytes] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self._over.set()
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                connection, _address = self._socket.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                try:
                    self._talk(connection)
                except OSError:
                    continue

    def _talk(self, connection: socket.socket) -> None:
        if _exactly(connection, 10) != b"zINSTREAM\0":
            connection.sendall(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while size := struct.unpack("!I", _exactly(connection, 4))[0]:
            data += _exactly(connection, size)
        self.scans.append(data)
        if self.silent:
            connection.recv(1)  # until the other side hangs up
            return
        verdict = b"Eicar-Test-Signature FOUND" if EICAR in data else b"OK"
        connection.sendall(self.answer or b"stream: " + verdict + b"\0")


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise OSError("hung up")
        data += part
    return data


@contextmanager
def fake_clamd() -> Iterator[FakeClamd]:
    """A scanner that listens while the block runs."""
    clamd = FakeClamd()
    try:
        yield clamd
    finally:
        clamd.stop()
