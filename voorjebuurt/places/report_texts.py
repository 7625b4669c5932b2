"""An import's report in words, in every language; data, as the faults of files are."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

TAKEN: dict[str, dict[str, str]] = {
    "areas": {"nl": "gebieden", "en": "areas"},
    "figures": {"nl": "cijfers", "en": "figures"},
    "missing": {"nl": "cijfers zonder waarde", "en": "figures without a value"},
    "neighbourhoods": {"nl": "nieuwe wijken en buurten", "en": "new wijken and buurten"},
    "addresses": {"nl": "adressen", "en": "addresses"},
    "shapes": {"nl": "omtrekken", "en": "outlines"},
}
SKIPPED: dict[str, dict[str, str]] = {
    "country": {"nl": "gaat over heel Nederland", "en": "about the whole country"},
    "municipality": {
        "nl": "van een andere gemeente",
        "en": "of another municipality",
    },
    "earlier": {
        "nl": "van een gemeente waarvoor dit bestand al is ingelezen",
        "en": "of a municipality for which this file was read before",
    },
    "year": {"nl": "van een ander jaar", "en": "of another year"},
    "repeated": {"nl": "staat er meer dan een keer in", "en": "stands there more than once"},
    "no_outline": {"nl": "zonder omtrek", "en": "without an outline"},
    "water": {"nl": "water", "en": "water"},
}
COLUMNS: dict[str, dict[str, str]] = {
    "taken": {"nl": "Gebruikte kolommen", "en": "Columns used"},
    "empty": {"nl": "Lege kolommen", "en": "Empty columns"},
    "never": {
        "nl": "Nooit gebruikt (herkomst, nationaliteit of religie)",
        "en": "Never used (origin, nationality or religion)",
    },
    "unused": {"nl": "Andere kolommen", "en": "Other columns"},
}
_WORDS = {
    "nl": {"read": "Gelezen", "taken": "Opgenomen", "skipped": "Overgeslagen", "lines": "regels"},
    "en": {"read": "Read", "taken": "Taken", "skipped": "Skipped", "lines": "lines"},
}


class SkippedRow(NamedTuple):
    """How many were skipped for one reason, and the first lines where."""

    number: int
    why: str
    lines: str


def taken_rows(report: Mapping[str, Any], language: str) -> list[tuple[int, str]]:
    """How many of what an import brought."""
    return [(count, TAKEN[what][language]) for what, count in report["taken"].items()]


def skipped_rows(report: Mapping[str, Any], language: str) -> list[SkippedRow]:
    """What it left out, by reason."""
    rows = []
    for each in report["skipped"]:
        lines = ", ".join(str(line) for line in each["lines"])
        more = ", …" if lines and each["count"] > len(each["lines"]) else ""
        rows.append(SkippedRow(each["count"], SKIPPED[each["why"]][language], lines + more))
    return rows


def column_rows(report: Mapping[str, Any], language: str) -> list[tuple[str, list[str]]]:
    """What was done with the file's columns; a used one is told with the figure it became."""
    rows = []
    for name, columns in report.get("columns", {}).items():
        if columns:
            pairs = columns.items() if isinstance(columns, Mapping) else ()
            lines = [f"{indicator} ← {header}" for indicator, header in pairs]
            rows.append((COLUMNS[name][language], lines or list(columns)))
    return rows


def report_lines(report: Mapping[str, Any], language: str) -> Iterator[str]:
    """The report of a finished import, a line each for a terminal."""
    words = _WORDS[language]
    yield f"{words['read']}: {report['read']}"
    for count, what in taken_rows(report, language):
        yield f"{words['taken']}: {count} {what}"
    for number, why, lines in skipped_rows(report, language):
        where = f" ({words['lines']} {lines})" if lines else ""
        yield f"{words['skipped']}: {number} {why}{where}"
    for name, columns in column_rows(report, language):
        yield f"{name}: {'; '.join(columns)}"
