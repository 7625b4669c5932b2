"""Programs from Debian's archive for the tests, fetched with a name and how far it is."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")
_STEP = 25
"""Per cent between two lines."""


class DebianError(Exception):
    """It can't be had; the message says why, or what to give."""


def install(name: str, package: str) -> None:
    """Install a package into the system, when we may."""
    prefix = _as_root()
    if shutil.which("apt-get") is None or prefix is None:
        raise DebianError(_advice(package))
    _do([*prefix, "apt-get", "update"])
    command = [*prefix, *_INSTALL, "-o", "APT::Status-Fd=1", package]
    with _popen(command) as process:
        lines: list[str] = []
        for line in progress(name, _kept(process.stdout or (), lines)):
            print(line, flush=True)
    if process.returncode:
        raise DebianError(_reason(lines))


def unpack(name: str, package: str, folder: Path) -> None:
    """Unpack one package into a folder of ours: nobody need be root, and no service is started."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise DebianError(f"there is no apt-get here; install {package} by yourself")
    with tempfile.TemporaryDirectory() as place:
        try:
            _do(["apt-get", "download", package], place)
        except DebianError:
            # Its list of packages is old or not there.
            if (prefix := _as_root()) is None:
                raise
            _do([*prefix, "apt-get", "update"])
            _do(["apt-get", "download", package], place)
        (file,) = Path(place).glob("*.deb")
        print(f"  {name}: {file.stat().st_size / 1e6:.1f} MB fetched", flush=True)
        _do(["dpkg-deb", "--extract", str(file), str(folder)])


def progress(name: str, lines: Iterable[str]) -> Iterator[str]:
    """How far it is, of what apt-get says with ``APT::Status-Fd``: how much, and every quarter."""
    size, marks = "", {"fetched": 0, "set up": 0}
    for line in lines:
        if amount := re.match(r"Need to get (?:[\d.,]+ k?MB/)?([\d.,]+ [kM]?B) of archives", line):
            size = amount[1]
            yield f"  {name}: {size} to fetch"
        state = re.match(r"(dlstatus|pmstatus):[^:]*:([\d.]+):", line)
        if state is None:
            continue
        what, percent = ("fetched" if state[1] == "dlstatus" else "set up"), float(state[2])
        if percent >= marks[what] + _STEP:
            marks[what] = int(percent // _STEP * _STEP)
            yield f"  {name}: {marks[what]}% {what}"


def _kept(lines: Iterable[str], into: list[str]) -> Iterator[str]:
    for line in lines:
        into.append(line)
        yield line


def _popen(command: Sequence[str]) -> subprocess.Popen[str]:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _do(command: Sequence[str], folder: str | None = None) -> None:
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, errors="replace"
    )
    if result.returncode:
        raise DebianError(_reason((result.stdout + result.stderr).splitlines()))


def _reason(lines: Sequence[str]) -> str:
    """What apt-get says last, its errors first."""
    texts = [line.strip() for line in lines if line.strip()]
    errors = [line for line in texts if line.startswith("E: ")]
    return (errors or texts or ["no reason given"])[-1]


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; ``None`` when there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    may = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if may.returncode == 0 else None


def _advice(package: str) -> str:
    if shutil.which("apt-get"):
        return f"give: sudo {' '.join((*_INSTALL, package))}"
    return f"there is no apt-get here; install {package} by yourself"
