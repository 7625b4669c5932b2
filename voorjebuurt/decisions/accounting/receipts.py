"""Receipts that initiators account with: checked, and kept under a name made of their content."""

import hashlib
from pathlib import PurePath

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.storage import Storage

_KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
NAME_MAX = 120


def store_receipt(
    storage: Storage, data: bytes, *, filename: str, max_bytes: int
) -> dict[str, str]:
    """Keep an uploaded receipt; returns ``{"name", "key"}`` for ``send_accounting``.

    What the file is, its first bytes tell, not its name. Raises ``DomainError`` (field
    ``receipts``) for an empty file, one that is too large, or that is no PDF, JPEG or PNG.
    """
    if not data:
        raise DomainError("receipt_empty", field="receipts")
    if len(data) > max_bytes:
        raise DomainError(
            "receipt_too_large", field="receipts", max_megabytes=max_bytes // 1_000_000
        )
    kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), None)
    if kind is None:
        raise DomainError("receipt_format", field="receipts")
    key = f"{hashlib.sha256(data).hexdigest()[:40]}.{kind}"
    storage.put(key, data)
    return {"name": shown_name(filename, kind), "key": key}


def shown_name(filename: str, kind: str) -> str:
    """A file's name without its path or anything unprintable, with the ending that is true."""
    last = PurePath(filename.replace("\\", "/")).name
    stem = "".join(c for c in PurePath(last).stem if c.isprintable()).strip()
    return f"{stem[: NAME_MAX - 4] or 'bon'}.{kind}"
