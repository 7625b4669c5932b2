"""A division's decisions, reports and files, and figures taken back, over the screens."""

import csv
import io

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.decisions import DecisionFactory
from tests.support.factories.places import PlaceImportFactory
from tests.support.factories.towns import admitted, applied, divided
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision, Stake
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund

CLAIMS = (900_000, 300_000)
"""More than the ceiling of € 10,000 together: both get part of it."""


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    """Two applications and a refusable third in a fund that was divided."""
    new_desk = desk(committing, signed_in)
    with committing() as session:
        fund = session.get_one(Fund, new_desk.case.fund.id)
        other = CampaignFactory(
            status="succeeded",
            goal_cents=10_000_000,
            title="Tweede actie",
            neighbourhood_id=session.get_one(Campaign, new_desk.case.campaign.id).neighbourhood_id,
            municipality_id=fund.municipality_id,
            neighbourhood=None,
        )
        first = session.get_one(Application, new_desk.application_id)
        second = applied(session, fund, other)
        for application in (first, second):
            admitted(session, application, new_desk.case.olga)
        divided(session, fund, {first.id: CLAIMS[0], second.id: CLAIMS[1]})
    return new_desk


def path_of(at_desk: Desk) -> str:
    return f"/gemeente/fondsen/{at_desk.case.fund.id}/verdeling"


def decisions(committing: Committing) -> list[Decision]:
    with committing() as session:
        return list(session.scalars(select(Decision).order_by(Decision.amount_cents.desc())))


def test_the_figures_of_a_division_add_up_to_the_pot(at_desk: Desk) -> None:
    page_text = page(at_desk.olga, path_of(at_desk))
    assert "€ 10.000" in page_text
    assert "berekend € 9.000, in deze verdeling € 7.500" in page_text
    assert "berekend € 3.000, in deze verdeling € 2.500" in page_text
    assert page_text.count("nog niet voorgesteld") == 2


def test_all_are_proposed_in_one_go_and_approved_one_by_one(
    at_desk: Desk, committing: Committing
) -> None:
    page_text = page(at_desk.olga, f"{path_of(at_desk)}/voorstellen", x="x")
    assert "2 besluiten voorgesteld." in page_text
    proposals = decisions(committing)
    assert [proposal.amount_cents for proposal in proposals] == [750_000, 250_000]
    assert {proposal.status for proposal in proposals} == {"proposed"}
    assert "goedkeuren" not in page_text
    assert f"/gemeente/besluiten/{proposals[0].id}" in page_text
    page(at_desk.piet, f"/gemeente/besluiten/{proposals[0].id}/goedkeuren", x="x")
    assert [decision.status for decision in decisions(committing)] == ["approved", "proposed"]


def test_proposing_again_proposes_nothing_twice(at_desk: Desk, committing: Committing) -> None:
    page(at_desk.olga, f"{path_of(at_desk)}/voorstellen", x="x")
    page_text = page(at_desk.piet, f"{path_of(at_desk)}/voorstellen", x="x")
    assert "0 besluiten voorgesteld." in page_text
    assert len(decisions(committing)) == 2


def test_where_the_officer_has_a_stake_a_colleague_must_propose(
    at_desk: Desk, committing: Committing
) -> None:
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        session.add(
            Stake(
                person_id=at_desk.case.olga.person_id,
                campaign_id=case.campaign_id,
                municipality_id=case.municipality_id,
                reason="Ik woon er.",
                at=clock.now(),
                by=at_desk.case.olga.person_id,
            )
        )
        number = case.number
    beforehand = page(at_desk.olga, path_of(at_desk))
    assert beforehand.count("U hebt een belang bij deze actie.") == 1
    page_text = page(at_desk.olga, f"{path_of(at_desk)}/voorstellen", x="x")
    assert f"Over {number} is niets voorgesteld. U hebt een belang" in page_text
    assert len(decisions(committing)) == 1


