"""Asking clamd, the virus scanner, about a file: its INSTREAM command over a socket.

clamd reads the bytes from us and never a path, so that it may run elsewhere and sees nothing else.
"""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass

CHUNK = 64 * 1024
MAX_ANSWER = 4096


class ScannerError(Exception):
    """The scanner can't be reached, takes too long, or says that it can't look."""


@dataclass(frozen=True)
class Finding:
    """What the scanner said; ``name`` of what it saw, empty for a clean file."""

    name: str

    @property
    def clean(self) -> bool:
        """Whether it saw nothing."""
        return not self.name


@dataclass(frozen=True)
class Scanner:
    """A clamd at ``host:port``, or at the path of a socket. ``seconds`` for each step."""

    address: str
    seconds: float = 20.0

    def look(self, data: bytes) -> Finding:
        """What clamd says about these bytes. Raises ``ScannerError``."""
        try:
            with closing(self._connection()) as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(data), CHUNK):
                    chunk = data[start : start + CHUNK]
                    connection.sendall(struct.pack("!I", len(chunk)) + chunk)
                connection.sendall(struct.pack("!I", 0))
                return _finding(_answer(connection))
        except (OSError, ValueError) as error:
            raise ScannerError(f"{type(error).__name__}: {error}") from error

    def _connection(self) -> socket.socket:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.seconds)
            try:
                connection.connect(self.address)
            except OSError:
                connection.close()
                raise
            return connection
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=self.seconds)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < MAX_ANSWER:
        part = connection.recv(MAX_ANSWER)
        if not part:
            break
        answer += part
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _finding(answer: str) -> Finding:
    """``stream: OK``, or ``stream: Eicar-Test-Signature FOUND``; all else is no answer."""
    _, _, verdict = answer.partition(": ")
    if verdict == "OK":
        return Finding("")
    name, _, word = verdict.rpartition(" ")
    if word == "FOUND" and name:
        return Finding(name[:200])
    raise ScannerError(f"answered {answer[:200]!r}")
