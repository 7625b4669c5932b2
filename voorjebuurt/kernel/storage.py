"""Uploaded files: kept under names made of their content, so that they never change.

``Storage`` is the small interface that an S3-compatible store would also fit; the folder is what
an installation on one machine needs.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}\.[a-z0-9]{1,8}", re.ASCII)


class Storage(Protocol):
    """Keeps bytes under names. A name is written once; what it holds doesn't change."""

    def put(self, name: str, data: bytes) -> None:
        """Keep ``data`` under ``name``; putting the same name again is a no-op."""

    def get(self, name: str) -> bytes | None:
        """The bytes under ``name``, or None."""

    def has(self, name: str) -> bool:
        """Whether there is something under ``name``."""

    def delete(self, name: str) -> None:
        """Forget ``name``; no error when it isn't there."""

    def names(self, *, before: datetime) -> Iterator[str]:
        """The names that were last put before a moment."""


class FolderStorage:
    """A folder on this machine, in subfolders by the first two characters of the names."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, data: bytes) -> None:
        """Keep ``data``, in one step: nobody ever reads half a file."""
        path = self._path(name)
        if path.exists():
            # It is in use again: a sweep of old files must let it be.
            path.touch()
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(data)
        beside.replace(path)

    def get(self, name: str) -> bytes | None:
        """The bytes, or None; also for a name that could never be one."""
        if not _NAME.fullmatch(name):
            return None
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return bool(_NAME.fullmatch(name)) and self._path(name).is_file()

    def delete(self, name: str) -> None:
        """Remove the file."""
        self._path(name).unlink(missing_ok=True)

    def names(self, *, before: datetime) -> Iterator[str]:
        """Every file that was last put before a moment."""
        for path in sorted(self._root.glob("*/*.*")):
            put_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if not path.name.startswith(".") and put_at < before:
                yield path.name

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a name of a stored file: {name!r}")
        return self._root / name[:2] / name
