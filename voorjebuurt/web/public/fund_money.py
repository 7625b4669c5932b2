"""Where a fund's money went: by band of deprivation, and over the neighbourhoods, on a map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.decisions.destinations.service import Destinations, destinations
from voorjebuurt.decisions.reports.figures import NOWHERE, BandRow, Row
from voorjebuurt.decisions.reports.service import YearReport, year_report
from voorjebuurt.kernel import text
from voorjebuurt.matching.rehearsal.texts import band_label, indicator_name
from voorjebuurt.places.projection import Drawing, drawing
from voorjebuurt.places.shapes import shapes_of
from voorjebuurt.web.destinations.drawing import Drawing as Shares
from voorjebuurt.web.destinations.drawing import drawing_of
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.words.written import as_written

_TONES = 4


@dataclass(frozen=True)
class FundMoney:
    """What a page shows of a report, in eurocents.

    ``bands`` go from worst off to best off, as ``components/chart.html`` takes bars (label, cents,
    tone); ``lowest_share`` is what the first of them got, in thousandths. ``areas`` are (name,
    cents, applications); ``marks`` is what ``components/map.html`` takes.
    """

    report: YearReport
    indicator: str
    bands: Sequence[tuple[str, int, str]]
    lowest_share: int | None
    areas: Sequence[tuple[str, int, int]]
    drawing: Drawing | None
    marks: dict[str, dict[str, Any]]
    told: Destinations
    shares: Shares


def fund_money(session: Session, *, fund_id: UUID, municipality_id: UUID, rules: str) -> FundMoney:
    """Since the fund's beginning, of the decisions sent, by the bands of its ``rules``."""
    measures = the_settings().matching.measures
    report = year_report(session, fund_id=fund_id, measures=measures)
    figures = destinations(
        session,
        municipality_id=municipality_id,
        fund_id=fund_id,
        rules=rules,
        measures=measures,
    )
    total = sum(row.cents for row in report.areas)
    locale = chosen_locale()
    bands = [row for row in report.bands if row.band is not None]
    return FundMoney(
        report=report,
        indicator=indicator_name(report.indicator, locale) if report.indicator else "",
        bands=[(_band(row, report.indicator, locale), row.cents, "match") for row in report.bands],
        lowest_share=bands[0].cents * 1000 // total if bands and total else None,
        areas=[(_area(row), row.cents, row.applications) for row in report.areas],
        drawing=drawing(shapes_of(session, municipality_id)) if total else None,
        marks=_marks(report.areas, locale),
        told=figures,
        shares=drawing_of(figures, figures.total),
    )


def _band(row: BandRow, indicator: str | None, locale: str) -> str:
    if row.band is None:
        return str(_("No figure known"))
    return band_label(row.band, indicator, locale)


def _area(row: Row) -> str:
    return str(_("No neighbourhood known")) if row.code == NOWHERE else as_written(row.name)


def _marks(areas: Sequence[Row], locale: str) -> dict[str, dict[str, Any]]:
    most = max((row.cents for row in areas), default=0)
    return {
        row.code: {
            "name": f"{row.name}: {text.euro(row.cents, locale)}",
            "href": None,
            "value": None,
            "tone": -(-row.cents * _TONES // most) if most else 0,
        }
        for row in areas
        if row.code != NOWHERE
    }
