"""Where money went, over funds and years, from real decisions and bookings."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.case_steps import account, heard, objected, ruled
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.cases import ClockEventFactory
from tests.support.factories.matching import ApplicationFactory
from tests.support.factories.places import (
    AreaFigureFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.rounds import given as gave
from tests.support.factories.towns import (
    Town,
    admitted,
    applied,
    asked_before,
    divided,
    officer,
    town_divided,
    town_fund,
)
from tests.support.statements import statements
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.destinations.service import destinations
from voorjebuurt.decisions.destinations.shares import Verdict
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.reports.application_money import money_of
from voorjebuurt.decisions.reports.public import decisions_of_fund
from voorjebuurt.decisions.reports.service import year_report
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.places.models import Neighbourhood

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
FIGURES = (30, 20, 15, 10, 5)


def buurten_of(municipality_id: Any) -> list[Neighbourhood]:
    """Five with 100 residents each and a figure, and one of which nothing is known."""
    place_import = PlaceImportFactory()
    place: dict[str, Any] = {"municipality": None, "municipality_id": municipality_id}
    rows = [NeighbourhoodFactory(**place, name=f"B{number}") for number in range(6)]
    for row, figure in zip(rows, FIGURES, strict=False):
        for indicator, value in (("p_hh_120", figure), ("a_inw", 100)):
            AreaFigureFactory(
                place_import=place_import, area_code=row.code, indicator=indicator, value=value
            )
    return rows


class Streets:
    """A town whose fund reads no area, with neighbourhoods that are measured anyway."""

    def __init__(self, session: Session) -> None:
        self.session = session
        with clock.at(NOW):
            self.case: Town = town_divided(session)
        self.place = self.case.fund.municipality_id
        self.buurten = buurten_of(self.place)
        self.case.application.areas = {self.buurten[0].code: "1"}
        session.flush()

    def campaign(self, buurt: int, status: str = "succeeded", *gifts: int) -> Campaign:
        row: Campaign = CampaignFactory(
            status=status, neighbourhood=self.buurten[buurt], goal_cents=10_000_000
        )
        for cents in gifts:
            PledgeFactory(campaign=row, amount_cents=cents)
        return row

    def application(self, fund: Fund, campaign: Campaign, claim: int, number: int) -> Application:
        row = applied(self.session, fund, campaign)
        admitted(self.session, row, self.case.olga)
        divided(self.session, fund, {row.id: claim}, number=number)
        return row

    def decide(self, application: Application, kind: str, cents: int, *grounds: str) -> None:
        decision_id = propose(
            self.session,
            application_id=application.id,
            kind=kind,
            amount_cents=cents,
            grounds=list(grounds),
            reason="Daarom." if grounds else "",
            weighing=asked_before(kind, grounds),
            actor=self.case.olga,
        )
        approve(self.session, decision_id=decision_id, recall_minutes=0, actor=self.case.piet)
        assert send_decision(self.session, decision_id=decision_id)


@pytest.fixture
def streets(session: Session) -> Streets:
    return Streets(session)


def test_a_campaigns_area_is_kept_whatever_the_rule_reads(streets: Streets) -> None:
    """An application has the area of its campaign, though the rules of its fund name none."""
    with clock.at(NOW):
        row = streets.application(streets.case.fund, streets.campaign(4), 10_000, 2)
        streets.decide(row, "award", 10_000)
    assert row.areas == {streets.buurten[4].code: "1"}
    figures = destinations(streets.session, municipality_id=streets.place)
    assert (figures.indicator, figures.source) == ("p_hh_120", "fifths")
    assert [cell.match_cents for cell in figures.total.line.cells] == [0, 0, 0, 0, 10_000]


def test_over_funds_and_years_net_of_what_was_taken_off(
    streets: Streets, session: Session, tmp_path: Path
) -> None:
    """€ 500 lowered to € 300; € 200 withdrawn; next year € 100 by another fund: € 400 is left."""
    case = streets.case
    with clock.at(NOW):
        for cents in (1_000, 2_000, 6_000):
            PledgeFactory(campaign=case.campaign, amount_cents=cents)
        streets.decide(case.application, "award", 50_000)
        lost_case = streets.application(case.fund, streets.campaign(1, "succeeded", 500), 20_000, 2)
        streets.decide(lost_case, "award", 20_000)
        streets.decide(lost_case, "withdrawal", 0, "not_done")
        account(session, case, FolderStorage(tmp_path), cents=30_000)
        streets.decide(case.application, "lower_determination", 30_000, "not_done")
    with clock.at(NEXT_YEAR):
        second = town_fund(streets.place, name="Groenfonds")
        rich = streets.application(second, streets.campaign(4, "succeeded", 8_000, 40), 10_000, 1)
        streets.decide(rich, "award", 10_000)
    figures = destinations(session, municipality_id=streets.place)
    total = figures.total.line
    assert total.match_cents == 40_000
    assert [cell.match_cents for cell in total.cells] == [30_000, 0, 0, 0, 10_000]
    assert [cell.crowd_cents for cell in total.cells] == [9_000, 0, 0, 0, 8_040]
    assert (total.won, total.ended) == (3, 3)
    assert [(part.year, part.line.match_cents) for part in figures.years] == [
        (2027, 10_000),
        (2026, 30_000),
    ]
    assert [(part.fund, part.year, part.line.match_cents) for part in figures.funds] == [
        ("Groenfonds", 2027, 10_000),
        (case.fund.name, 2026, 30_000),
    ]
    (first,) = [part for part in figures.funds if part.year == 2026]
    assert first.gifts is not None
    assert (first.gifts.donors, first.gifts.gifts, first.gifts.median_cents) == (3, 3, 2_000)
    assert figures.total.comparison.verdict is Verdict.FEW
    everything_agrees(session, streets)


def everything_agrees(session: Session, streets: Streets) -> None:
    """One sum: across funds, in each fund's report, in each case, and in the ledger."""
    figures = destinations(session, municipality_id=streets.place)
    funds = session.query(Fund).filter_by(municipality_id=streets.place).all()
    reports = [year_report(session, fund_id=fund.id) for fund in funds]
    applications = session.query(Application).filter_by(municipality_id=streets.place).all()
    money = money_of(session, [row.id for row in applications])
    debts = {row.campaign_id: balance(session, payable(row.campaign_id)) for row in applications}
    net = figures.total.line.match_cents
    assert net == sum(report.money.net for report in reports)
    assert net == sum(each.net_cents for each in money.values() if each.public)
    assert net == sum(debts.values()) - sum(each.overpaid_cents for each in money.values())
    for report, fund in zip(reports, funds, strict=True):
        own = destinations(
            session, municipality_id=streets.place, fund_id=fund.id, rules=fund.draft_rules
        )
        assert own.total.line.match_cents == report.money.net
        assert [cell.match_cents for cell in own.total.line.cells] == [
            row.cents for row in report.bands if row.band is not None
        ]
        assert sum(part.line.match_cents for part in own.years) == report.money.net


