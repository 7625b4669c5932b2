"""Files that are made when somebody asks for them, and kept until nobody does.

A name is made of everything that the file shows: the same name is the same file. What is thrown
away is made again. One is made at a time in this process, as each takes memory and a processor.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock

import structlog

from voorjebuurt.kernel.storage import Storage

_ONE_AT_A_TIME = Lock()
_LONGEST_TURN_SECONDS = 8
_log = structlog.get_logger()


class BusyError(Exception):
    """Others are being made, and waiting for them takes too long."""


def fingerprint(content: Mapping[str, object]) -> str:
    """A name for exactly this: 32 hexadecimal characters."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def made_once(storage: Storage, name: str, produce: Callable[[], bytes]) -> bytes:
    """The file under ``name``, made now if it was not kept. Raises ``BusyError``."""
    data = storage.get(name)
    if data is not None:
        return data
    if not _ONE_AT_A_TIME.acquire(timeout=_LONGEST_TURN_SECONDS):
        raise BusyError(name)
    try:
        return storage.get(name) or _made(storage, name, produce)
    finally:
        _ONE_AT_A_TIME.release()


def sweep(storage: Storage, *, before: datetime) -> int:
    """Throw away what was made before a moment; returns how many files."""
    names = list(storage.names(before=before))
    for name in names:
        storage.delete(name)
    return len(names)


def _made(storage: Storage, name: str, produce: Callable[[], bytes]) -> bytes:
    data = produce()
    try:
        storage.put(name, data)
    except OSError as error:  # a full disk costs time, not the page
        _log.warning("made_file_not_kept", name=name, error=type(error).__name__)
    return data