def test_a_fund_that_was_not_divided_says_so(committing: Committing, signed_in: SignIn) -> None:
    new_desk = desk(committing, signed_in)
    assert "Het geld is nog niet verdeeld" in page(new_desk.olga, path_of(new_desk))
    page_text = page(new_desk.olga, f"{path_of(new_desk)}/voorstellen", x="x")
    assert "utrecht-alert--error" in page_text


def test_another_municipality_sees_no_division_report_or_file(at_desk: Desk) -> None:
    fund = f"/gemeente/fondsen/{at_desk.case.fund.id}"
    for part in ("verdeling", "rapport", "besluiten.csv"):
        assert at_desk.eva.get(f"{fund}/{part}").status_code == 404, part
    assert at_desk.eva.post(f"{fund}/verdeling/voorstellen").status_code == 404
    assert at_desk.case.fund.name not in page(at_desk.eva, "/gemeente/rapporten")


def sent(at_desk: Desk, committing: Committing) -> Decision:
    with committing() as session:
        at_desk.case.application = session.get_one(Application, at_desk.application_id)
        return at_desk.case.send(session, "partial_award", 750_000, "rule")


def rows(answer: TestResponse) -> list[dict[str, str]]:
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_decisions_as_a_file(at_desk: Desk, committing: Committing) -> None:
    decision = sent(at_desk, committing)
    fund = at_desk.case.fund
    answer = at_desk.olga.get(f"/gemeente/fondsen/{fund.id}/besluiten.csv?jaar=nonsens")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="besluiten-{fund.slug}.csv"'
    )
    assert [row["besluit"] for row in rows(answer)] == [decision.number]
    assert [row["besluit"] for row in rows(at_desk.olga.get("/gemeente/rapporten/besluiten.csv"))]
    assert rows(at_desk.olga.get(f"/gemeente/fondsen/{fund.id}/besluiten.csv?jaar=1999")) == []
    assert rows(at_desk.eva.get("/gemeente/rapporten/besluiten.csv")) == []


def test_the_report_of_a_year(at_desk: Desk, committing: Committing) -> None:
    sent(at_desk, committing)
    year = clock.today().year
    path = f"/gemeente/fondsen/{at_desk.case.fund.id}/rapport"
    page_text = page(at_desk.olga, f"{path}?jaar={year}")
    assert "€ 7.500" in page_text
    assert f"Rapport, {year}" in page_text
    assert "Naar buurt" in page_text
    assert "Naar thema" in page_text
    assert "Er kwam geen bezwaar binnen." in page_text
    empty = page(at_desk.olga, f"{path}?jaar=1999")
    assert "Er is geen geld toegekend." in empty
    assert at_desk.case.fund.name in page(at_desk.olga, "/gemeente/rapporten")


def test_figures_that_were_taken_back_are_shown_with_their_decisions(
    at_desk: Desk, committing: Committing
) -> None:
    with committing() as session:
        wrong = PlaceImportFactory(
            filename="kwb-2025-fout.xlsx",
            rolled_back_at=clock.now(),
            rollback_reason="Verkeerde kolom.",
        )
        case = session.get_one(Application, at_desk.application_id)
        fund = session.get_one(Fund, case.fund_id)
        DecisionFactory(
            application=None,
            proposer=None,
            application_id=case.id,
            fund_id=fund.id,
            municipality_id=fund.municipality_id,
            proposed_by=at_desk.case.olga.person_id,
            status="dismissed",
            import_ids=[str(wrong.id)],
        )
    page_text = page(at_desk.olga, "/gemeente/rapporten")
    assert "kwb-2025-fout.xlsx" in page_text
    assert "Verkeerde kolom." in page_text
    assert "kwb-2025-fout.xlsx" in page(at_desk.olga, at_desk.path)
    assert "kwb-2025-fout.xlsx" not in page(at_desk.eva, "/gemeente/rapporten")
