"""From a kept report to what a page draws: the rows of its charts, and who stands out."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _

from voorjebuurt.matching.rehearsal.comparison import Change
from voorjebuurt.web.words.rehearsal_labels import CHANGES, band_name
from voorjebuurt.web.words.written import as_written

Report = Mapping[str, Any]
Row = dict[str, Any]
_MAX_ROWS = 12
_UNUSUAL = {Change.FALLS_OUT, Change.COMES_IN}
ROWS = 60
"""Campaigns in a page's table."""


class Drawings(NamedTuple):
    """What the charts of a report draw; ``left_out`` says how much more there is in the tables."""

    band_series: list[tuple[str, str]]
    bands: list[tuple[str, list[int | None]]]
    money_series: list[tuple[str, str]]
    places: list[tuple[str, list[int | None]]]
    changes: list[tuple[str, int, str]]
    places_left_out: int
    changes_left_out: int


def drawings(report: Report) -> Drawings:
    """The rows of all charts; of many, those with the largest amounts or differences."""
    with_comparison = report["against"] is not None
    places = _places(report, with_comparison=with_comparison)
    campaigns = [row for row in report["campaigns"] if row["difference_cents"]]
    money_series = [
        (_("These rules"), "mine"),
        *([(_("To compare"), "other")] if with_comparison else ()),
    ]
    people = (_("Residents"), "people")
    return Drawings(
        [
            *((_("Money, %(rules)s", rules=name.lower()), tone) for name, tone in money_series),
            people,
        ],
        _bands(report, with_comparison=with_comparison),
        money_series,
        places[:_MAX_ROWS],
        _changes(campaigns),
        max(0, len(places) - _MAX_ROWS),
        max(0, len(campaigns) - _MAX_ROWS),
    )


def ordered(report: Report) -> list[Row]:
    """All campaigns: who gains most first, who loses most last; without comparison by award."""
    return sorted(
        report["campaigns"],
        key=lambda row: (-(row["difference_cents"] or 0), -row["award_cents"], row["id"]),
    )


def of_change(report: Report, *changes: Change) -> list[Row]:
    """The campaigns to which this happens, the largest difference first."""
    rows = [row for row in report["campaigns"] if row["change"] in changes]
    return sorted(rows, key=lambda row: (-abs(row["difference_cents"]), row["id"]))


def tally(report: Report) -> dict[str, int]:
    """How many campaigns gain, lose, come in, drop out, and stay as they were."""
    return {
        change.value: sum(row["change"] == change for row in report["campaigns"])
        for change in Change
    }


def _bands(report: Report, *, with_comparison: bool) -> list[tuple[str, list[int | None]]]:
    bands = report["bands"]
    rows = [(band_name(row, bands["indicator"]), row) for row in bands["rows"]]
    unplaced_band = bands["unplaced"]
    if unplaced_band["award_cents"] or unplaced_band["against_cents"] or unplaced_band["residents"]:
        rows.append((_("no figure known"), unplaced_band))
    return [
        (
            label,
            [
                row["award_share"],
                *([row["against_share"]] if with_comparison else ()),
                row["residents_share"],
            ],
        )
        for label, row in rows
    ]


def _places(report: Report, *, with_comparison: bool) -> list[tuple[str, list[int | None]]]:
    rows = sorted(
        report["neighbourhoods"],
        key=lambda row: (-max(row["award_cents"], row["against_cents"] or 0), row["code"] or ""),
    )
    return [
        (
            as_written(row["name"]) or _("No neighbourhood"),
            [row["award_cents"], *([row["against_cents"]] if with_comparison else ())],
        )
        for row in rows
    ]


def _changes(rows: Sequence[Row]) -> list[tuple[str, int, str]]:
    """The largest differences, from who gains most to who loses most."""
    largest = sorted(rows, key=lambda row: -abs(row["difference_cents"]))[:_MAX_ROWS]
    return [
        (as_written(row["title"]), row["difference_cents"], _note(row))
        for row in sorted(largest, key=lambda row: -row["difference_cents"])
    ]


def _note(row: Row) -> str:
    change = Change(row["change"])
    return str(CHANGES[change][0]) if change in _UNUSUAL else ""
