"""Tables of figures: the key figures of wijken and buurten (KWB), and SES-WOA scores."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from voorjebuurt.places.files import cells
from voorjebuurt.places.files.columns import INDICATORS, FigureColumns, Indicator
from voorjebuurt.places.files.faults import FileFaultError, shown
from voorjebuurt.places.files.items import AreaFigures, Row, SkippedLine, Why

_COUNTRY = re.compile(r"NL[0-9]{2}|", re.ASCII)
_FOOT = ("bron:", "source:", "©", "(c)")


def read_figures(
    rows: Iterator[Row], columns: FigureColumns, *, vintage: int
) -> Iterator[AreaFigures | SkippedLine]:
    """What each row tells. An area stands in a file once; the country is no area of ours."""
    first_lines: dict[str, int] = {}
    other = ""
    for line, row in rows:
        if row[0].strip().lower().startswith(_FOOT) and not any(row[1:]):
            continue
        texts = _cells(line, row, len(columns.headers))
        code = texts[columns.code].strip()
        if _COUNTRY.fullmatch(code) and texts[columns.name].strip().lower() == "nederland":
            yield SkippedLine(line, Why.COUNTRY)
        elif columns.year is not None and _other_year(texts[columns.year], vintage):
            other = texts[columns.year]
            yield SkippedLine(line, Why.YEAR)
        else:
            yield _record(line, texts, columns, first_lines)
    if other and not first_lines:
        raise FileFaultError("other_year", found=shown(other), expected=vintage)


def _cells(line: int, row: Sequence[str], width: int) -> Sequence[str]:
    """As many cells as the header has; more than that may only be empty ones at the end."""
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        raise FileFaultError("other_number_of_cells", line=line, found=len(row), expected=width)
    return row[:width]


def _other_year(cell: str, vintage: int) -> bool:
    """StatLine writes a year as ``2019``, its data service as ``2019JJ00``."""
    return cell.strip()[:4] != str(vintage)


def _record(
    line: int, row: Sequence[str], columns: FigureColumns, first_lines: dict[str, int]
) -> AreaFigures:
    header = columns.headers
    try:
        code = cells.area_code(row[columns.code])
    except ValueError:
        values = {"found": shown(row[columns.code]), "column": header[columns.code]}
        raise FileFaultError("not_an_area_code", line=line, **values) from None
    if code in first_lines:
        raise FileFaultError("area_twice", line=line, code=code, first=first_lines[code])
    first_lines[code] = line
    figures = {
        indicator: _figure(line, row[at], header[at], INDICATORS[indicator])
        for indicator, at in columns.figures.items()
    }
    return AreaFigures(line, code, row[columns.name].strip() or code, figures)


def _figure(line: int, cell: str, column: str, indicator: Indicator) -> Decimal | None:
    try:
        value = cells.figure(cell)
    except ValueError:
        raise FileFaultError("not_a_number", line=line, found=shown(cell), column=column) from None
    low, high = indicator.low, indicator.high
    if value is None or not (
        (low is not None and value < low) or (high is not None and value > high)
    ):
        return value
    expected = f"{low} – {high}" if high is not None else f"≥ {low}"
    values = {"found": shown(cell), "column": column, "expected": expected}
    raise FileFaultError("out_of_range", line=line, **values)
