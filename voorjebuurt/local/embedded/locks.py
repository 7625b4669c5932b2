"""A lock on a file that lasts as long as its holder lives, however it dies."""

import fcntl
import os
from pathlib import Path

from voorjebuurt.local.embedded.errors import EmbeddedError


class FileLock:
    """An advisory lock (flock) on ``path``; the kernel releases it when the process is gone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def acquire(self, refusal: str) -> None:
        """Take the lock, or raise ``EmbeddedError(refusal)`` when another process holds it.

        ``refusal`` may name the holder as ``{pid}``.
        """
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(fd, 32).decode(errors="replace").strip() or "unknown"
            os.close(fd)
            raise EmbeddedError(refusal.format(pid=holder)) from None
        except OSError:
            os.close(fd)
            raise
        os.ftruncate(fd, 0)
        os.write(fd, str(os.getpid()).encode())
        self._fd = fd

    def release(self) -> None:
        """Give the lock back. The file stays: removing it would let two processes in."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
