"""One of the processes that the launcher keeps running."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from voorjebuurt.kernel.processes import before_exec
from voorjebuurt.local.launcher.ports import answers

_SHORTEST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_HEALTHY_SECONDS = 60.0
_LOG_BYTES = 5_000_000


class Child:
    """A program that is started again when it ends by itself, more slowly each time.

    It leads a process group of its own: Ctrl-C reaches only the launcher, which ends its children
    in order; and what a killed child leaves behind is found in its group and ended.
    """

    def __init__(
        self,
        name: str,
        command: list[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        address: tuple[str, int] | None = None,
    ) -> None:
        self.name = name
        self._address = address
        self.log = log
        self._command = command
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = _SHORTEST_PAUSE
        self._again_at: float | None = None

    @property
    def pid(self) -> int | None:
        """The program's process id while it runs, or until it was found dead."""
        return self._process.pid if self._process is not None else None

    @property
    def running(self) -> bool:
        """Whether the program runs at this moment."""
        return self._process is not None and self._process.poll() is None

    @property
    def serves(self) -> bool:
        """Whether the program runs and, when it has a port, answers there."""
        return self.running and (self._address is None or answers(*self._address))

    def start(self) -> None:
        """Start the program; it is killed when this process dies."""
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.rename(self.log.with_suffix(".log.old"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                preexec_fn=before_exec(signal.SIGKILL),
                process_group=0,
            )
        self._started = time.monotonic()
        self._again_at = None

    def tend(self) -> int | None:
        """Start the program again when it is time to; its exit code when it was found dead."""
        if self._process is None or self.running:
            return None
        now = time.monotonic()
        if self._again_at is not None:
            if now >= self._again_at:
                self.start()
            return None
        self._end_group()
        if now - self._started > _HEALTHY_SECONDS:
            self._pause = _SHORTEST_PAUSE
        self._again_at = now + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        return self._process.returncode

    def stop(self, seconds: float) -> bool:
        """Ask the program to end and wait so long for it; False when it had to be killed."""
        process, self._process = self._process, None
        if process is None:
            return True
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        finally:
            self._end_group(process)
        return True

    def renew(self, seconds: float) -> None:
        """Stop the program and start it again, because what it depends on was renewed."""
        self.stop(seconds)
        self.start()

    def last_words(self) -> str:
        """The last line in the log, for a message; the file has the rest."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        words = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
        return f"{words} (see {self.log})"

    def _end_group(self, process: subprocess.Popen[bytes] | None = None) -> None:
        process = process or self._process
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
