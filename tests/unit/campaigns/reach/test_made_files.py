"""Files that are made when they are asked for: once, one at a time, and again when swept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from voorjebuurt.campaigns.reach import made_files
from voorjebuurt.campaigns.reach.made_files import BusyError, fingerprint, made_once, sweep
from voorjebuurt.kernel.storage import FolderStorage


class CountedMaker:
    """Makes the same bytes, and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> bytes:
        self.count += 1
        return b"made"


def test_what_was_made_is_kept(tmp_path: Path) -> None:
    storage, maker = FolderStorage(tmp_path), CountedMaker()
    assert made_once(storage, "aa.pdf", maker) == made_once(storage, "aa.pdf", maker) == b"made"
    assert maker.count == 1


def test_many_who_ask_at_once_have_it_made_once(tmp_path: Path) -> None:
    storage, maker, start = FolderStorage(tmp_path), CountedMaker(), Barrier(8)
    answers: list[bytes] = []

    def ask() -> None:
        start.wait()
        answers.append(made_once(storage, "aa.pdf", maker))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"made"] * 8
    assert maker.count == 1


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_files, "_LONGEST_TURN_SECONDS", 0.01)
    maker = CountedMaker()
    with made_files._ONE_AT_A_TIME, pytest.raises(BusyError):
        made_once(FolderStorage(tmp_path), "aa.pdf", maker)
    assert maker.count == 0
    assert made_once(FolderStorage(tmp_path), "aa.pdf", maker) == b"made"


def test_a_full_disk_costs_time_and_not_the_file(tmp_path: Path) -> None:
    (tmp_path / "aa").write_text("a file where a folder should be")
    maker = CountedMaker()
    storage = _Full(tmp_path)
    assert made_once(storage, "aa.pdf", maker) == b"made"
    assert made_once(storage, "aa.pdf", maker) == b"made"
    assert maker.count == 2


class _Full(FolderStorage):
    def put(self, name: str, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    def get(self, name: str) -> bytes | None:
        return None


def test_what_is_old_is_swept_and_made_again(tmp_path: Path) -> None:
    storage, maker = FolderStorage(tmp_path), CountedMaker()
    made_once(storage, "aa.pdf", maker)
    assert sweep(storage, before=datetime.now(UTC) - timedelta(days=1)) == 0
    assert sweep(storage, before=datetime.now(UTC) + timedelta(days=1)) == 1
    made_once(storage, "aa.pdf", maker)
    assert maker.count == 2


def test_a_name_is_of_everything_that_is_shown() -> None:
    content = {"title": "Bomen", "cents": 100}
    assert fingerprint(content) == fingerprint(dict(reversed(list(content.items()))))
    assert len({fingerprint(content), fingerprint({**content, "cents": 101}), fingerprint({})}) == 3
