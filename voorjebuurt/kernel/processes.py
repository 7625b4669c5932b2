"""Child processes that never outlive their parent, and finding those that did all the same."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(stop: signal.Signals, parent: int) -> None:
    """Ask the kernel for ``stop`` when the parent dies; to be called in the child.

    ``parent`` is the pid the child expects: if it died before this call no signal would come.
    """
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(stop), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), stop)


def before_exec(stop: signal.Signals) -> Callable[[], None]:
    """A ``preexec_fn`` that ties a new child to the process that calls this."""
    parent = os.getpid()
    return lambda: die_with_parent(stop, parent)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose own parent died, so that they don't escape."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury_orphans(own: Container[int | None]) -> None:
    """Collect the adopted processes that ended, leaving our ``own`` children to who waits."""
    if sys.platform != "linux":
        return
    with suppress(ChildProcessError):
        while dead := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if dead.si_pid in own:
                return
            os.waitpid(dead.si_pid, 0)


def working_in(folder: Path, name: str) -> Iterator[int]:
    """The pids of processes called ``name`` whose working folder is ``folder`` itself.

    This, not a pid in a file, is what proves that a PostgreSQL process belongs to a cluster:
    pids are used again, and a cluster's processes all work in its folder. Linux only.
    """
    place = folder.stat()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "comm").read_text().strip() != name:
                continue
            if os.path.samestat((process / "cwd").stat(), place):
                yield int(process.name)
        except OSError:  # it ended meanwhile, or is another user's
            continue
