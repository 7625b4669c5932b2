"""An import's report in words, in every language; data, as the faults of files are."""

from collections.abc import Iterator, Mapping
from typing import Any

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


def report_lines(report: Mapping[str, Any], language: str) -> Iterator[str]:
    """The report of a finished import, a line each for a terminal."""
    words = _WORDS[language]
    yield f"{words['read']}: {report['read']}"
    for what, count in report["taken"].items():
        yield f"{words['taken']}: {count} {TAKEN[what][language]}"
    for each in report["skipped"]:
        lines = ", ".join(str(line) for line in each["lines"])
        more = ", …" if each["count"] > len(each["lines"]) else ""
        where = f" ({words['lines']} {lines}{more})" if lines else ""
        yield f"{words['skipped']}: {each['count']} {SKIPPED[each['why']][language]}{where}"
    for name, columns in report.get("columns", {}).items():
        if columns:
            yield f"{COLUMNS[name][language]}: {column_list(columns)}"


def column_list(columns: Any) -> str:
    """Names of columns; with the figure that each became."""
    if isinstance(columns, Mapping):
        return "; ".join(f"{indicator} ← {header}" for indicator, header in columns.items())
    return "; ".join(columns)
