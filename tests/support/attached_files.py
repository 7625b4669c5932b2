"""Files to add: each kind that is taken, as small as it can be, and hostile ones."""

import io
import zipfile
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
    b"\x3a\x7e\x9b\x55\x00\x00\x00\x00IEND\xaeB`\x82"
)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_TYPES = b"<Types/>"


def zipped(parts: Mapping[str, bytes], *, is_packed: bool = True) -> bytes:
    """A ZIP of these parts, in their order."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(**more: bytes) -> bytes:
    """A document of Word; ``more`` parts by name."""
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": b"<w/>", **more})


def xlsx(**more: bytes) -> bytes:
    """A workbook of Excel."""
    return zipped({"[Content_Types].xml": _TYPES, "xl/workbook.xml": b"<w/>", **more})


def open_document(kind: str, **more: bytes) -> bytes:
    """A file of LibreOffice: ``text`` or ``spreadsheet``."""
    name = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": name, "content.xml": b"<o/>", **more}, is_packed=False)


def bomb(size: int) -> bytes:
    """A document that becomes so many bytes when it is unpacked."""
    return docx(**{"word/media/image1.bmp": b"\x00" * size})
