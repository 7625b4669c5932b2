"""The folder of uploads."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voorjebuurt.kernel.storage import FolderStorage

NAME = "0abc-480x360-480.jpg"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "uploads")


def test_what_was_put_can_be_got_and_deleted(storage: FolderStorage) -> None:
    assert storage.get(NAME) is None

    storage.put(NAME, b"bytes")

    assert storage.get(NAME) == b"bytes"
    assert storage.has(NAME)
    storage.delete(NAME)
    storage.delete(NAME)
    assert not storage.has(NAME)


def test_a_name_is_written_once_and_marked_as_used_again(
    storage: FolderStorage, tmp_path: Path
) -> None:
    storage.put(NAME, b"first")
    path = tmp_path / "uploads" / "0a" / NAME
    os.utime(path, (0, 0))
    assert list(storage.names(before=NOW)) == [NAME]

    storage.put(NAME, b"second")

    assert storage.get(NAME) == b"first"
    assert list(storage.names(before=datetime.now(UTC) - timedelta(days=1))) == []


@pytest.mark.parametrize(
    "name", ["../secret.jpg", "a/b.jpg", ".jpg", "a.jpg\n", "a\x00.jpg", "A.jpg", "a" * 200, ""]
)
def test_a_name_that_could_lead_elsewhere_is_nothing(storage: FolderStorage, name: str) -> None:
    assert storage.get(name) is None
    assert not storage.has(name)
    with pytest.raises(ValueError, match="not a name"):
        storage.put(name, b"")


def test_an_absent_folder_has_no_names(storage: FolderStorage) -> None:
    assert list(storage.names(before=NOW)) == []
