"""What is asked after an award follows from its amount, and from nothing that changes later."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import account, pay_out
from tests.support.factories.towns import Town, awarded_first, town, town_divided
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.accounting.queries import (
    accounting_day,
    accountings_to_come,
    ex_officio_to_determine,
)
from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.overviews.applicant_file import applicant_file
from voorjebuurt.decisions.overviews.reminders import ask_for_accountings
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.proof.snapshots import replay
from voorjebuurt.decisions.reports.application_money import application_money
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.models import Application

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000
BANDS: list[dict[str, Any]] = [
    {"from_cents": 0, "way": "direct"},
    {"from_cents": 20_000, "way": "ex_officio"},
    {"from_cents": 60_000, "way": "activities"},
    {"from_cents": 90_000, "way": "costs"},
]


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path)


def awarded(session: Session, cents: int) -> Town:
    """An award of so much in a fund with all four ways, after the campaign's success."""
    case = town_divided(session, claim=cents, draft_arrangements=BANDS)
    case.send(session, "award", cents)
    return case


def refused(code: str) -> Any:
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def works(session: Session, case: Town) -> set[WorkKind]:
    return {work.kind for work in all_work(session, case.fund.municipality_id)}


@pytest.mark.parametrize(
    ("cents", "way", "weeks", "status"),
    [
        (19_999, "direct", 0, "determined"),
        (20_000, "ex_officio", 26, "awarded"),
        (60_000, "activities", 26, "awarded"),
        (90_000, "costs", 26, "awarded"),
    ],
)
def test_the_amount_says_what_holds(
    session: Session, cents: int, way: str, weeks: int, status: str
) -> None:
    case = awarded(session, cents)
    application = case.application
    assert (application.arrangement, application.arrangement_weeks) == (way, weeks)
    assert application.status == status
    decision = session.scalars(select(Decision)).one()
    arrangement = read(decision.snapshot).arrangement
    assert arrangement == {"way": way, "weeks": weeks, "decide_weeks": weeks and 8}
    assert replay(decision.snapshot).differences == ()


def test_a_direct_award_is_final_and_paid_and_nothing_is_asked(
    session: Session, storage: FolderStorage
) -> None:
    case = awarded(session, 10_000)
    assert balance(session, payable(case.campaign.id)) == 10_000
    money = application_money(session, case.application.id)
    assert (money.rung, money.shown_cents, money.due_cents) == ("determined", 10_000, 0)
    assert accounting_day(session, case.campaign.id) is None
    assert ask_for_accountings(session) == 0
    assert works(session, case) == set()
    file = applicant_file(session, case.application.id)
    assert file is not None
    assert not file.accountable
    with refused("account_not_asked"):
        account(session, case, storage, cents=10_000)
    with pytest.raises(TransitionError):
        case.propose(session, "lower_determination", 5_000, "not_done")


def test_the_database_refuses_an_account_of_a_direct_award(session: Session) -> None:
    case = awarded(session, 10_000)
    row = Accounting(
        application_id=case.application.id,
        municipality_id=case.fund.municipality_id,
        at=clock.now(),
        by=case.initiator.person_id,
        spent_cents=None,
        story="Toch.",
    )
    with pytest.raises(IntegrityError, match="was determined at once"), session.begin_nested():
        session.add(row)
        session.flush()


def test_the_database_keeps_what_an_award_fixed(session: Session) -> None:
    case = awarded(session, 70_000)
    change = update(Application).values(arrangement="direct", arrangement_weeks=0)
    with pytest.raises(IntegrityError, match="fixed how it is accounted"), session.begin_nested():
        session.execute(change)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("UPDATE fund_versions SET arrangements = '[]'"))
    assert case.application.arrangement == "activities"


