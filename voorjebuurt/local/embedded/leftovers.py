"""Ends PostgreSQL processes that outlived whoever started them."""

import os
import signal
import sys
import time
from pathlib import Path

from voorjebuurt.kernel.processes import working_in
from voorjebuurt.local.embedded.errors import EmbeddedError


def end_leftovers(data: Path, sockets: Path) -> None:
    """End what still runs on this cluster although nobody holds its lock.

    That is a server whose parent was killed a moment ago, or one whose parent-death signal never
    came. Then the pid files that remain are stale: PostgreSQL itself would mistake another
    process that got the same pid for a running server.
    """
    if sys.platform != "linux":
        return
    for signal_number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
        deadline = time.monotonic() + seconds
        pids = list(working_in(data, "postgres"))
        for pid in pids:
            _send(pid, signal_number)
        while pids and time.monotonic() < deadline:
            time.sleep(0.02)
            pids = list(working_in(data, "postgres"))
        if not pids:
            for stale in (data / "postmaster.pid", *sockets.iterdir()):
                stale.unlink(missing_ok=True)
            return
    raise EmbeddedError(f"An old PostgreSQL on {data} does not end (processes {pids}).")


def _send(pid: int, signal_number: signal.Signals) -> None:
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        return
