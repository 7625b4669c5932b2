"""Temporary files of a test run in memory, where the machine has room for them there.

Each test process makes a PostgreSQL cluster and copies databases of a thousand files each; to
delete a file on a disk can take a millisecond.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
LEAST_BYTES = 4 * 1024**3
"""Free room below which the disk is used: a container may have 64 MB there."""


def use() -> None:
    """Put the temporary folder of this process and of those that it starts into memory.

    A folder that ``TMPDIR`` names is left as it is.
    """
    if "TMPDIR" in os.environ or not _has_room():
        return
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None  # what it is was remembered when somebody asked before


def _has_room() -> bool:
    try:
        return os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= LEAST_BYTES
    except OSError:
        return False
