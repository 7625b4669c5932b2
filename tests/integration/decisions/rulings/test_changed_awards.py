"""An award that becomes lower, and a determination that is changed: money, law and what is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import account, heard, objected, pay_out, ruled
from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.rounds import given as gave
from tests.support.factories.towns import Town, asked_before, officer, town_divided
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.reports.application_money import application_money
from voorjebuurt.decisions.reports.service import year_report
from voorjebuurt.decisions.rules.changes import NO_TERMS, ChangeTerms
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.decisions.rulings.proposals import dismiss, propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.views.answers import waive_views
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable, municipal_receivable, payable
from voorjebuurt.matching.models import FundPot
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.rules import MatchRung

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM, LESS = 50_000, 30_000
TERMS = ChangeTerms(date(2026, 7, 1), 5_000)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path)


@pytest.fixture
def case(session: Session) -> Town:
    case = town_divided(session, claim=CLAIM)
    case.send(session, "award", CLAIM)
    return case


def proposed(
    session: Session,
    case: Town,
    kind: str,
    cents: int,
    *grounds: str,
    terms: ChangeTerms = NO_TERMS,
) -> UUID:
    return propose(
        session,
        application_id=case.application.id,
        kind=kind,
        amount_cents=cents,
        grounds=grounds,
        reason="Daarom.",
        terms=terms,
        weighing=asked_before(kind, grounds),
        actor=case.olga,
    )


def changed(session: Session, case: Town, kind: str, cents: int, *grounds: str, **more: Any) -> Any:
    decision_id = proposed(session, case, kind, cents, *grounds, **more)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    return session.get_one(Decision, decision_id)


def determined(session: Session, case: Town, storage: FolderStorage) -> None:
    account(session, case, storage)
    case.send(session, "determination", CLAIM)


def taken(session: Session, case: Town) -> int:
    return session.get_one(FundPot, case.fund.id, populate_existing=True).taken_cents


def wrong_checks(session: Session) -> list[str]:
    exception = "money_covers_what_is_owed"  # paid out without a file here
    checks = check_books(session, in_flight_max_days=10_000)
    return [check.name for check in checks if not check.passed and check.name != exception]


def test_an_award_becomes_lower_before_it_is_paid(session: Session, case: Town) -> None:
    decision = changed(session, case, "award_change", LESS, "not_done")
    match, money = case.match(session), application_money(session, case.application.id)
    assert (decision.before_cents, case.application.status) == (CLAIM, "awarded")
    assert (match.match_cents, match.fixed_cents, match.maximum_cents) == (LESS, LESS, LESS)
    assert (money.net_cents, money.award_cents, money.rung) == (LESS, LESS, MatchRung.AWARDED)
    assert balance(session, payable(case.campaign.id)) == LESS
    assert balance(session, municipal_receivable(case.fund.id)) == LESS
    assert taken(session, case) == LESS
    report = year_report(session, fund_id=case.fund.id)
    assert (report.money.awarded, report.money.lowered, report.money.net) == (CLAIM, 20_000, LESS)
    assert wrong_checks(session) == []


def test_what_was_paid_of_it_is_shown_no_more_and_claimed_back(
    session: Session, case: Town
) -> None:
    """An advance that is not due (Awb 4:95, fourth paragraph): before anything is determined."""
    pay_out(session, case)
    changed(session, case, "award_change", LESS, "not_complied")
    money = application_money(session, case.application.id)
    assert (money.net_cents, money.overpaid_cents, money.rung) == (LESS, 20_000, MatchRung.AWARDED)
    with pytest.raises(DomainError, match="clawback_above_overpaid"):
        proposed(session, case, "clawback", 20_001, "overpaid")
    changed(session, case, "clawback", 20_000, "overpaid")
    assert balance(session, clawback_receivable(case.application.id)) == 20_000
    assert application_money(session, case.application.id).overpaid_cents == 0
    assert wrong_checks(session) == []


def test_the_lower_award_is_what_is_determined(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    changed(session, case, "award_change", LESS, "false_data")
    account(session, case, storage)
    with pytest.raises(DomainError, match="determination_not_awarded"):
        case.propose(session, "determination", CLAIM)
    case.send(session, "determination", LESS)
    assert (case.application.status, case.match(session).settled_cents) == ("determined", LESS)


def test_an_award_is_lowered_twice_and_never_raised_or_to_nothing(
    session: Session, case: Town
) -> None:
    changed(session, case, "award_change", LESS, "not_done")
    for cents in (0, LESS, CLAIM):
        with pytest.raises(DomainError) as error:
            proposed(session, case, "award_change", cents, "not_done")
        assert (error.value.code, error.value.field) == ("award_change_not_lower", "amount")
    decision = changed(session, case, "award_change", 10_000, "not_done")
    assert (decision.before_cents, case.match(session).match_cents) == (LESS, 10_000)


def test_a_change_by_4_50_has_a_term_and_pays_damage(session: Session, case: Town) -> None:
    with pytest.raises(DomainError) as error:
        proposed(session, case, "award_change", LESS, "new_circumstances")
    assert (error.value.code, error.value.field) == ("effect_day_missing", "effect_on")
    decision = changed(session, case, "award_change", LESS, "new_circumstances", terms=TERMS)
    assert (decision.effect_on, decision.compensation_cents) == (TERMS.effect_on, 5_000)
    assert '"effect_on":"2026-07-01"' in decision.snapshot


def test_the_term_is_never_shorter_than_the_one_that_was_intended(
    session: Session, case: Town
) -> None:
    about: dict[str, Any] = {
        "application_id": case.application.id,
        "kind": "award_change",
        "amount_cents": LESS,
        "grounds": ["new_circumstances"],
        "reason": "De gemeente maakt zelf de bankjes.",
        "until": date(2026, 6, 15),
        "actor": case.olga,
    }
    with pytest.raises(DomainError) as error:
        state_intention(session, **about)
    assert (error.value.code, error.value.field) == ("effect_day_missing", "effect_on")
    intention_id = state_intention(session, effect_on=date(2026, 7, 15), **about)
    waive_views(session, intention_id=intention_id, actor=case.initiator)
    proposal = {name: about[name] for name in about if name != "until"}
    with pytest.raises(DomainError) as error:
        propose(session, **proposal, terms=ChangeTerms(date(2026, 7, 1)))
    assert (error.value.code, error.value.field) == ("effect_day_earlier", "effect_on")
    assert propose(session, **proposal, terms=ChangeTerms(date(2026, 7, 15)))


def test_no_award_is_changed_once_it_is_determined(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    """Awb 4:48 and 4:50: as long as the grant is not determined."""
    determined(session, case, storage)
    with pytest.raises(TransitionError):
        proposed(session, case, "award_change", LESS, "not_done")


def test_a_determination_is_changed_and_what_was_paid_comes_back(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    pay_out(session, case)
    determined(session, case, storage)
    decision = changed(session, case, "determination_change", LESS, "unknown_facts")
    money = application_money(session, case.application.id)
    assert (decision.before_cents, case.application.status) == (CLAIM, "determined")
    assert (money.net_cents, money.rung) == (LESS, MatchRung.DETERMINED)
    assert money.overpaid_cents == 20_000
    changed(session, case, "determination_change", 0, "unknown_facts")
    changed(session, case, "clawback", CLAIM, "overpaid")
    assert balance(session, clawback_receivable(case.application.id)) == CLAIM
    assert year_report(session, fund_id=case.fund.id).money.net == 0
    assert wrong_checks(session) == []


def test_a_determination_stands_after_five_years(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    """Awb 4:49, third paragraph; a breach afterwards has five years of its own."""
    determined(session, case, storage)
    with clock.at(datetime(2031, 6, 1, 10, 0, tzinfo=UTC)):
        decision_id = proposed(session, case, "determination_change", LESS, "wrong_determination")
    with clock.at(datetime(2031, 6, 2, 10, 0, tzinfo=UTC)):
        with pytest.raises(DomainError, match="determination_final"):
            approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
        breach = ChangeTerms(breach_on=date(2030, 1, 1))
        dismiss(session, decision_id=decision_id, reason="Te laat.", actor=case.piet)
        changed(session, case, "determination_change", LESS, "duty_after", terms=breach)


def test_nothing_is_claimed_back_after_five_years(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    """Awb 4:57, fourth paragraph."""
    pay_out(session, case)
    account(session, case, storage)
    case.send(session, "lower_determination", LESS, "not_done")
    too_late = pytest.raises(DomainError, match="clawback_too_late")
    with clock.at(datetime(2031, 6, 2, 10, 0, tzinfo=UTC)), too_late:
        proposed(session, case, "clawback", 20_000, "overpaid")


def test_two_officers_change_an_award_within_their_mandate(session: Session, case: Town) -> None:
    decision_id = proposed(session, case, "award_change", LESS, "not_done")
    with pytest.raises(ForbiddenError, match="own_decision"):
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.olga)
    small = officer(session, case.fund.municipality_id, "Sil", mandate=CLAIM - 1)
    with pytest.raises(ForbiddenError, match="mandate_too_low"):
        approve(session, decision_id=decision_id, recall_minutes=0, actor=small)


def test_the_database_refuses_a_change_that_is_none(session: Session, case: Town) -> None:
    decision = changed(session, case, "award_change", LESS, "not_done")
    columns = "kind, status, amount_cents, before_cents, effect_on, breach_on, compensation_cents"
    kinds = {
        "('award_change','proposed',100,100,NULL,NULL,0)": "ck_decisions_change",
        "('award','proposed',100,0,'2026-07-01',NULL,0)": "ck_decisions_terms",
        "('award_change','proposed',50,100,NULL,'2026-07-01',0)": "ck_decisions_terms",
        "('withdrawal','proposed',0,100,NULL,NULL,5)": "ck_decisions_terms",
    }
    for values, name in kinds.items():
        statement = (
            f"INSERT INTO decisions ({columns}, id, number, application_id, fund_id,"
            " municipality_id, claim_cents, reason, snapshot, snapshot_sha256, proposed_at,"
            f" proposed_by) SELECT v.*, gen_random_uuid(), 'X', application_id, fund_id,"
            " municipality_id, claim_cents, reason, snapshot, snapshot_sha256, proposed_at,"
            f" proposed_by FROM decisions, (SELECT c1, c2, c3, c4, c5::date, c6::date, c7 FROM"
            f" (VALUES {values}) w (c1, c2, c3, c4, c5, c6, c7)) v WHERE id = :id"
        )
        with pytest.raises(IntegrityError, match=name), session.begin_nested():
            session.execute(text(statement), {"id": decision.id})


def test_what_a_change_says_stays_as_it_was_proposed(session: Session, case: Town) -> None:
    decision_id = proposed(session, case, "award_change", LESS, "new_circumstances", terms=TERMS)
    for change in ("effect_on = '2027-01-01'", "compensation_cents = 0"):
        with pytest.raises(IntegrityError, match="does not change"), session.begin_nested():
            session.execute(
                text(f"UPDATE decisions SET {change} WHERE id = :id"), {"id": decision_id}
            )


def test_an_objection_brings_the_award_back(session: Session, case: Town) -> None:
    gave(
        case.campaign, CLAIM, at=NOW - timedelta(days=1)
    )  # after an objection it is computed alone
    decision = changed(session, case, "award_change", LESS, "not_done")
    objection = objected(session, case, decision)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    bram = officer(session, case.fund.municipality_id, "Bram")
    heard(session, objection, rosa)
    ruled(session, objection, "upheld", Replacement("award", CLAIM), by=(rosa, bram))
    money = application_money(session, case.application.id)
    assert (case.application.status, money.net_cents) == ("awarded", CLAIM)
    assert case.match(session).fixed_cents == CLAIM
    assert year_report(session, fund_id=case.fund.id).money.net == CLAIM
    assert wrong_checks(session) == []


def test_an_objection_brings_the_determination_back(
    session: Session, case: Town, storage: FolderStorage
) -> None:
    determined(session, case, storage)
    decision = changed(session, case, "determination_change", 0, "unknown_facts")
    objection = objected(session, case, decision)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    bram = officer(session, case.fund.municipality_id, "Bram")
    heard(session, objection, rosa)
    ruled(session, objection, "upheld", Replacement("determination", CLAIM), by=(rosa, bram))
    assert case.application.status == "determined"
    assert application_money(session, case.application.id).net_cents == CLAIM
    assert wrong_checks(session) == []


def test_the_applicant_hears_of_it_and_where_to_object(session: Session, case: Town) -> None:
    changed(session, case, "award_change", LESS, "not_done")
    message = mails_of(session, "decision_sent")[-1]
    words = words_of(message)
    assert "verlaagt de subsidie" in words
    assert "De subsidie is nu € 300" in words.replace("\xa0", " ")
    assert "bezwaar" in words


@pytest.mark.parametrize(
    ("kind", "ground", "intent"),
    [
        ("award_change", "not_done", "van plan de subsidie uit het fonds"),
        ("determination_change", "unknown_facts", "van plan die te verlagen"),
    ],
)
def test_the_applicant_hears_first_that_it_is_intended_and_of_nothing_to_pay_back(
    session: Session, case: Town, storage: FolderStorage, kind: str, ground: str, intent: str
) -> None:
    if kind == "determination_change":
        determined(session, case, storage)
    state_intention(
        session,
        application_id=case.application.id,
        kind=kind,
        amount_cents=LESS,
        grounds=[ground],
        reason="Daarom.",
        until=clock.today() + timedelta(days=14),
        actor=case.olga,
    )
    words = words_of(mails_of(session, "views_asked")[-1])
    assert intent in words
    assert "terug te vragen" not in words


def test_a_deed_that_was_done_is_not_done_twice(session: Session, case: Town) -> None:
    decision = changed(session, case, "award_change", LESS, "not_done")
    assert not send_decision(session, decision_id=decision.id)
    kinds = select(Decision.kind).where(Decision.application_id == case.application.id)
    assert sorted(session.scalars(kinds)) == ["award", "award_change"]
    assert taken(session, case) == LESS
