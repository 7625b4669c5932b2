"""The list of all addresses with their buurt (``pc6hnr<date>_gwb.csv``)."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from voorjebuurt.places.files.cells import area_code
from voorjebuurt.places.files.faults import FileFaultError, shown
from voorjebuurt.places.files.items import PostcodeAddress, Row

_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
_BUURT = re.compile(r"buurt_?(code)?_?([0-9]{4})?")


class AddressColumns(NamedTuple):
    """Where things stand in a row; ``year`` is what the header says the buurten are of."""

    headers: Sequence[str]
    postcode: int
    number: int
    buurt: int
    year: int | None


def address_columns(headers: Sequence[str]) -> AddressColumns | None:
    """Where a list of addresses has what; None when this is no header of one."""
    names = [header.strip().lower() for header in headers]
    buurten = [(at, match) for at, name in enumerate(names) if (match := _BUURT.fullmatch(name))]
    if not buurten or "pc6" not in names or "huisnummer" not in names:
        return None
    buurt, match = buurten[0]
    year = int(match[2]) if match[2] else None
    plain = [shown(header) for header in headers]
    return AddressColumns(plain, names.index("pc6"), names.index("huisnummer"), buurt, year)


def read_addresses(rows: Iterator[Row], columns: AddressColumns) -> Iterator[PostcodeAddress]:
    """What each row tells. Millions of rows: little is done for each of them."""
    width = len(columns.headers)
    codes: dict[str, str] = {}
    for line, row in rows:
        if len(row) != width:
            raise FileFaultError("other_number_of_cells", line=line, found=len(row), expected=width)
        postcode = row[columns.postcode].replace(" ", "")
        if not _POSTCODE.fullmatch(postcode):
            raise _fault("not_a_postcode", line, row, columns, columns.postcode)
        number = row[columns.number].strip()
        if not _NUMBER.fullmatch(number):
            raise _fault("not_a_house_number", line, row, columns, columns.number)
        cell = row[columns.buurt]
        if cell not in codes:
            try:
                codes[cell] = area_code(cell, prefix="BU")
            except ValueError:
                raise _fault("not_an_area_code", line, row, columns, columns.buurt) from None
        yield PostcodeAddress(line, codes[cell], postcode, int(number))


def _fault(
    code: str, line: int, row: Sequence[str], columns: AddressColumns, at: int
) -> FileFaultError:
    return FileFaultError(code, line=line, found=shown(row[at]), column=columns.headers[at])
