"""What a file is, by its bytes and how they are built; hostile files are refused."""

from typing import Any

import pytest

from tests.support.attached_files import (
    JPEG,
    PDF,
    PNG,
    bomb,
    docx,
    open_document,
    xlsx,
    zipped,
)
from voorjebuurt.attachments.content import MAX_ENTRIES, media_type
from voorjebuurt.attachments.rules import Limits, MediaType, shown_name
from voorjebuurt.kernel.errors import DomainError

LIMITS = Limits(max_bytes=1_000_000, max_unpacked_bytes=5_000_000, max_files=3)
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, MediaType.PDF),
        (JPEG, MediaType.JPEG),
        (PNG, MediaType.PNG),
        (docx(), MediaType.DOCX),
        (xlsx(), MediaType.XLSX),
        (open_document("text"), MediaType.ODT),
        (open_document("spreadsheet"), MediaType.ODS),
    ],
)
def test_each_kind_is_known_by_its_content(data: bytes, kind: MediaType) -> None:
    assert media_type(data, LIMITS) is kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "attachment_empty"),
        (PDF + b" " * 1_000_000, "attachment_too_large"),
        (HTML, "attachment_format"),
        (SVG, "attachment_format"),
        (b"%PDF-<script>alert(1)</script>%%EOF", "attachment_format"),
        (b"\n" + PDF, "attachment_format"),
        (PDF.replace(b"%%EOF", b""), "attachment_format"),
        (PNG + HTML, "attachment_format"),
        (JPEG[:-2], "attachment_format"),
        (b"MZ\x90\x00 a program", "attachment_format"),
        (b"GIF89a", "attachment_format"),
        (docx()[:-30], "attachment_format"),
        (zipped({"plan.txt": b"a"}), "attachment_format"),
        (zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "attachment_format"),
        (docx(**{"xl/workbook.xml": b""}), "attachment_format"),
        (docx(**{"../../etc/passwd": b""}), "attachment_format"),
        (docx(**{"/etc/passwd": b""}), "attachment_format"),
        (open_document("presentation"), "attachment_format"),
        (docx(**{"word/vbaProject.bin": b"a"}), "attachment_macros"),
        (open_document("text", **{"Basic/Standard/script.xml": b"a"}), "attachment_macros"),
        (bomb(5_000_001), "attachment_unpacks_large"),
        (docx(**{f"a/{n}": b"" for n in range(MAX_ENTRIES)}), "attachment_unpacks_large"),
    ],
)
def test_what_is_not_taken_says_why(data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        media_type(data, LIMITS)
    assert (refusal.value.code, refusal.value.field) == (code, "attachments")


def test_a_bomb_is_small_before_it_goes_off_and_is_never_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data, harmless = bomb(50_000_000), docx()
    assert len(data) < LIMITS.max_bytes

    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise AssertionError("nothing is unpacked")

    monkeypatch.setattr("zipfile.ZipFile.open", refuse)
    with pytest.raises(DomainError, match="attachment_unpacks_large"):
        media_type(data, LIMITS)
    assert media_type(harmless, LIMITS) is MediaType.DOCX


def test_a_locked_office_file_is_told_apart() -> None:
    data = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(DomainError, match="attachment_locked"):
        media_type(bytes(data), LIMITS)


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("offerte.pdf", "offerte.pdf"),
        ("OFFERTE.PDF", "OFFERTE.pdf"),
        ("rekening.pdf.exe", "rekening.pdf"),
        ("plan.html", "plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\noor\plan v1.2.pdf", "plan v1.2.pdf"),
        ("re\u202efdp.exe", "refdp.pdf"),
        ("een\r\nSet-Cookie: a=b.pdf", "een Set-Cookie: a=b.pdf"),
        ("", "bijlage.pdf"),
        ("...", "bijlage.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_shown_clean_and_with_the_ending_that_is_true(filename: str, name: str) -> None:
    assert shown_name(filename, MediaType.PDF) == name