def test_who_live_in_each_band_and_what_is_not_known(streets: Streets) -> None:
    """Two neighbourhoods have no figure: the sixth here, and that of the town's own campaign."""
    figures = destinations(streets.session, municipality_id=streets.place)
    baseline = figures.baseline
    assert list(baseline.residents) == [100] * 5
    assert (baseline.areas, baseline.own, baseline.without, baseline.uncounted) == (7, 5, 2, 2)
    assert figures.total.line.match_cents == 0
    assert figures.total.comparison.residents == 400
    assert (figures.years, figures.funds) == ([], [])


def test_neighbourhoods_of_other_years_are_nobodys_home(streets: Streets) -> None:
    """Their figures are kept for old applications; fifths are made of those of now."""
    place: dict[str, Any] = {"municipality": None, "municipality_id": streets.place}
    old = NeighbourhoodFactory(**place, vintage=2019)
    AreaFigureFactory(area_code=old.code, indicator="p_hh_120", value=99)
    figures = destinations(streets.session, municipality_id=streets.place)
    assert list(figures.baseline.residents) == [100] * 5
    assert figures.bands[0]["lower"]["bound"] == "30"


def test_the_indicator_is_chosen_by_the_settings(streets: Streets) -> None:
    for row, score in zip(streets.buurten, (-3, -2, -1, 0, 1), strict=False):
        AreaFigureFactory(area_code=row.code, indicator="ses_woa", value=score)
    figures = destinations(
        streets.session, municipality_id=streets.place, measures=("g_ink_pi", "ses_woa")
    )
    assert figures.indicator == "ses_woa"
    none = destinations(streets.session, municipality_id=streets.place, measures=("g_ink_pi",))
    assert (none.indicator, none.source, none.bands) == (None, "none", [])
    assert none.total.comparison.verdict is Verdict.UNKNOWN


