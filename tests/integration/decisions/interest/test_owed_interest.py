"""Interest that a municipality owes: laid down by two officers, booked, paid and undone."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import draft, heard, objected
from tests.support.deposits import fund_paid
from tests.support.factories.towns import Town, officer
from tests.support.late_awards import (
    CLAIM,
    FREE,
    late_award,
    owed_due,
    owed_proposed,
    owed_sent,
    paid,
    staff_of,
)
from tests.support.live_cases import refused
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.rulings.sending import send_ruling
from voorjebuurt.decisions.proof.replay import replay
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.rulings.sums import award_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance, guarded_balance
from voorjebuurt.ledger.rules import (
    credit,
    debit,
    fund_free,
    municipal_receivable,
    owed_interest,
    owed_interest_pending,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.pots.owed_interest import open_owed_interest, owed_interest_laid_down
from voorjebuurt.payouts.bank_files import return_payout
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.payouts.queries import payable_campaigns


def books_agree(session: Session) -> None:
    session.flush()
    wrong = {
        result.name: result.differences
        for result in check_books(session, in_flight_max_days=10)
        if not result.passed and result.name != "money_covers_what_is_owed"
    }
    assert wrong == {}


def undone(session: Session, case: Town, decision: Decision) -> None:
    """An objection to the decision is founded, and nothing comes in its place."""
    objection = objected(session, case, decision)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    heard(session, objection, rosa)
    ruling_id = propose_ruling(
        session, objection_id=objection.id, draft=draft("upheld"), actor=rosa
    )
    sam = officer(session, case.fund.municipality_id, "Sam")
    approve_ruling(session, ruling_id=ruling_id, recall_minutes=0, actor=sam)
    assert send_ruling(session, ruling_id=ruling_id)


def test_it_runs_from_the_day_after_the_term_up_to_the_day_of_payment(session: Session) -> None:
    case = late_award(session)
    match = case.match(session)
    pay_by = pay_until(clock.today() - timedelta(days=200))
    assert match.paid_on == clock.today() - timedelta(days=20)
    days = (match.paid_on - pay_by).days - 1
    assert owed_due(session, case) == CLAIM * 6 * days // 36_500


def test_a_payment_on_the_last_day_owes_nothing(session: Session) -> None:
    last = pay_until(clock.today() - timedelta(days=200))
    case = late_award(session, paid_ago=(clock.today() - last).days)
    assert owed_due(session, case) == 0
    refused("interest_too_little", owed_proposed, session, case, 1)


def test_less_than_ten_euros_is_not_due(session: Session) -> None:
    last = pay_until(clock.today() - timedelta(days=200))
    for days, cents in ((13, 0), (14, 1_068)):
        paid_on = last + timedelta(days=days)
        case = late_award(session, paid_ago=(clock.today() - paid_on).days)
        assert owed_due(session, case) == cents, days


def test_it_comes_from_the_free_money_of_the_fund_and_leaves_with_a_payout(
    session: Session,
) -> None:
    case = late_award(session)
    decision = owed_sent(session, case)
    key, cents = case.application.id, decision.amount_cents
    assert decision.interest_until == clock.today() - timedelta(days=21)
    assert balance(session, fund_free(case.fund.id)) == FREE - cents
    assert balance(session, owed_interest(key)) == cents
    assert replay(decision.snapshot).differences == ()
    books_agree(session)
    row = next(r for r in payable_campaigns(session) if r.campaign_id == case.campaign.id)
    assert row.payable_cents == cents
    assert paid(session, case).amount_cents == cents
    assert open_owed_interest(session, key) == 0
    assert owed_interest_laid_down(session, key) == cents
    assert session.get_one(type(case.campaign), case.campaign.id).status == "paid_out"
    books_agree(session)


def test_it_is_never_match_or_gift(session: Session) -> None:
    case = late_award(session)
    before = award_of(session, case.application.id)
    owed_sent(session, case)
    match = case.match(session)
    assert (match.match_cents, match.net_cents) == (CLAIM, CLAIM)
    assert guarded_balance(session, payable(case.campaign.id)) == 0
    assert award_of(session, case.application.id) == before == CLAIM
    # What is claimed back is asked for whole: the interest pays nothing of it.
    case.send(session, "withdrawal", 0, "not_done")
    case.send(session, "clawback", CLAIM, "overpaid")
    assert open_owed_interest(session, case.application.id) > 0
    books_agree(session)


def test_a_fund_without_money_refuses_with_what_it_has(session: Session) -> None:
    case = late_award(session)
    decision_id = owed_proposed(session, case)
    free = fund_free(case.fund.id)
    lines = [debit(free, FREE - 100), credit(municipal_receivable(case.fund.id), FREE - 100)]
    kind = BookingKind.PAYMENT_UNEXPLAINED
    post(session, kind=kind, key="empty", entries=lines)
    with pytest.raises(DomainError) as error:
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert (error.value.code, error.value.values) == ("interest_fund_short", {"left_cents": 100})


def test_in_arrears_it_waits_for_the_municipality(session: Session) -> None:
    case = late_award(session, prepaid=False)
    decision = owed_sent(session, case)
    key, cents = case.application.id, decision.amount_cents
    assert balance(session, municipal_receivable(case.fund.id)) == cents
    assert balance(session, owed_interest_pending(key)) == cents
    books_agree(session)
    staff = staff_of(session, case)
    refused(
        "nothing_payable", propose_payout, session, campaign_id=case.campaign.id, actor=staff.anna
    )
    fund_paid(session, fund_id=case.fund.id, cents=cents - 1, reference="1")
    assert balance(session, owed_interest(key)) == 0
    fund_paid(session, fund_id=case.fund.id, cents=1, reference="2")
    assert balance(session, owed_interest(key)) == cents
    books_agree(session)
    assert paid(session, case).amount_cents == cents
    books_agree(session)


def test_another_match_of_the_fund_is_paid_before_interest(session: Session) -> None:
    case = late_award(session, prepaid=False)
    cents = owed_sent(session, case).amount_cents
    match = case.match(session)
    session.execute(
        text("UPDATE campaign_matches SET status = 'committed' WHERE application_id = :id"),
        {"id": match.application_id},
    )
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key="unpaid",
        entries=[
            debit(municipal_receivable(case.fund.id), CLAIM),
            credit(payable(case.campaign.id), CLAIM),
        ],
    )
    fund_paid(session, fund_id=case.fund.id, cents=CLAIM, reference="M")
    assert case.match(session).status == "received"
    assert balance(session, owed_interest(case.application.id)) == 0
    fund_paid(session, fund_id=case.fund.id, cents=cents, reference="I")
    assert balance(session, owed_interest(case.application.id)) == cents


@pytest.mark.parametrize("prepaid", [True, False])
def test_an_objection_takes_back_what_was_not_paid(session: Session, prepaid: bool) -> None:
    case = late_award(session, prepaid=prepaid)
    decision = owed_sent(session, case)
    undone(session, case, decision)
    assert open_owed_interest(session, case.application.id) == 0
    assert owed_interest_laid_down(session, case.application.id) == 0
    account = fund_free(case.fund.id) if prepaid else municipal_receivable(case.fund.id)
    assert balance(session, account) == (FREE if prepaid else 0)
    books_agree(session)
    # What follows now can be laid down anew.
    assert owed_due(session, case) == decision.amount_cents


def test_what_was_paid_stays_paid_after_an_objection(session: Session) -> None:
    case = late_award(session)
    decision = owed_sent(session, case)
    paid(session, case)
    undone(session, case, decision)
    assert owed_interest_laid_down(session, case.application.id) == decision.amount_cents
    assert owed_due(session, case) == 0
    books_agree(session)


def test_a_payout_with_interest_that_was_undone_is_not_released(session: Session) -> None:
    case = late_award(session)
    decision = owed_sent(session, case)
    staff = staff_of(session, case)
    payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=staff.anna)
    undone(session, case, decision)
    refused("payable_changed_since", release_payout, session, payout_id=payout_id, actor=staff.bram)


def test_what_the_bank_sends_back_is_owed_again(session: Session) -> None:
    case = late_award(session)
    cents = owed_sent(session, case).amount_cents
    payout = paid(session, case)
    first_paid_on = case.match(session).paid_on
    staff = staff_of(session, case)
    return_payout(session, payout_id=payout.id, reason="Rekening opgeheven.", actor=staff.anna)
    assert balance(session, owed_interest(case.application.id)) == cents
    assert guarded_balance(session, payable(case.campaign.id)) == 0
    assert case.match(session).paid_on == first_paid_on
    books_agree(session)


def test_the_database_books_none_without_two_people(session: Session) -> None:
    case = late_award(session)
    decision_id = owed_proposed(session, case)
    with pytest.raises(IntegrityError, match="no decision of two people"), session.begin_nested():
        post(
            session,
            kind=BookingKind.INTEREST_OWED,
            key=f"owed_interest:{decision_id}:laid_down",
            entries=[
                debit(fund_free(case.fund.id), 100),
                credit(owed_interest(case.application.id), 100),
            ],
        )


def test_what_was_sent_is_sent_once(session: Session) -> None:
    case = late_award(session)
    decision = owed_sent(session, case)
    assert not send_decision(session, decision_id=decision.id)
    assert owed_due(session, case) == 0
    refused("interest_too_little", owed_proposed, session, case, 1)
