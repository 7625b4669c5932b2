"""The bounds of files that people add, and the scanner that looks at them."""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"/.+|[A-Za-z0-9.\[\]:-]+:[0-9]{1,5}")


@dataclass(frozen=True)
class AttachmentSettings:
    """Bytes of one file, also unpacked; how many go with one form.

    ``clamd``: where the virus scanner listens, ``host:port`` or the path of its socket; empty for
    none, and then the screens say that files are not scanned. ``scan_seconds`` it may take a step.
    """

    max_bytes: int
    max_unpacked_bytes: int
    max_files: int
    clamd: str
    scan_seconds: int


def clamd_fault(address: str) -> str | None:
    """Why this is no address of a scanner; None when it is, or is empty."""
    if not address or _ADDRESS.fullmatch(address):
        return None
    return f"CLAMD is {address!r}; it must be host:port, or the path of a socket."
