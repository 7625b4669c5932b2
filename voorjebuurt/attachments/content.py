"""What a file is: told by its bytes and how they are built, never by its name. Pure.

Of office files only the directory is read, so that nothing is unpacked: what it would become is
written there.
"""

import io
import re
import zipfile

from voorjebuurt.attachments.rules import NAMES, Limits, MediaType
from voorjebuurt.kernel.errors import DomainError

FIELD = "attachments"
MAX_ENTRIES = 5_000
_PDF = re.compile(rb"%PDF-[12]\.[0-9]")
_PDF_END, _PDF_TAIL = b"%%EOF", 2_048
_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PNG_START, _PNG_END = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x00\x00\x00\x00IEND\xaeB`\x82"
_ZIP_START, _FIRST_NAME = b"PK\x03\x04", 30
_OFFICE = {"word/document.xml": MediaType.DOCX, "xl/workbook.xml": MediaType.XLSX}
_OPEN = {NAMES[kind].encode(): kind for kind in (MediaType.ODT, MediaType.ODS)}
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/|macrosheets/)", re.IGNORECASE)


def media_type(data: bytes, limits: Limits) -> MediaType:
    """The kind of file that these bytes are.

    Raises ``DomainError`` (field ``attachments``) for an empty file, one that is too large, also
    when it would be unpacked, one with programs in it, and whatever is not taken.
    """
    if not data:
        raise DomainError("attachment_empty", field=FIELD)
    if len(data) > limits.max_bytes:
        megabytes = limits.max_bytes // 1_000_000
        raise DomainError("attachment_too_large", field=FIELD, max_megabytes=megabytes)
    kind = _office(data, limits) if data.startswith(_ZIP_START) else _plain(data)
    if kind is None:
        raise DomainError("attachment_format", field=FIELD)
    return kind


def _plain(data: bytes) -> MediaType | None:
    if _PDF.match(data) and _PDF_END in data[-_PDF_TAIL:]:
        return MediaType.PDF
    if data.startswith(_JPEG_START) and _JPEG_END in data:
        return MediaType.JPEG
    if data.startswith(_PNG_START) and data.endswith(_PNG_END):
        return MediaType.PNG
    return None


def _office(data: bytes, limits: Limits) -> MediaType | None:
    """By the parts that such a file must have; None for any other ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError):
        return None
    unpacked_bytes = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked_bytes > limits.max_unpacked_bytes:
        raise DomainError("attachment_unpacks_large", field=FIELD)
    names = [entry.filename for entry in entries]
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        return None
    if any(_MACROS.search(name) for name in names):
        raise DomainError("attachment_macros", field=FIELD)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise DomainError("attachment_locked", field=FIELD)
    return _open_document(data) or _open_xml(names)


def _open_xml(names: list[str]) -> MediaType | None:
    if "[Content_Types].xml" not in names:
        return None
    kinds = {kind for name, kind in _OFFICE.items() if name in names}
    return kinds.pop() if len(kinds) == 1 else None


def _open_document(data: bytes) -> MediaType | None:
    """Such a file begins with a part ``mimetype`` that is not packed: it stands in the bytes."""
    name = b"mimetype"
    start = _FIRST_NAME + len(name)
    if data[_FIRST_NAME:start] != name:
        return None
    texts = [text for text in _OPEN if data[start:].startswith((text + b"PK", text + b"\x50\x4b"))]
    return _OPEN[texts[0]] if texts else None
