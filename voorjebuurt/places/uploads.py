"""Uploaded official files, kept in the state folder until a job has taken them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from voorjebuurt.settings import Settings


def keep_upload(settings: Settings, import_id: UUID, stream: BinaryIO) -> None:
    """Keep a file's bytes for the import with this id; only the site's own user may read them."""
    path = uploaded_file(settings, import_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    stream.seek(0)
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file, 1 << 20)


def uploaded_file(settings: Settings, import_id: UUID) -> Path:
    """Where the file of an import is kept."""
    return _folder(settings) / f"{import_id}.upload"


def uploaded_files(settings: Settings) -> Iterator[Path]:
    """All files that are kept."""
    yield from sorted(_folder(settings).glob("*.upload"))


def _folder(settings: Settings) -> Path:
    return settings.home / "imports"
