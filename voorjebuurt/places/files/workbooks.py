"""Workbooks (xlsx), read row by row."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from voorjebuurt.places.files.faults import FileFaultError
from voorjebuurt.places.files.items import Row
from voorjebuurt.settings import PlaceSettings

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, InvalidFileException, OSError, EOFError),
    *(SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    RuntimeError,
)
"""What a workbook that is cut off or made up can make its reader raise."""
_TIMES = 100
"""A sheet of figures is packed to a tenth or so; what is packed to less than a hundredth is a
bomb."""
_SHEETS = "xl/worksheets/"
_MOST_PARTS = 1_000
"""Files in one workbook: those of the statistics office have some fifteen."""


def check_workbook(stream: BinaryIO, limits: PlaceSettings) -> None:
    """Refuse what is no workbook, and one that is made to fill the memory.

    The sizes that a zip tells are the most that its reader gives.
    """
    try:
        stream.seek(0)
        parts = zipfile.ZipFile(stream).infolist()
    except _BROKEN:
        raise FileFaultError("workbook_broken") from None
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise FileFaultError("file_is_zip")
    if len(parts) > _MOST_PARTS:
        raise FileFaultError("workbook_broken")
    whole = sum(part.file_size for part in parts)
    # All but the sheets is kept in memory as a whole.
    beside = sum(part.file_size for part in parts if not part.filename.startswith(_SHEETS))
    compressed_bytes = sum(part.compress_size for part in parts)
    largest = limits.max_unpacked_bytes
    if whole > min(largest, 1_000_000 + compressed_bytes * _TIMES) or beside > largest // 4:
        raise FileFaultError("unpacked_too_large", megabytes=whole // 1_000_000)


def workbook_rows(stream: BinaryIO, limits: PlaceSettings) -> Iterator[Iterator[Row]]:
    """The rows of each sheet, sheet by sheet; a row's line is its number on its sheet."""
    try:
        stream.seek(0)
        workbook = load_workbook(stream, read_only=True, data_only=True)
        sheets = list(workbook.worksheets)
    except _BROKEN:
        raise FileFaultError("workbook_broken") from None
    for sheet in sheets:
        yield _sheet_rows(sheet, limits)


def _sheet_rows(sheet: Any, limits: PlaceSettings) -> Iterator[Row]:
    try:
        # Some writers tell a size that is not the sheet's: a million empty rows.
        sheet.reset_dimensions()
        width = 0
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if line > limits.max_rows:  # of empty ones too, which nobody else hears of
                raise FileFaultError("rows_too_many", line=line, maximum=limits.max_rows)
            texts = [_text(cell) for cell in cells]
            # A workbook leaves out the empty cells at the end of a row.
            width = max(width, len(texts))
            if any(texts):
                yield Row(line, texts + [""] * (width - len(texts)))
    except _BROKEN:
        raise FileFaultError("workbook_broken") from None


def _text(cell: object) -> str:
    """A cell as its text; a number without the noise of its binary form."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.9f}".rstrip("0").rstrip(".")
    return str(cell)
