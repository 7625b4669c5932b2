"""The year of a fund and its decisions as CSV, from rows, with known figures."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.cases import decided, divided
from tests.support.factories.decisions import DecisionFactory, ObjectionFactory
from tests.support.factories.matching import (
    ApplicationFactory,
    FundVersionFactory,
    canonical,
    closing_fund,
)
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import (
    AreaFigureFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.reports.exports import COLUMNS, decisions_csv
from voorjebuurt.decisions.reports.imports_used import decisions_using
from voorjebuurt.decisions.reports.service import report_years, year_report
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund

RULES: dict[str, Any] = {
    "equity": {"indicator": "p_hh_120", "bands": [{"at_least": 20, "factor": "3/2"}]},
}
AREAS = {"BU19010101": {"values": {"p_hh_120": 25}}, "BU19010202": {"values": {"p_hh_120": 8}}}
RECEPTION = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DECISION_DAY = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
"""Already 2027 in Amsterdam."""


def a_year(imports: tuple[str, ...] = ()) -> Fund:
    """€ 1,000 over two applications of € 1,200 and € 400; a refusal; one that nobody decided."""
    fund = closing_fund(RULES)
    with clock.at(RECEPTION):
        winners = [
            ApplicationFactory(
                fund=fund,
                campaign=CampaignFactory(status="succeeded", theme=theme, title=title),
                areas={code: "1"},
                status="awarded",
            )
            for code, theme, title in (
                ("BU19010101", "green", "=Bomen"),
                ("BU19010202", "sport", "Een doel"),
            )
        ]
        loser = ApplicationFactory(fund=fund, status="refused")
        ApplicationFactory(fund=fund)
    divided(fund, {winners[0]: [80_000], winners[1]: [40_000]}, areas=AREAS, imports=imports)
    for application in winners:
        decided(application, on=DECISION_DAY)
    decided(
        loser, "refusal", 0, on=NEW_YEAR, grounds=("outside_area",), reason="Buiten het gebied."
    )
    return fund


def test_the_year_in_figures(session: Session) -> None:
    fund = a_year()
    report = year_report(session, fund_id=fund.id, year=2026)
    assert report.applications == {"awarded": 2, "refused": 1, "undecided": 1}
    assert report.money.awarded == 100_000
    assert [(row.code, row.cents) for row in report.areas] == [
        ("BU19010101", 75_000),
        ("BU19010202", 25_000),
    ]
    assert [(row.code, row.cents) for row in report.themes] == [
        ("green", 75_000),
        ("sport", 25_000),
    ]
    assert report.indicator == "p_hh_120"
    assert [(row.band and row.band["factor"], row.cents) for row in report.bands] == [
        ("3/2", 75_000),
        ("1", 25_000),
    ]
    assert (report.days.decided, report.days.median, report.days.late) == (2, Decimal(20), 0)


def test_a_year_ends_at_midnight_in_amsterdam(session: Session) -> None:
    fund = a_year()
    after = year_report(session, fund_id=fund.id, year=2027)
    assert (after.days.decided, after.money.awarded) == (1, 0)
    assert after.days.late == 1
    whole = year_report(session, fund_id=fund.id)
    assert whole.days.decided == 3
    assert report_years(session, fund.id) == [2027, 2026]
    assert report_years(session, closing_fund().id) == []


def test_what_later_decisions_took_off(session: Session) -> None:
    fund = closing_fund()
    applications = [ApplicationFactory(fund=fund) for _ in range(3)]
    divided(fund, {application: [10_000] for application in applications})
    first, second, third = applications
    for application in applications:
        decided(application)
    why: dict[str, Any] = {
        "before_cents": 10_000,
        "grounds": ("not_done",),
        "reason": "Niet alles.",
    }
    decided(first, "lower_determination", 7_500, **why)
    decided(second, "withdrawal", 0, **why)
    decided(third, "clawback", 1_500, **{**why, "grounds": ("overpaid",)})
    money = year_report(session, fund_id=fund.id).money
    assert (money.awarded, money.lowered, money.revoked, money.clawed_back) == (
        30_000,
        2_500,
        10_000,
        1_500,
    )
    assert (money.loss, money.net) == (12_500, 17_500)


def test_money_is_told_net_of_what_was_taken_off(session: Session) -> None:
    """€ 750 in the lowest band of which € 300 is left; the € 250 elsewhere expired."""
    fund = a_year()
    first, second = session.scalars(
        select(Application)
        .where(Application.fund_id == fund.id, Application.status == "awarded")
        .order_by(Application.number)
    )
    first.status = "accounted"
    session.flush()
    why: dict[str, Any] = {"before_cents": 75_000, "grounds": ("not_done",), "reason": "Half."}
    decided(first, "lower_determination", 30_000, on=NEW_YEAR, **why)
    second.status = "expired"
    session.flush()
    for year in (2026, None):
        report = year_report(session, fund_id=fund.id, year=year)
        money = report.money
        assert (money.awarded, money.lowered, money.expired) == (100_000, 45_000, 25_000)
        assert money.net == 30_000
        for rows in (report.areas, report.themes, report.bands):
            assert sum(row.cents for row in rows) == money.net
        assert [(row.code, row.cents) for row in report.areas] == [("BU19010101", 30_000)]
    assert year_report(session, fund_id=fund.id, year=2027).money.awarded == 0


def test_a_clawback_that_did_not_stand_is_not_told(session: Session) -> None:
    fund = closing_fund()
    application = ApplicationFactory(fund=fund)
    divided(fund, {application: [10_000]})
    decided(application)
    why: dict[str, Any] = {"before_cents": 10_000, "grounds": ("overpaid",), "reason": "x"}
    decision = decided(application, "clawback", 1_500, **why)
    outcome = {"decided_by": PersonFactory().id, "outcome": "Gelijk.", "status": "upheld"}
    ObjectionFactory(decision=decision, **outcome)
    money = year_report(session, fund_id=fund.id).money
    assert (money.clawed_back, money.net) == (0, 10_000)


def test_a_fund_whose_rules_read_no_areas_is_measured_too(session: Session) -> None:
    """By the areas of the applications, in fifths of the residents by a figure that is known."""
    fund = closing_fund()
    place_import = PlaceImportFactory()
    for number, figure in enumerate((30, 20, 15, 10, 5)):
        code = f"BU1901010{number}"
        NeighbourhoodFactory(municipality_id=fund.municipality_id, code=code, name=f"B{number}")
        for indicator, value in (("p_hh_120", figure), ("a_inw", 100)):
            AreaFigureFactory(
                place_import=place_import, area_code=code, indicator=indicator, value=value
            )
    applications = [
        ApplicationFactory(fund=fund, areas={code: "1"}) for code in ("BU19010100", "BU19010104")
    ]
    divided(fund, {applications[0]: [10_000], applications[1]: [4_000]})
    for application in applications:
        decided(application)
    report = year_report(session, fund_id=fund.id)
    assert report.indicator == "p_hh_120"
    assert [row.cents for row in report.bands] == [10_000, 0, 0, 0, 4_000]
    assert [(row.name, row.cents) for row in report.areas] == [("B0", 10_000), ("B4", 4_000)]


def test_objections_and_their_outcome(session: Session) -> None:
    fund = closing_fund()
    application = ApplicationFactory(fund=fund)
    divided(fund, {application: [10_000]})
    decision = decided(application)
    ObjectionFactory(decision=decision)
    outcome = {"decided_by": PersonFactory().id, "outcome": "Gelijk.", "status": "upheld"}
    ObjectionFactory(decision=decision, **outcome)
    ObjectionFactory(decision=DecisionFactory())
    assert year_report(session, fund_id=fund.id).objections == {"received": 1, "upheld": 1}


def test_what_changed_between_versions(session: Session) -> None:
    fund = closing_fund()
    FundVersionFactory(
        fund=fund,
        number=2,
        change="Meer geld van de raad.",
        rules=canonical({**json.loads(fund.draft_rules), "ceiling_cents": 200_000}),
    )
    first, second = year_report(session, fund_id=fund.id).versions
    assert (first.number, first.change) == (1, "")
    assert (second.ceiling_cents, second.change) == (200_000, "Meer geld van de raad.")
    assert second.added["nl"] == ["Het fonds verdeelt hoogstens €\u00a02.000."]


def rows_of(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_decisions_as_csv(session: Session) -> None:
    fund = a_year()
    decided(ApplicationFactory(fund=closing_fund()), "refusal", 0, grounds=("rule",), reason="x")
    data = decisions_csv(session, fund_id=fund.id)
    rows = rows_of(data)
    assert tuple(rows[0]) == COLUMNS
    assert [row["soort"] for row in rows] == ["toekenning", "toekenning", "afwijzing"]
    first = rows[0]
    assert (first["berekend_euro"], first["besluit_euro"]) == ("1200,00", "750,00")
    assert (first["verzonden_op"], first["dagen"]) == ("2026-03-21", "20")
    assert first["actie"] == "'=Bomen"
    assert first["gebieden"] == "BU19010101 (BU19010101)"
    assert rows[2]["gronden"] == "buiten het gebied"
    assert first["factor"] == "1,5"
    assert first["thema"] == "groen"
    assert rows[2]["verzonden_op"] == "2027-01-01"
    assert b"Buiten het gebied" not in data
    assert b"@" not in data


def test_how_awards_are_accounted_for_is_in_the_report_and_the_file(session: Session) -> None:
    """What was awarded before there were ways is by costs."""
    fund = a_year()
    assert [(row.code, row.applications) for row in year_report(session, fund_id=fund.id).ways] == [
        ("costs", 2)
    ]
    first = session.scalars(select(Decision).order_by(Decision.sent_at)).first()
    assert first is not None
    application = session.get_one(Application, first.application_id)
    application.status = "received"
    session.flush()
    application.arrangement, application.arrangement_weeks = "direct", 0
    application.status = "awarded"
    session.flush()
    ways = {row.code: row.cents for row in year_report(session, fund_id=fund.id).ways}
    assert ways.keys() == {"direct", "costs"}
    rows = rows_of(decisions_csv(session, fund_id=fund.id))
    assert [row["verantwoording"] for row in rows] == ["directe vaststelling", "", ""]


def test_csv_of_a_municipality_and_a_year(session: Session) -> None:
    fund = a_year()
    this: dict[str, Any] = {"municipality_id": fund.municipality_id}
    assert len(rows_of(decisions_csv(session, **this))) == 3
    assert len(rows_of(decisions_csv(session, **this, year=2026))) == 2
    other = closing_fund().municipality_id
    assert rows_of(decisions_csv(session, municipality_id=other)) == []


def test_decisions_that_used_an_import_are_listed(session: Session) -> None:
    """Also those whose own figure was not in it: they shared the pot with those that were."""
    place_import, other = PlaceImportFactory(), PlaceImportFactory()
    AreaFigureFactory(place_import=place_import, area_code="BU19010101", value=25)
    fund = a_year((str(place_import.id),))
    rows = decisions_using(session, place_import.id)
    assert [(row.kind, row.amount_cents) for row in rows] == [
        ("award", 25_000),
        ("award", 75_000),
    ]
    assert {row.fund for row in rows} == {fund.name}
    assert decisions_using(session, other.id) == []
