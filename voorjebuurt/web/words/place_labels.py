"""What imports of official files are called on the screens, and what they report."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import get_locale, lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.kernel.catalogues import DUTCH
from voorjebuurt.places.files.faults import fault_text
from voorjebuurt.places.import_queries import ImportRow
from voorjebuurt.places.report_texts import column_rows, skipped_rows, taken_rows
from voorjebuurt.places.rules import ImportKind, ImportStatus

_l = lazy_gettext

KINDS: Mapping[ImportKind, LazyString] = {
    ImportKind.KWB: _l("Key figures of areas (KWB)"),
    ImportKind.SES_WOA: _l("Scores of wealth, education and work (SES-WOA)"),
    ImportKind.ADDRESSES: _l("Addresses with their neighbourhood"),
    ImportKind.SHAPES: _l("Map of areas"),
}

STATES: Mapping[ImportStatus, tuple[LazyString, str]] = {
    ImportStatus.WAITING: (_l("Waits"), "info"),
    ImportStatus.RUNNING: (_l("Being read"), "info"),
    ImportStatus.DONE: (_l("Taken in"), "positive"),
    ImportStatus.REFUSED: (_l("Refused"), "negative"),
}
_ROLLBACK = (_l("Rolled back"), "neutral")


def import_kind(code: str) -> str:
    """What a kind of file is called."""
    return str(KINDS[ImportKind(code)])


def import_state(row: ImportRow) -> tuple[str, str]:
    """The name of an import's state, and the tone of its badge."""
    name, tone = _ROLLBACK if row.rolled_back_at else STATES[ImportStatus(row.status)]
    return str(name), tone


def refusal(report: Mapping[str, Any]) -> str:
    """Why a file was refused."""
    return fault_text(report["fault"], language())


def report_parts(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report of a finished import: what it took, what it skipped, and the columns."""
    language_code = language()
    return {
        "taken": taken_rows(report, language_code),
        "skipped": skipped_rows(report, language_code),
        "columns": column_rows(report, language_code),
    }


def language() -> str:
    """The language of this request."""
    return str(get_locale() or DUTCH)


FILTERS: dict[str, Callable[..., object]] = {
    "import_kind": import_kind,
    "import_state": import_state,
    "refusal": refusal,
    "report_parts": report_parts,
}
