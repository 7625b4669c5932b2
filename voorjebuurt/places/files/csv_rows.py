"""Text files with a row on each line, separated by ``;``, ``,`` or tabs."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from voorjebuurt.places.files.faults import FileFaultError
from voorjebuurt.places.files.items import Row

_LONGEST = 200_000
"""Bytes in a line: the widest official files have some 10,000."""


def csv_rows(stream: BinaryIO, separator: str, *, skip: int = 0) -> Iterator[Row]:
    """The rows after the first ``skip`` lines; empty lines are left out."""
    reader = csv.reader(text_lines(stream), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if reader.line_num > skip and any(cells):
                yield Row(reader.line_num, cells)
    except csv.Error:
        raise FileFaultError("quotes_open", line=reader.line_num) from None


def text_lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a UTF-8 file, with or without a byte order mark.

    Raises ``FileFaultError`` for other encodings, and for a last line that does not end: a number
    in it may have lost its last digits.
    """
    number = 0
    while raw := stream.readline(_LONGEST):
        number += 1
        if len(raw) == _LONGEST:
            raise FileFaultError("line_too_long", line=number)
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise FileFaultError("not_utf8", line=number) from None
        if "\0" in line:
            raise FileFaultError("not_utf8", line=number)
        if not line.endswith("\n"):
            raise FileFaultError("no_line_end", line=number)
        yield line
