"""Reports per fund and year, decisions as CSV, and figures that were taken back."""

from uuid import UUID

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from voorjebuurt.decisions.reports.exports import decisions_csv
from voorjebuurt.decisions.reports.imports_undone import undone_imports
from voorjebuurt.decisions.reports.service import report_years, year_report
from voorjebuurt.matching.funds.queries import fund_by_id, funds_of
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.fields import FIRST_YEAR, LAST_YEAR
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.desk.report_charts import WAYS, chart_rows


@blueprint.get("/rapporten")
def list_reports() -> ResponseReturnValue:
    """Every fund with its years, the files, and imports that decisions used and don't count."""
    mine = signed_in_person().reads
    with reading() as session:
        funds = [fund for fund in funds_of(session, mine) if fund.ceiling_cents is not None]
        years = {fund.id: report_years(session, fund.id) for fund in funds}
        return render_template(
            "officer/reports/list.html",
            funds=funds,
            years=years,
            places=[place for place in municipalities(session) if place.id in mine],
            undone=undone_imports(session, mine),
        )


@blueprint.get("/fondsen/<uuid:fund_id>/rapport")
def show_report(fund_id: UUID) -> ResponseReturnValue:
    """What a fund did in a year, or since its beginning."""
    year = _year()
    with reading() as session:
        if fund_by_id(session, fund_id) is None:
            abort(404)
        measures = the_settings().matching.measures
        report = year_report(session, fund_id=fund_id, year=year, measures=measures)
        years = report_years(session, fund_id)
    return render_template(
        "officer/reports/show.html",
        report=report,
        years=years,
        year=year,
        ways=WAYS,
        **chart_rows(report),
    )


@blueprint.get("/fondsen/<uuid:fund_id>/besluiten.csv")
def export_fund_decisions(fund_id: UUID) -> ResponseReturnValue:
    """The decisions of a fund that were sent, for a spreadsheet."""
    year = _year()
    with reading() as session:
        fund = fund_by_id(session, fund_id) or abort(404)
        return _csv(decisions_csv(session, fund_id=fund_id, year=year), fund.slug, year)


@blueprint.get("/rapporten/besluiten.csv")
def export_decisions() -> ResponseReturnValue:
    """The same of all funds of a municipality: ``?gemeente=``, else the officer's first one."""
    mine, year = signed_in_person().reads, _year()
    with reading() as session:
        places = [place for place in municipalities(session) if place.id in mine]
        requested_places = [place for place in places if place.slug == request.args.get("gemeente")]
        place = next(iter([*requested_places, *places]), None) or abort(404)
        return _csv(decisions_csv(session, municipality_id=place.id, year=year), place.slug, year)


def _year() -> int | None:
    """The year of ``?jaar=``; everything for something odd."""
    text = request.args.get("jaar", "")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _csv(data: bytes, slug: str, year: int | None) -> Response:
    answer = make_response(data)
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"besluiten-{slug}-{year}.csv" if year else f"besluiten-{slug}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
