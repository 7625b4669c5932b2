"""Under whose name PostgreSQL runs: one's own, or, when started as root, a powerless one.

PostgreSQL refuses to run as root. Started as root we therefore give it an existing account
without rights, and hand it its folders as open handles: that account need not be able to walk
there, and no parent folder has to be opened up for it.
"""

import os
import pwd
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voorjebuurt.local.embedded.errors import EmbeddedError

_POWERLESS = ("nobody", "postgres")


@dataclass(frozen=True)
class SystemUser:
    """An operating system account to which a child process is lowered."""

    name: str
    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        """The arguments of ``subprocess`` that lower a child to this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}


def server_user() -> SystemUser | None:
    """The account to lower PostgreSQL to, or ``None`` when we are an ordinary user ourselves."""
    if os.geteuid() != 0:
        return None
    if sys.platform != "linux":
        raise EmbeddedError("PostgreSQL can't run as root here: start it as an ordinary user.")
    for name in _POWERLESS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemUser(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedError("PostgreSQL can't run as root, and there is no account 'nobody' for it.")


@contextmanager
def handed_over(
    account: SystemUser | None, *folders: Path
) -> Iterator[tuple[list[str], list[int]]]:
    """What to call ``folders`` in a child that runs as ``account``, and the handles to pass it.

    An ordinary user's child uses the paths themselves and needs no handles.
    """
    if account is None:
        yield [str(folder) for folder in folders], []
        return
    handles: list[int] = []
    try:
        for folder in folders:
            handles.append(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        yield [f"/proc/self/fd/{handle}" for handle in handles], handles
    finally:
        for handle in handles:
            os.close(handle)


def own(folder: Path, account: SystemUser | None) -> None:
    """Make ``folder`` if need be, private to the account that PostgreSQL runs as."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