def test_of_a_live_fund_only_what_an_announced_award_gives(session: Session) -> None:
    """What no award was sent for is nobody's money yet, also where gifts came in."""
    application = ApplicationFactory()
    PledgeFactory(campaign_id=application.campaign_id)
    figures = destinations(session, municipality_id=application.municipality_id)
    assert figures.total.line.match_cents == 0


def test_more_money_takes_no_more_statements(streets: Streets, session: Session) -> None:
    def count() -> int:
        session.expire_all()
        with statements() as texts:
            destinations(session, municipality_id=streets.place)
        return len(texts)

    with clock.at(NOW):
        streets.decide(streets.case.application, "award", 50_000)
        few = count()
        for number in range(2, 8):
            with clock.at(NOW + timedelta(days=200 * number)):
                fund = town_fund(streets.place, name=f"Fonds {number}")
                row = streets.application(fund, streets.campaign(number % 5), 1_000, 1)
                streets.decide(row, "award", 1_000)
    assert count() == few <= 20


def test_an_award_that_expired_does_not_revive_when_its_case_is_opened_again(
    session: Session,
) -> None:
    """After an objection to an award that ended with its campaign, nothing holds until decided."""
    with clock.at(NOW):
        case = town_divided(session)
        case.campaign.status = "live"
        case.send(session, "award", 50_000)
        case.campaign.status = "failed"
        session.flush()
        settle_campaign(session, campaign_id=case.campaign.id)
        assert case.application.status == "expired"
    # As an objection that is upheld does: the match stays let go, as the campaign failed.
    ClockEventFactory(application=case.application, kind="reopened", at=NOW + timedelta(days=9))
    case.application.status = "admitted"
    session.flush()
    report = year_report(session, fund_id=case.fund.id)
    assert (report.money.awarded, report.money.net, report.money.expired) == (50_000, 0, 50_000)
    figures = destinations(session, municipality_id=case.fund.municipality_id)
    assert (figures.total.line.match_cents, figures.total.line.ended) == (0, 1)


def test_a_revoked_decision_is_marked_with_what_others_may_read(
    streets: Streets, session: Session
) -> None:
    """Everybody reads ``public_reason``; the reason for who objected stays between them."""
    case = streets.case
    with clock.at(NOW):
        gave(case.campaign, 50_000, at=NOW - timedelta(days=1))
        streets.decide(case.application, "partial_award", 30_000, "ceiling")
        decision = session.query(Decision).one()
        objection = objected(session, case, decision)
        rosa, bram = (officer(session, streets.place, name) for name in ("Rosa", "Bram"))
        heard(session, objection, rosa)
        new = Replacement("award", 50_000)
        reasons = {"reason": "Uw schulden.", "public_reason": "Het bedrag klopte niet."}
        ruled(session, objection, "upheld", new, by=(rosa, bram), **reasons)
    first, second = reversed(decisions_of_fund(session, case.fund.id))
    assert first.revocation is not None
    assert (first.revocation.public_reason, first.net_cents) == ("Het bedrag klopte niet.", None)
    assert (second.revocation, second.net_cents) == (None, 50_000)
    assert year_report(session, fund_id=case.fund.id).revoked == 1
    everything_agrees(session, streets)
