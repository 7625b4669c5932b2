"""The rows of the charts in a fund's report."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.decisions.reports.figures import Row
from voorjebuurt.decisions.reports.service import YearReport
from voorjebuurt.web.words.campaign_labels import theme_label
from voorjebuurt.web.words.case_labels import OBJECTION_STATES
from voorjebuurt.web.words.rehearsal_labels import band_name
from voorjebuurt.web.words.written import as_written

MOST_AREAS = 20
WAYS: Mapping[str, LazyString] = {
    "direct": _l("direct determination"),
    "ex_officio": _l("determination ex officio"),
    "activities": _l("by activities"),
    "costs": _l("by costs"),
}
"""How an award is accounted for."""
OUTCOMES: Mapping[str, LazyString] = {
    "awarded": _l("awarded"),
    "refused": _l("refused"),
    "revoked": _l("award withdrawn"),
    "expired": _l("award expired"),
    "withdrawn": _l("withdrawn"),
    "undecided": _l("not decided yet"),
}
Bars = Sequence[tuple[str, int, str]]


def chart_rows(report: YearReport) -> dict[str, Bars]:
    """By chart: name, number or cents, and the tone of each bar."""
    return {
        "outcomes": _counted(report.applications, OUTCOMES),
        "objections": _counted(report.objections, OBJECTION_STATES),
        "bands": [(_band(row.band, report.indicator), row.cents, "match") for row in report.bands],
        "areas": _areas(report.areas),
        "themes": [
            (theme_label(row.code) if row.code else _("not known"), row.cents, "match")
            for row in report.themes
        ],
    }


def _counted(counts: Mapping[str, int], names: Mapping[str, LazyString]) -> Bars:
    return [(str(name), counts[code], "crowd") for code, name in names.items() if counts.get(code)]


def _band(band: Mapping[str, Any] | None, indicator: str | None) -> str:
    return _("no figure known") if band is None else band_name(band, indicator)


def _areas(rows: Sequence[Row]) -> Bars:
    """The areas with the most money; the rest is one bar, so that it still adds up."""
    bars = [
        (as_written(row.name) or _("not known"), row.cents, "match") for row in rows[:MOST_AREAS]
    ]
    rest = sum(row.cents for row in rows[MOST_AREAS:])
    return [*bars, (_("other neighbourhoods"), rest, "match")] if rest else bars
