"""What can go wrong while starting PostgreSQL, told in one line."""

import errno
from pathlib import Path

from voorjebuurt.kernel.errors import StartError


class EmbeddedError(StartError):
    """The embedded PostgreSQL can't start; the message is one line for who started it."""


def explain(error: OSError, folder: Path) -> EmbeddedError:
    """The one line for an ``OSError`` that happened while working in ``folder``."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EmbeddedError(f"The disk is full: no room for the state in {folder}.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return EmbeddedError(
            f"The state folder {folder} can't be written ({error.strerror}); "
            "choose another with VJB_HOME."
        )
    return EmbeddedError(f"The state folder {folder} can't be used: {error.strerror}.")
