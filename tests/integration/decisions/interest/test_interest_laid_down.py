"""Interest on what is paid back late: laid down by two officers, booked and paid."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.deposits import colleague
from tests.support.factories.towns import Town
from tests.support.late_claims import (
    CLAIM,
    TABLE,
    came_in,
    due,
    first_late_day,
    interest_proposed,
    interest_sent,
    late_claim,
    ordered,
)
from tests.support.live_cases import refused
from voorjebuurt.decisions.interest.service import settle_interest
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.replay import replay
from voorjebuurt.decisions.rules.rates import RateTable
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerTransaction
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import (
    clawback_receivable,
    credit,
    debit,
    fund_free,
    fund_reserved,
    interest_pending,
    interest_receivable,
    municipal_receivable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.pots import deposits
from voorjebuurt.matching.pots.interest import interest_laid_down
from voorjebuurt.payouts.checks import check_books


@pytest.fixture
def case(session: Session) -> Town:
    return late_claim(session)


def books_agree(session: Session) -> None:
    wrong = {
        result.name: result.differences
        for result in check_books(session, in_flight_max_days=10)
        if not result.passed and result.name not in UNPAID
    }
    assert wrong == {}


UNPAID = {"money_covers_what_is_owed"}
"""In these tests no donor paid, and the money left by a booking of its own."""


def owed(session: Session, case: Town) -> tuple[int, int]:
    """What is open of the interest and of the sum (eurocents)."""
    key = case.application.id
    return balance(session, interest_receivable(key)), balance(session, clawback_receivable(key))


def clawback_of(session: Session, case: Town) -> Decision:
    statement = select(Decision).where(
        Decision.application_id == case.application.id, Decision.kind == "clawback"
    )
    return session.scalars(statement).one()


def test_two_officers_lay_it_down_and_it_is_booked_beside_the_sum(
    session: Session, case: Town
) -> None:
    first = first_late_day(clawback_of(session, case))
    days = (clock.today() - first).days
    decision = interest_sent(session, case)
    assert decision.amount_cents == CLAIM * 6 * days // 36_500
    assert (decision.before_cents, decision.interest_until) == (0, clock.today() - timedelta(1))
    assert owed(session, case) == (decision.amount_cents, CLAIM)
    assert balance(session, interest_pending(case.application.id)) == decision.amount_cents
    assert case.match(session).match_cents == 0
    assert replay(decision.snapshot).differences == ()
    books_agree(session)


def test_a_later_decision_lays_down_what_ran_since(session: Session, case: Town) -> None:
    half = clock.today() - timedelta(days=60)
    first = interest_sent(session, case, ordered(half))
    second = interest_sent(session, case)
    assert second.before_cents == first.amount_cents
    whole = CLAIM * 6 * (clock.today() - first_late_day(clawback_of(session, case))).days // 36_500
    assert first.amount_cents + second.amount_cents == whole
    assert replay(second.snapshot).differences == ()
    refused("interest_too_little", interest_proposed, session, case)
    books_agree(session)


def test_what_is_not_over_not_known_or_too_little_is_not_laid_down(
    session: Session, case: Town
) -> None:
    refused("interest_day_wrong", interest_proposed, session, case, ordered(clock.today()))
    table = RateTable(TABLE.rates, clock.today() - timedelta(days=30), TABLE.least_cents)
    refused("interest_rate_unknown", interest_proposed, session, case, ordered(table=table))
    first = first_late_day(clawback_of(session, case))
    little = ordered(first + timedelta(days=20))
    refused("interest_too_little", interest_proposed, session, case, little)
    enough = ordered(first + timedelta(days=24))
    assert due(session, case, enough) == 2_054
    refused("interest_changed", interest_proposed, session, case, enough, 2_055)
    assert interest_sent(session, case, enough).amount_cents == 2_054


@pytest.mark.parametrize("prepaid", [True, False])
def test_a_payment_goes_to_the_interest_first_and_then_to_the_sum(
    session: Session, *, prepaid: bool
) -> None:
    case = late_claim(session, prepaid=prepaid)
    interest = interest_sent(session, case).amount_cents
    fund = case.fund.id
    before = balance(session, municipal_receivable(fund))
    came_in(session, case, interest - 1_000)
    assert owed(session, case) == (1_000, CLAIM)
    came_in(session, case, 51_000)
    assert owed(session, case) == (0, CLAIM - 50_000)
    books_agree(session)
    if prepaid:
        # The fund has the interest beside what was paid in.
        assert balance(session, fund_free(fund)) == interest + 50_000
        assert balance(session, fund_reserved(case.application.id)) == CLAIM - 50_000
    else:
        assert balance(session, municipal_receivable(fund)) == before - interest
    too_much: Any = CLAIM - 50_000 + 1
    refused("receipt_too_high", came_in, session, case, too_much)
    came_in(session, case, CLAIM - 50_000)
    assert owed(session, case) == (0, 0)
    books_agree(session)


@pytest.mark.parametrize("prepaid", [True, False])
def test_a_payment_that_is_taken_back_is_owed_again_as_it_was(
    session: Session, *, prepaid: bool
) -> None:
    case = late_claim(session, prepaid=prepaid)
    interest = interest_sent(session, case).amount_cents
    deposit_id = came_in(session, case, interest + 7_000)
    deposits.dispute_deposit(session, deposit_id=deposit_id, reason="Fout", actor=colleague())
    deposits.reverse_deposit(session, deposit_id=deposit_id, actor=colleague())
    assert owed(session, case) == (interest, CLAIM)
    books_agree(session)


def test_a_payment_of_before_the_last_day_makes_the_interest_less(
    session: Session, case: Town
) -> None:
    """It was on the bank statement for 50 days when the decision was sent, and nobody had seen."""
    laid_down = interest_sent(session, case).amount_cents
    day = clock.today() - timedelta(days=50)
    came_in(session, case, laid_down + 100_000, on=day)
    assert owed(session, case) == (0, CLAIM - 100_000)
    written_off = settle_interest(session, application_id=case.application.id, actor=SYSTEM)
    # The interest of 50 days over € 1,000, which was paid already: that pays the sum.
    assert written_off == pytest.approx(100_000 * 6 * 50 / 36_500, abs=2)
    assert owed(session, case) == (0, CLAIM - 100_000 - written_off)
    assert interest_laid_down(session, case.application.id) == laid_down - written_off
    assert settle_interest(session, application_id=case.application.id, actor=SYSTEM) == 0
    books_agree(session)


def test_a_payment_between_proposal_and_sending_stops_the_decision(
    session: Session, case: Town
) -> None:
    decision_id = interest_proposed(session, case)
    came_in(session, case, 100_000, on=clock.today() - timedelta(days=3))
    refused(
        "interest_changed_since",
        approve,
        session,
        decision_id=decision_id,
        recall_minutes=0,
        actor=case.piet,
    )


def test_a_payment_of_today_leaves_interest_up_to_yesterday_as_it_is(
    session: Session, case: Town
) -> None:
    decision_id = interest_proposed(session, case)
    came_in(session, case, 100_000)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    assert not send_decision(session, decision_id=decision_id)
    number = select(func.count()).where(LedgerTransaction.kind == BookingKind.INTEREST_LAID_DOWN)
    assert session.scalar(number) == 1


def test_the_database_books_no_interest_without_a_decision_of_two(
    session: Session, case: Town
) -> None:
    decision_id = interest_proposed(session, case)
    key = case.application.id
    with pytest.raises(IntegrityError, match="no decision of two"):
        post(
            session,
            kind=BookingKind.INTEREST_LAID_DOWN,
            key=f"interest:{decision_id}:laid_down",
            entries=[
                *_both(key, session.get_one(Decision, decision_id).amount_cents),
            ],
        )


def _both(key: Any, cents: int) -> list[Any]:
    return [debit(interest_receivable(key), cents), credit(interest_pending(key), cents)]


FALSIFICATIONS = {
    "interest_is_decided": "UPDATE decisions SET amount_cents = amount_cents + 1"
    " WHERE kind = 'interest'",
    "interest_is_owed_to_funds": "UPDATE ledger_entries SET amount_cents = amount_cents - 1"
    " WHERE account_id = (SELECT id FROM ledger_accounts WHERE base = 'interest_pending')",
    "open_interest_stands": "UPDATE ledger_entries SET amount_cents = amount_cents + 100000"
    " WHERE account_id = (SELECT id FROM ledger_accounts WHERE base = 'interest_receivable')",
}


@pytest.mark.parametrize("check", sorted(FALSIFICATIONS))
def test_what_was_tampered_with_is_named(session: Session, check: str) -> None:
    case = late_claim(session, prepaid=True)
    interest = interest_sent(session, case).amount_cents
    came_in(session, case, interest // 2)
    books_agree(session)
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table in ("decisions", "ledger_entries"):
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    session.execute(text(FALSIFICATIONS[check]))
    session.expire_all()
    wrong = {each.name for each in check_books(session, in_flight_max_days=10) if not each.passed}
    assert check in wrong
