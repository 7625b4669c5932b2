"""An import's report in words."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from voorjebuurt.kernel.catalogues import catalogue


class SkippedRow(NamedTuple):
    """How many were skipped for one reason, and the first lines where."""

    number: int
    why: str
    lines: str


def taken_rows(report: Mapping[str, Any], language: str) -> list[tuple[int, str]]:
    """How many of what an import brought."""
    words = catalogue(language)
    return [(count, words.text("import taken", what)) for what, count in report["taken"].items()]


def skipped_rows(report: Mapping[str, Any], language: str) -> list[SkippedRow]:
    """What it left out, by reason."""
    words, rows = catalogue(language), []
    for each in report["skipped"]:
        lines = ", ".join(str(line) for line in each["lines"])
        more = ", …" if lines and each["count"] > len(each["lines"]) else ""
        why = words.text("import skipped", each["why"])
        rows.append(SkippedRow(each["count"], why, lines + more))
    return rows


def column_rows(report: Mapping[str, Any], language: str) -> list[tuple[str, list[str]]]:
    """What was done with the file's columns; a used one is told with the figure it became."""
    words, rows = catalogue(language), []
    for name, columns in report.get("columns", {}).items():
        if columns:
            pairs = columns.items() if isinstance(columns, Mapping) else ()
            lines = [f"{indicator} ← {header}" for indicator, header in pairs]
            rows.append((words.text("import columns", name), lines or list(columns)))
    return rows


def report_lines(report: Mapping[str, Any], language: str) -> Iterator[str]:
    """The report of a finished import, a line each for a terminal."""
    words = {
        key: catalogue(language).text("import report", key)
        for key in ("read", "taken", "skipped", "lines")
    }
    yield f"{words['read']}: {report['read']}"
    for count, what in taken_rows(report, language):
        yield f"{words['taken']}: {count} {what}"
    for number, why, lines in skipped_rows(report, language):
        where = f" ({words['lines']} {lines})" if lines else ""
        yield f"{words['skipped']}: {number} {why}{where}"
    for name, columns in column_rows(report, language):
        yield f"{name}: {'; '.join(columns)}"
