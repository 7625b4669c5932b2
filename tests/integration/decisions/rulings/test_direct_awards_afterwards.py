"""An award that determined the amount at once: what can still become of it, in money and law."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, objected, pay_out, ruled
from tests.support.factories.rounds import given as gave
from tests.support.factories.towns import Town, asked_before, officer, town_divided
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.reports.application_money import application_money
from voorjebuurt.decisions.reports.service import year_report
from voorjebuurt.decisions.rules.changes import NO_TERMS, ChangeTerms
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import municipal_receivable, payable
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.models import FundPot
from voorjebuurt.matching.pots.reversal import promise_again
from voorjebuurt.payouts.checks import check_books

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
LATE = datetime(2031, 6, 2, 10, 0, tzinfo=UTC)
CLAIM, LESS = 50_000, 30_000


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    bands = [{"from_cents": 0, "way": "direct"}]
    case = town_divided(session, claim=CLAIM, draft_arrangements=bands)
    case.send(session, "award", CLAIM)
    assert (case.application.status, case.match(session).settled_cents) == ("determined", CLAIM)
    return case


def changed(
    session: Session, case: Town, cents: int, ground: str, terms: ChangeTerms = NO_TERMS
) -> Decision:
    decision_id = propose(
        session,
        application_id=case.application.id,
        kind="determination_change",
        amount_cents=cents,
        grounds=[ground],
        reason="Daarom.",
        weighing=asked_before("determination_change", [ground]),
        terms=terms,
        actor=case.olga,
    )
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    return session.get_one(Decision, decision_id)


def taken_back(session: Session, case: Town) -> None:
    """The success is lost; the donors choose again."""
    promise_again(session, campaign_id=case.campaign.id, near_miss_id=new_id(), actor=SYSTEM)
    case.campaign.status = "near_miss"
    session.flush()


def taken(session: Session, case: Town) -> int:
    return session.get_one(FundPot, case.fund.id, populate_existing=True).taken_cents


def wrong_checks(session: Session) -> list[str]:
    exception = "money_covers_what_is_owed"  # paid out without a file here
    checks = check_books(session, in_flight_max_days=10_000)
    return [check.name for check in checks if not check.passed and check.name != exception]


def test_it_is_final_after_five_years(session: Session, case: Town) -> None:
    """Awb 4:49, third paragraph: since the award was announced, as that determined it."""
    with clock.at(LATE), pytest.raises(DomainError, match="determination_final"):
        changed(session, case, LESS, "wrong_determination")


def test_a_breach_after_it_is_one_after_its_announcement(session: Session, case: Town) -> None:
    before = ChangeTerms(breach_on=date(2026, 5, 1))
    with pytest.raises(DomainError, match="breach_before_determination"):
        changed(session, case, LESS, "duty_after", before)


def test_nothing_of_it_is_claimed_back_after_five_years(session: Session, case: Town) -> None:
    """Awb 4:57, fourth paragraph."""
    pay_out(session, case)
    changed(session, case, LESS, "unknown_facts")
    with clock.at(LATE), pytest.raises(DomainError, match="clawback_too_late"):
        case.propose(session, "clawback", 20_000, "overpaid")


def test_what_is_lowered_while_donors_choose_again_is_owed_lower(
    session: Session, case: Town
) -> None:
    taken_back(session, case)
    changed(session, case, LESS, "unknown_facts")
    assert taken(session, case) == LESS
    case.campaign.status = "succeeded"
    session.flush()
    assert settle_campaign(session, campaign_id=case.campaign.id)
    money = application_money(session, case.application.id)
    assert (money.net_cents, money.overpaid_cents) == (LESS, 0)
    assert balance(session, payable(case.campaign.id)) == LESS
    assert balance(session, municipal_receivable(case.fund.id)) == LESS
    assert year_report(session, fund_id=case.fund.id).money.net == LESS
    assert wrong_checks(session) == []


def test_what_becomes_nothing_while_donors_choose_again_is_not_owed(
    session: Session, case: Town
) -> None:
    taken_back(session, case)
    changed(session, case, 0, "unknown_facts")
    case.campaign.status = "succeeded"
    session.flush()
    assert settle_campaign(session, campaign_id=case.campaign.id)
    assert (taken(session, case), balance(session, payable(case.campaign.id))) == (0, 0)
    assert application_money(session, case.application.id).net_cents == 0
    assert year_report(session, fund_id=case.fund.id).money.net == 0
    assert wrong_checks(session) == []


def test_what_became_nothing_before_the_success_was_lost_is_not_owed(
    session: Session, case: Town
) -> None:
    changed(session, case, 0, "unknown_facts")
    taken_back(session, case)
    case.campaign.status = "succeeded"
    session.flush()
    assert settle_campaign(session, campaign_id=case.campaign.id)
    assert (taken(session, case), balance(session, payable(case.campaign.id))) == (0, 0)
    assert application_money(session, case.application.id).net_cents == 0
    assert year_report(session, fund_id=case.fund.id).money.net == 0
    assert wrong_checks(session) == []


def test_with_a_campaign_that_fails_after_all_nothing_of_it_is_shown(
    session: Session, case: Town
) -> None:
    taken_back(session, case)
    case.campaign.status = "failed"
    session.flush()
    assert settle_campaign(session, campaign_id=case.campaign.id)
    money = application_money(session, case.application.id)
    assert (money.net_cents, taken(session, case)) == (0, 0)
    report = year_report(session, fund_id=case.fund.id)
    assert (report.money.net, report.money.expired) == (0, CLAIM)
    assert case.application.status == "expired"
    assert wrong_checks(session) == []


def test_an_objection_to_its_change_brings_it_back(session: Session, case: Town) -> None:
    gave(case.campaign, CLAIM, at=NOW)
    decision = changed(session, case, LESS, "unknown_facts")
    assert balance(session, payable(case.campaign.id)) == LESS
    objection = objected(session, case, decision)
    rosa, bram = (officer(session, case.fund.municipality_id, name) for name in ("Rosa", "Bram"))
    heard(session, objection, rosa)
    ruled(session, objection, "upheld", Replacement("determination", CLAIM), by=(rosa, bram))
    assert application_money(session, case.application.id).net_cents == CLAIM
    assert (case.application.status, taken(session, case)) == ("determined", CLAIM)
    assert balance(session, payable(case.campaign.id)) == CLAIM
    assert year_report(session, fund_id=case.fund.id).money.net == CLAIM
    assert wrong_checks(session) == []
