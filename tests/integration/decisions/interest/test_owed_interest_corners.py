"""Interest that a municipality owes, when money comes back or is taken out of the books."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.checklists import complete_checklist
from tests.support.deposits import colleague, fund_paid
from tests.support.factories import payouts as make
from tests.support.factories.towns import Town
from tests.support.giving import alerts
from tests.support.late_awards import CLAIM, late_award, owed_due, owed_sent, paid, staff_of
from tests.support.live_cases import refused
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import municipal_receivable, owed_interest, owed_interest_pending
from voorjebuurt.matching.pots import deposits
from voorjebuurt.matching.pots.owed_interest import open_owed_interest, owed_interest_laid_down
from voorjebuurt.payouts.bank_files import return_payout
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.payees import verify_payee
from voorjebuurt.payouts.proposals import propose_payout, release_payout


def books_agree(session: Session) -> None:
    session.flush()
    checks = check_books(session, in_flight_max_days=10)
    wrong = {each.name: each.differences for each in checks if not each.passed}
    wrong.pop("money_covers_what_is_owed", None)
    assert wrong == {}


def taken_out(session: Session, deposit_id: UUID) -> None:
    """The booking was a mistake, two people say."""
    deposits.dispute_deposit(session, deposit_id=deposit_id, reason="Fout", actor=colleague())
    deposits.reverse_deposit(session, deposit_id=deposit_id, actor=colleague())
    session.flush()


def in_arrears(session: Session) -> tuple[Town, int, UUID]:
    """Interest of which the municipality's money came in; with the amount and the deposit."""
    case = late_award(session, prepaid=False)
    cents = owed_sent(session, case).amount_cents
    deposit_id = fund_paid(session, fund_id=case.fund.id, cents=cents, reference="Rente")
    assert balance(session, owed_interest(case.application.id)) == cents
    return case, cents, deposit_id


def test_without_its_money_it_waits_again_and_nobody_elses_stands_in(session: Session) -> None:
    case, cents, deposit_id = in_arrears(session)
    staff = staff_of(session, case)
    payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=staff.anna)
    taken_out(session, deposit_id)
    key = case.application.id
    assert balance(session, owed_interest(key)) == 0
    assert balance(session, owed_interest_pending(key)) == cents
    assert balance(session, municipal_receivable(case.fund.id)) == cents
    # The award itself was paid by the municipality, and stays so.
    assert case.match(session).status == "received"
    assert alerts(session) == []
    books_agree(session)
    refused("payable_changed_since", release_payout, session, payout_id=payout_id, actor=staff.bram)
    fund_paid(session, fund_id=case.fund.id, cents=cents, reference="Rente, nu goed")
    assert balance(session, owed_interest(key)) == cents
    release_payout(session, payout_id=payout_id, actor=staff.bram)
    books_agree(session)


def test_only_what_is_not_here_waits_again(session: Session) -> None:
    case = late_award(session, prepaid=False)
    cents = owed_sent(session, case).amount_cents
    first = fund_paid(session, fund_id=case.fund.id, cents=500, reference="1")
    fund_paid(session, fund_id=case.fund.id, cents=cents - 500, reference="2")
    taken_out(session, first)
    key = case.application.id
    assert balance(session, owed_interest(key)) == cents - 500
    assert balance(session, owed_interest_pending(key)) == 500
    books_agree(session)
    fund_paid(session, fund_id=case.fund.id, cents=500, reference="3")
    assert balance(session, owed_interest(key)) == cents
    books_agree(session)


def test_when_it_has_left_somebody_is_told(session: Session) -> None:
    case, cents, deposit_id = in_arrears(session)
    paid(session, case)
    taken_out(session, deposit_id)
    assert balance(session, municipal_receivable(case.fund.id)) == cents
    assert open_owed_interest(session, case.application.id) == 0
    assert alerts(session) == ["match_not_covered"]
    books_agree(session)


@pytest.mark.parametrize("prepaid", [True, False])
def test_an_award_that_comes_back_after_its_interest_was_paid(
    session: Session, *, prepaid: bool
) -> None:
    """The account was closed: the days up to another one that was checked are the receiver's."""
    case = late_award(session, prepaid=prepaid)
    laid_down = owed_sent(session, case).amount_cents
    if not prepaid:
        fund_paid(session, fund_id=case.fund.id, cents=laid_down, reference="Rente")
    paid(session, case)
    award = session.scalars(select(Payout).order_by(Payout.proposed_at)).first()
    assert award is not None
    assert award.amount_cents == CLAIM
    staff = staff_of(session, case)
    return_payout(session, payout_id=award.id, reason="Rekening opgeheven.", actor=staff.anna)
    session.flush()
    assert case.match(session).paid_on is None
    assert owed_interest_laid_down(session, case.application.id) == laid_down
    books_agree(session)
    with clock.at(clock.now() + timedelta(days=40)):
        payee = make.submit(session, staff, iban="NL44GRCH0500100200")
        evidence = "Bankafschrift gezien."
        verify_payee(session, payee_id=payee.id, evidence=evidence, actor=staff.anna)
        complete_checklist(session, payee.id, staff.anna)
    with clock.at(clock.now() + timedelta(days=45)):
        again = paid(session, case)
        assert again.amount_cents == CLAIM
        books_agree(session)
        # 20 days before it came back, and 5 after the check of the other account.
        more = owed_due(session, case)
        assert more == pytest.approx(CLAIM * 6 * 25 / 36_500, abs=CLAIM * 6 * 2 / 36_500)
        assert owed_sent(session, case).before_cents == laid_down
        books_agree(session)
