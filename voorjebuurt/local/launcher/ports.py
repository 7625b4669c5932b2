"""Free ports: the one asked for must be, and the sandbox keeps the one it found."""

import errno
import os
import socket
import time
from pathlib import Path

from voorjebuurt.local.launcher.errors import LaunchError

_PATIENCE_SECONDS = 2.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - translated here, not bound


def ensure_free(host: str, port: int) -> None:
    """Raise ``LaunchError`` unless ``port`` can be listened on.

    Waits a moment first: the processes of a copy that was killed just now may still be ending.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (problem := _problem(host, port)) is not None:
        if problem != errno.EADDRINUSE:
            reason = os.strerror(problem) if problem > 0 else "the address is unknown"
            raise LaunchError(f"Can't listen on {host} port {port}: {reason}.")
        if time.monotonic() > deadline:
            raise LaunchError(f"Port {port} is in use; choose another: make run PORT={port + 1}")
        time.sleep(0.05)


def kept_port(file: Path) -> int:
    """The port in ``file`` while it is free, else another free one, which is written there."""
    try:
        port = int(file.read_text())
    except (FileNotFoundError, ValueError):
        port = 0
    if not 1024 <= port <= 65535 or _problem("127.0.0.1", port) is not None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        file.write_text(f"{port}\n")
    return port


def answers(host: str, port: int) -> bool:
    """Whether something listens on ``port``; a ``host`` that means every address will do."""
    try:
        with socket.create_connection((_EVERYWHERE.get(host, host), port), timeout=1):
            return True
    except OSError:
        return False


def _problem(host: str, port: int) -> int | None:
    """The error number with which listening fails; negative when the host is unknown."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        return error.errno or errno.EINVAL
    return None
