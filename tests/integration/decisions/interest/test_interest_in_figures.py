"""Interest, owed either way, beside every figure of match money: it is part of none of them."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import Town, applied, town_fund
from tests.support.late_awards import late_award, owed_sent, paid
from tests.support.late_claims import came_in, interest_sent, late_claim
from voorjebuurt.decisions.archive.case_files import Stores
from voorjebuurt.decisions.archive.explanation import explanation_of
from voorjebuurt.decisions.archive.service import Terms, export_case
from voorjebuurt.decisions.destinations.service import destinations
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.reports.application_money import application_money
from voorjebuurt.decisions.reports.exports import decisions_csv
from voorjebuurt.decisions.reports.public import decisions_of_fund
from voorjebuurt.decisions.reports.service import YearReport, year_report
from voorjebuurt.decisions.reports.state_aid import state_aid
from voorjebuurt.decisions.rulings.sums import award_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.models import FundPot
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.matches import live_match_cents

Late = Callable[..., Town]
Lay = Callable[[Session, Town], Decision]


def owed_and_paid(session: Session, case: Town) -> Decision:
    """The municipality owes it, and it left with a payout."""
    decision = owed_sent(session, case)
    assert paid(session, case).amount_cents == decision.amount_cents
    return decision


def received(session: Session, case: Town) -> Decision:
    """The initiator owed it, and paid it with a part of the sum."""
    decision = interest_sent(session, case)
    came_in(session, case, decision.amount_cents)
    return decision


BOTH = pytest.mark.parametrize(
    ("late", "lay_down"), [(late_award, owed_and_paid), (late_claim, received)]
)


def figures(session: Session, case: Town, next_application: Any) -> dict[str, Any]:
    """Everything that tells of this application's match."""
    session.flush()
    session.expire_all()
    year = year_report(session, fund_id=case.fund.id)
    return {
        "report": _without_counts(year),
        "where": destinations(session, municipality_id=case.fund.municipality_id),
        "money": application_money(session, case.application.id),
        "award": award_of(session, case.application.id),
        "aid": state_aid(session, next_application, now_cents=0).here_cents,
        "meter": live_match_cents(session, case.campaign.id),
        "pot": session.get_one(FundPot, case.fund.id, populate_existing=True).taken_cents,
        "match": case.match(session).net_cents,
    }


def _without_counts(year: YearReport) -> Any:
    return (year.money, year.applications, year.bands, year.areas, year.themes, year.ways)


@BOTH
def test_no_figure_of_match_changes(session: Session, late: Late, lay_down: Lay) -> None:
    case = late(session)
    initiator = session.get_one(Person, case.campaign.initiator_id)
    campaign = CampaignFactory(status="live", goal_cents=10_000_000, initiator=initiator)
    following = applied(session, town_fund(campaign.municipality_id), campaign).id
    before = figures(session, case, following)
    lay_down(session, case)
    after = figures(session, case, following)
    if late is late_award:
        assert after["aid"] > 0
    assert after == before


@BOTH
def test_lists_say_what_it_is(session: Session, late: Late, lay_down: Lay) -> None:
    case = late(session)
    decision = lay_down(session, case)
    (row,) = [row for row in decisions_of_fund(session, case.fund.id) if row.kind == decision.kind]
    assert (row.amount_cents, row.net_cents, row.is_maximum) == (decision.amount_cents, None, False)
    text = decisions_csv(session, fund_id=case.fund.id).decode("utf-8-sig")
    by_number = {line["besluit"]: line for line in csv.DictReader(io.StringIO(text), delimiter=";")}
    line = by_number[decision.number]
    words = {"interest": "wettelijke rente", "interest_owed": "wettelijke rente van de gemeente"}
    assert line["soort"] == words[decision.kind]
    # What holds now is the same beside every decision on the application.
    assert len({each["geldt_nu_euro"] for each in by_number.values()}) == 1


@BOTH
def test_archive_and_explanation_have_it(
    session: Session, late: Late, lay_down: Lay, tmp_path: Path
) -> None:
    case = late(session)
    decision = lay_down(session, case)
    session.flush()
    session.expire_all()
    explanation = explanation_of(session, decision.number)
    assert explanation.same, (explanation.replayed.differences, explanation.checks)
    storage = FolderStorage(tmp_path)
    data = export_case(
        session, case.application.id, stores=Stores(storage, storage), terms=Terms("Buurt", 10)
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names if decision.number in name}
    assert any(name.endswith(".pdf") for name in files)
    (snapshot,) = [content for name, content in files.items() if name.endswith(".json")][:1]
    assert json.loads(snapshot)


@BOTH
def test_the_year_counts_it_for_no_award(session: Session, late: Late, lay_down: Lay) -> None:
    case = late(session)
    lay_down(session, case)
    this_year = year_report(session, fund_id=case.fund.id, year=clock.today().year)
    whole = year_report(session, fund_id=case.fund.id)
    assert this_year.money.awarded <= whole.money.awarded
    assert whole.days.decided == 1
