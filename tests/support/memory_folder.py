"""Temporary files of a test run in memory, where the machine has room for them there.

Each test process makes a PostgreSQL cluster and copies databases of a thousand files each; to
delete a file on a disk can take a millisecond.
"""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

MEMORY = Path("/dev/shm")
DAY_SECONDS = 24 * 60 * 60
LEAST_BYTES = 4 * 1024**3
"""Free room below which the disk is used: a container may have 64 MB there."""


def use() -> None:
    """Put the temporary folder of this process and of those that it starts into memory.

    A folder that ``TMPDIR`` names is left as it is.
    """
    if "TMPDIR" in os.environ or not _has_room():
        return
    _sweep()
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None  # what it is was remembered when somebody asked before


def _has_room() -> bool:
    try:
        runs_programs = not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC  # not in a container's
        return (
            os.access(MEMORY, os.W_OK)
            and runs_programs
            and min(shutil.disk_usage(MEMORY).free, _free_memory()) >= LEAST_BYTES
        )
    except OSError:
        return False


def _free_memory() -> int:
    """Bytes that can be used without anybody having to give way: a quota is no memory."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        name, _, size = line.partition(":")
        if name == "MemAvailable":
            return int(size.split()[0]) * 1024
    return 0


def _sweep() -> None:
    """Remove what runs left that were killed a day ago or more: here it takes memory."""
    for folder in MEMORY.glob("voorjebuurt-test-*"):
        with suppress(OSError):
            if folder.stat().st_mtime < time.time() - DAY_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
