"""Match that was claimed back, beside what is granted anew and what municipalities still owe."""

import pytest
from sqlalchemy.orm import Session

from tests.support.deposits import fund_paid
from tests.support.deposits import paid_back as booked_back
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund
from tests.support.giving import balances
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import (
    BANK,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    fund_reserved,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots import corrections
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.matching.pots.municipal_payments import funds_in_arrears, settle_arrears
from voorjebuurt.payouts.match_checks import check_matches
from voorjebuurt.pledges.models import CampaignMatch


def applied(fund: Fund) -> Application:
    return ApplicationFactory(fund=fund, campaign=CampaignFactory(status="succeeded"))


def award(session: Session, application: Application, cents: int, key: str = "award") -> None:
    pots.award_match(
        session,
        application_id=application.id,
        cents=cents,
        key=f"{key}:{application.id}",
        actor=SYSTEM,
    )


def pay_out(session: Session, application: Application, cents: int) -> None:
    lines = [debit(payable(application.campaign_id), cents), credit(BANK, cents)]
    post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key=f"out:{application.id}", entries=lines)


def claw_back(session: Session, application: Application, cents: int) -> None:
    corrections.claw_back(
        session, application_id=application.id, cents=cents, key="claw", actor=SYSTEM
    )


def arrive(session: Session, fund: Fund, cents: int, reference: str) -> None:
    fund_paid(session, fund_id=fund.id, cents=cents, reference=reference)


def paid_back(
    session: Session, application: Application, cents: int, reference: str = "TB-1"
) -> None:
    booked_back(session, application_id=application.id, cents=cents, reference=reference)


def status(session: Session, application: Application) -> str:
    session.flush()
    return session.get_one(CampaignMatch, application.id, populate_existing=True).status


def sound(session: Session) -> bool:
    return all(not check.differences for check in check_matches(session))


@pytest.mark.parametrize("prepaid", [True, False])
def test_what_is_still_with_the_initiator_is_not_paid_a_second_time(
    session: Session, prepaid: bool
) -> None:
    fund = closing_fund(prepaid=prepaid)
    if prepaid:
        fund_paid(session, fund_id=fund.id, cents=50_000, reference="IN")
    application = applied(fund)
    award(session, application, 10_000)
    if not prepaid:
        arrive(session, fund, 10_000, "G-1")
    pay_out(session, application, 10_000)
    claw_back(session, application, 4_000)
    paid_back(session, application, 1_000)

    award(session, application, 10_000, key="again")

    # They kept 3,000 of the 4,000: only the 1,000 that they paid back is theirs to get.
    debt, claim = payable(application.campaign_id), clawback_receivable(application.id)
    assert balances(session, debt, claim, fund_reserved(application.id)) == (1_000, 0, 0)
    if prepaid:
        assert balances(session, fund_free(fund.id)) == (40_000,)
    else:
        # What they paid back is still here for the municipality, so it owes nothing.
        assert balances(session, municipal_receivable(fund.id)) == (0,)
        assert settle_arrears(session, fund_id=fund.id, actor=SYSTEM) == 1
    assert sound(session)


def test_a_match_that_costs_the_municipality_nothing_more_is_not_blocked_for_ever(
    session: Session,
) -> None:
    fund = closing_fund()
    first, other = applied(fund), applied(fund)
    award(session, first, 10_000)
    arrive(session, fund, 10_000, "G-1")
    corrections.lower_match(session, application_id=first.id, cents=0, key="low", actor=SYSTEM)
    award(session, other, 10_000)
    assert balances(session, municipal_receivable(fund.id)) == (0,)
    assert funds_in_arrears(session) == [fund.id]

    assert settle_arrears(session, fund_id=fund.id, actor=SYSTEM) == 1

    assert status(session, other) == "received"
    assert settle_arrears(session, fund_id=fund.id, actor=SYSTEM) == 0
    assert funds_in_arrears(session) == []


def test_money_that_is_still_to_be_paid_back_does_not_pay_another_match(session: Session) -> None:
    fund = closing_fund()
    first, other = applied(fund), applied(fund)
    award(session, first, 10_000)
    arrive(session, fund, 10_000, "G-1")
    pay_out(session, first, 10_000)
    claw_back(session, first, 4_000)
    award(session, other, 10_000)

    arrive(session, fund, 6_000, "G-2")  # All that it owes: 10,000 less what it gets back.

    # The bank holds 6,000 of this fund; the other 4,000 would be somebody else's money.
    assert (status(session, other), balances(session, BANK)) == ("committed", (6_000,))
    paid_back(session, first, 4_000)
    assert settle_arrears(session, fund_id=fund.id, actor=SYSTEM) == 1
    assert (status(session, other), balances(session, BANK)) == ("received", (10_000,))
    assert sound(session)