def test_ex_officio_waits_for_its_term_and_asks_nothing(
    session: Session, storage: FolderStorage
) -> None:
    """Awb 4:47."""
    case = awarded(session, CLAIM)
    place = case.fund.municipality_id
    assert ask_for_accountings(session) == 0
    assert accountings_to_come(session, place) == {}
    assert works(session, case) == set()
    with refused("ex_officio_too_early"):
        case.propose(session, "determination", CLAIM)
    with clock.at(NOW + timedelta(weeks=26)):
        assert ex_officio_to_determine(session, place) == {}
    with clock.at(NOW + timedelta(weeks=26, days=1)):
        assert ex_officio_to_determine(session, place) == {case.application.id: date(2027, 1, 25)}
        assert works(session, case) == {WorkKind.DETERMINE}
        decision = case.send(session, "determination", CLAIM)
        assert works(session, case) == set()
    assert (case.application.status, decision.before_cents) == ("determined", CLAIM)
    assert "zelf vaststellen (ambtshalve)" in _letter(decision)


def test_ex_officio_may_be_lower_on_a_listed_ground(session: Session) -> None:
    """Awb 4:46."""
    case = awarded(session, CLAIM)
    pay_out(session, case)
    with clock.at(NOW + timedelta(weeks=27)):
        with refused("ground_missing"):
            case.propose(session, "lower_determination", 10_000)
        decision = case.send(session, "lower_determination", 10_000, "not_done")
    assert decision.amount_cents == 10_000
    assert case.application.status == "determined"


def test_who_has_to_tell_nothing_may_tell_it(session: Session, storage: FolderStorage) -> None:
    case = awarded(session, CLAIM)
    account(session, case, storage, lines=[], receipts=[])
    assert case.application.status == "accounted"
    assert session.scalars(select(Accounting.spent_cents)).one() is None
    case.send(session, "determination", CLAIM)
    assert case.application.status == "determined"


def test_activities_are_told_without_amounts(session: Session, storage: FolderStorage) -> None:
    case = awarded(session, 70_000)
    assert ask_for_accountings(session) == 1
    context = session.scalars(
        select(MailMessage.context).where(MailMessage.template == "accounting_asked")
    ).one()
    assert context["way"] == "activities"
    account(session, case, storage, lines=[], receipts=[])
    row = session.scalars(select(Accounting)).one()
    assert (row.spent_cents, row.lines) == (None, [])
    decision = case.send(session, "determination", 70_000)
    assert "U vertelde wat u met het geld hebt gedaan." in _letter(decision)
    assert "Verantwoord |" not in _letter(decision)


def test_costs_need_amounts_as_before(session: Session, storage: FolderStorage) -> None:
    case = awarded(session, 90_000)
    with refused("account_lines_missing"):
        account(session, case, storage, lines=[])
    with refused("account_missing"):
        case.propose(session, "determination", 90_000)
    account(session, case, storage, cents=90_000)
    case.send(session, "determination", 90_000)


def test_an_award_before_the_success_is_never_final_at_once(session: Session) -> None:
    """A condition is still open (Awb 4:33), so what would be direct follows ex officio."""
    case = town(
        session,
        campaign="live",
        live=True,
        draft_arrangements=[
            {"from_cents": 0, "way": "direct"},
            {"from_cents": 5_000_000, "way": "costs"},
        ],
    )
    decision = awarded_first(session, case.application, case.olga, case.piet)
    assert (case.application.arrangement, case.application.arrangement_weeks) == ("ex_officio", 0)
    assert case.application.status == "awarded"
    assert ex_officio_to_determine(session, case.fund.municipality_id) == {}
    assert "binnen 8 weken nadat uw actie met genoeg geld is afgelopen" in _letter(decision)


def test_a_direct_award_waits_when_the_success_is_taken_back(session: Session) -> None:
    case = town_divided(session, claim=10_000, draft_arrangements=BANDS)
    case.propose(session, "award", 10_000)
    case.campaign.status = "near_miss"
    session.flush()
    decision_id = session.scalars(select(Decision.id)).one()
    with refused("success_open_again"):
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)


def _letter(decision: Decision) -> str:
    announcement = letters.read_announcement(decision.announcement)
    return letters.write(decision.snapshot, announcement).text
