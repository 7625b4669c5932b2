"""Finding out what a file is, by its content, and opening it with the right reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from os import SEEK_END
from typing import BinaryIO, assert_never

from voorjebuurt.places.files.address_table import (
    AddressColumns,
    address_columns,
    read_addresses,
)
from voorjebuurt.places.files.columns import FigureColumns, figure_columns, known_code
from voorjebuurt.places.files.csv_rows import csv_rows, text_lines
from voorjebuurt.places.files.faults import FileFaultError, shown
from voorjebuurt.places.files.features import read_shapes
from voorjebuurt.places.files.figure_table import read_figures
from voorjebuurt.places.files.items import Item, Row
from voorjebuurt.places.files.workbooks import check_workbook, workbook_rows
from voorjebuurt.places.rules import ImportKind
from voorjebuurt.settings import PlaceSettings

_HEADER_ROWS = 20
_SEPARATORS = ";,\t"
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class OpenedFile:
    """A file's kind and where it has what; ``columns`` is None for a map."""

    kind: ImportKind
    columns: FigureColumns | AddressColumns | None
    rows: Iterator[Row]
    stream: BinaryIO
    limits: PlaceSettings

    def records(self, *, vintage: int) -> Iterator[Item]:
        """What it tells, from its beginning to its end; to be asked for once."""
        columns = self.columns
        match columns:
            case FigureColumns():
                rows = _bounded(self.rows, self.limits, self.limits.max_rows)
                return read_figures(rows, columns, vintage=vintage)
            case AddressColumns():
                if columns.year not in (None, vintage):
                    raise FileFaultError("other_year", found=columns.year, expected=vintage)
                rows = _bounded(self.rows, self.limits, self.limits.max_address_rows)
                return read_addresses(rows, columns)
            case None:
                return read_shapes(self.stream, most=self.limits.max_rows)
            case _:
                assert_never(columns)


def open_file(stream: BinaryIO, limits: PlaceSettings) -> OpenedFile:
    """Look at the beginning of a file (seekable) and say what it is.

    Raises ``FileFaultError`` when it is no kind of file that we take, or too large for its kind.
    """
    size = stream.seek(0, SEEK_END)
    if size == 0:
        raise FileFaultError("file_empty")
    _check_size(size, max(limits.max_bytes, limits.max_address_bytes))
    file = _opened(stream, limits)
    addresses = file.kind is ImportKind.ADDRESSES
    _check_size(size, limits.max_address_bytes if addresses else limits.max_bytes)
    return file


def _bounded(rows: Iterator[Row], limits: PlaceSettings, most_rows: int) -> Iterator[Row]:
    """The rows as they come, each of so many cells and so many of them; refused with the line.

    A small file can hold very many: a workbook tells a row by its number, and packs empty ones.
    """
    for row in rows:
        if row.line > most_rows:
            raise FileFaultError("rows_too_many", line=row.line, maximum=most_rows)
        if len(row.cells) > limits.max_cells:
            raise FileFaultError(
                "cells_too_many", line=row.line, found=len(row.cells), maximum=limits.max_cells
            )
        yield row


def _check_size(size: int, largest: int) -> None:
    if size > largest:
        sizes = {"megabytes": -(-size // _MEGABYTE), "maximum": largest // _MEGABYTE}
        raise FileFaultError("file_too_large", **sizes)


def _opened(stream: BinaryIO, limits: PlaceSettings) -> OpenedFile:
    stream.seek(0)
    start = stream.read(4096)
    stream.seek(0)
    if start.startswith(b"PK\x03\x04"):
        _check_size(stream.seek(0, SEEK_END), limits.max_bytes)
        check_workbook(stream, limits)
        return _table(list(islice(workbook_rows(stream, limits), 8)), stream, limits)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileFaultError("file_is_xls")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return OpenedFile(ImportKind.SHAPES, None, iter(()), stream, limits)
    if b"\0" in start or start.startswith(b"%PDF"):
        raise FileFaultError("not_a_table")
    lines = list(islice(text_lines(stream), _HEADER_ROWS))
    stream.seek(0)
    return _table([csv_rows(stream, _separator(lines))], stream, limits)


def _separator(lines: Sequence[str]) -> str:
    """What makes columns that we know of one of these lines; else what there is most of."""
    for separator in _SEPARATORS:
        for line in lines:
            headers = [cell.strip('" \r\n') for cell in line.split(separator)]
            if len(headers) > 2 and (known_code(headers) or address_columns(headers)):
                return separator
    return max(_SEPARATORS, key=lambda each: max(line.count(each) for line in lines))


def _table(sheets: Sequence[Iterator[Row]], stream: BinaryIO, limits: PlaceSettings) -> OpenedFile:
    """The first sheet with a header that we know; a text is a sheet by itself."""
    first: list[str] = []
    for rows in sheets:
        for line, cells in rows:
            if line > _HEADER_ROWS:
                break
            if len(cells) > limits.max_cells:
                raise FileFaultError(
                    "cells_too_many", line=line, found=len(cells), maximum=limits.max_cells
                )
            first = first or list(cells)
            try:
                figures, addresses = figure_columns(cells), address_columns(cells)
            except FileFaultError as fault:
                raise FileFaultError(fault.code, line=line, **fault.values) from None
            if figures is not None:
                return OpenedFile(figures.kind, figures, rows, stream, limits)
            if addresses is not None:
                return OpenedFile(ImportKind.ADDRESSES, addresses, rows, stream, limits)
    headers = ", ".join(shown(cell) for cell in first[:8] if cell.strip())
    raise FileFaultError("no_header", rows=_HEADER_ROWS, found=headers or "–")
