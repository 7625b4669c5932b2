"""What a file that is added may be, and what became of looking through it. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from voorjebuurt.kernel.cleaning import clean_line

NAME_MAX = 120


class ScanState(StrEnum):
    """What the virus scanner said of a file; ``unscanned``: this site has no scanner."""

    WAITING = "waiting"
    CLEAN = "clean"
    REFUSED = "refused"
    UNSCANNED = "unscanned"


READABLE = frozenset({ScanState.CLEAN, ScanState.UNSCANNED})
"""Files that everybody who may read the case can save."""


class MediaType(StrEnum):
    """What is taken, by the ending of its name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"


NAMES = {
    MediaType.PDF: "application/pdf",
    MediaType.JPEG: "image/jpeg",
    MediaType.PNG: "image/png",
    MediaType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    MediaType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    MediaType.ODT: "application/vnd.oasis.opendocument.text",
    MediaType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
"""By the ending: the name of the format as programs call it."""


@dataclass(frozen=True)
class Limits:
    """How large a file may be (bytes), also unpacked, and how many go with one form."""

    max_bytes: int
    max_unpacked_bytes: int
    max_files: int


def shown_name(filename: str, kind: MediaType) -> str:
    """A file's name for people: no path, nothing that nobody sees, and the ending that is true."""
    last = PurePath(filename.replace("\\", "/").replace("\x00", "")).name
    stem = PurePath(clean_line(last)).stem.strip(" .")
    ending = f".{kind}"
    if stem.lower().endswith(ending):  # "plan.pdf.exe", which is a PDF, was called "plan"
        stem = stem[: -len(ending)]
    return f"{stem[: NAME_MAX - len(ending)].strip(' .') or 'bijlage'}{ending}"


def may_read(scan: ScanState, *, is_uploader: bool) -> bool:
    """Whether somebody who may see the file can save it: until it is clean only who sent it."""
    return scan in READABLE or (scan is ScanState.WAITING and is_uploader)
