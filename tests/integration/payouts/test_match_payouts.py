"""A payout waits for the match that was promised, and pays everything together; the books agree."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support import giving
from tests.support.deposits import colleague, fund_paid, paid_back
from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.factories.payouts import Payable
from tests.support.live_funds import follow, give
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.live import campaign_end
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots import corrections, deposits
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.proposals import propose_payout, release_payout


def wrong(session: Session) -> dict[str, Any]:
    """The checks that fail, with the rows they name."""
    session.flush()
    results = check_books(session, in_flight_max_days=10)
    return {result.name: result.differences for result in results if not result.passed}


def ready(
    session: Session, *, status: str | None = None, prepaid: bool = True
) -> tuple[Payable, Fund, Application]:
    """A succeeded campaign with € 900 to pay, a verified payee and an application for match."""
    case = make.payable_campaign(session)
    make.verified(session, case)
    fund = closing_fund(prepaid=prepaid)
    if prepaid:
        fund_paid(session, fund_id=fund.id, cents=80_000, reference="IN")
    application = ApplicationFactory(fund=fund, campaign=case.campaign)
    if status == "awarded":
        pots.award_match(
            session, application_id=application.id, cents=30_000, key="award", actor=SYSTEM
        )
    elif status == "released":
        pots.release_match(session, application_id=application.id, actor=SYSTEM)
    return case, fund, application


def propose(session: Session, case: Payable) -> Payout:
    return session.get_one(
        Payout, propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    )


def test_it_waits_for_a_decision_about_match(session: Session) -> None:
    case, fund, _ = ready(session)
    with pytest.raises(DomainError) as error:
        propose(session, case)
    assert (error.value.code, error.value.values) == ("match_undecided", {"fund": fund.name})


def test_it_pays_crowd_and_match_together(session: Session) -> None:
    case, _, _ = ready(session, status="awarded")
    assert propose(session, case).amount_cents == 120_000


def test_it_does_not_wait_for_match_that_was_refused(session: Session) -> None:
    case, _, _ = ready(session, status="released")
    assert propose(session, case).amount_cents == 90_000


def test_it_does_not_wait_for_a_live_fund_that_awarded_nothing_in_time(session: Session) -> None:
    case = make.payable_campaign(session)
    make.verified(session, case)
    ApplicationFactory(fund=open_fund(), campaign=case.campaign, status="received")
    assert propose(session, case).amount_cents == 90_000


def test_in_arrears_it_waits_until_the_municipality_has_paid(session: Session) -> None:
    case, fund, _ = ready(session, status="awarded", prepaid=False)
    with pytest.raises(DomainError, match="match_not_received"):
        propose(session, case)
    fund_paid(session, fund_id=fund.id, cents=30_000, reference="G")
    assert propose(session, case).amount_cents == 120_000


def test_match_that_is_asked_for_after_the_proposal_stops_the_release(session: Session) -> None:
    case = make.payable_campaign(session)
    make.verified(session, case)
    payout = propose(session, case)
    ApplicationFactory(fund=closing_fund(), campaign=case.campaign)
    with pytest.raises(DomainError, match="match_undecided"):
        release_payout(session, payout_id=payout.id, actor=case.bram)


def test_match_that_the_municipality_did_not_pay_after_all_goes_into_no_bank_file(
    session: Session,
) -> None:
    case, fund, _ = ready(session, status="awarded", prepaid=False)
    deposit_id = fund_paid(session, fund_id=fund.id, cents=30_000, reference="G")
    payout = propose(session, case)
    release_payout(session, payout_id=payout.id, actor=case.bram)
    deposits.dispute_deposit(
        session, deposit_id=deposit_id, reason="Van een ander.", actor=colleague()
    )
    deposits.reverse_deposit(session, deposit_id=deposit_id, actor=colleague())
    with pytest.raises(DomainError, match="match_not_received"):
        export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=case.anna)
    assert payout.status == "released"


@pytest.mark.parametrize("prepaid", [True, False])
def test_the_books_agree_at_every_step(session: Session, prepaid: bool) -> None:
    fund = open_fund(prepaid=prepaid)
    if prepaid:
        fund_paid(session, fund_id=fund.id, cents=80_000, reference="IN")
    campaign = CampaignFactory(status="live", minimum_cents=5_000)
    application = ApplicationFactory(fund=fund, campaign=campaign)
    assert wrong(session) == {}
    gifts = [give(session, campaign, 3_000, donor) for donor in "abc"]
    giving.give_back(session, gifts[0])
    follow(session, fund)
    assert wrong(session) == {}
    giving.close(session, campaign)
    campaign_end.settle_campaign(session, campaign_id=campaign.id)
    assert wrong(session) == {}
    args: dict[str, Any] = {"application_id": application.id, "actor": SYSTEM}
    pots.award_match(session, cents=6_000, key="award", **args)
    assert wrong(session) == {}
    corrections.lower_match(session, cents=5_000, key="lower", **args)
    assert wrong(session) == {}
    if not prepaid:
        fund_paid(session, fund_id=fund.id, cents=5_000, reference="G")
        assert wrong(session) == {}
    giving.pay_out_all(session, campaign.id)
    corrections.claw_back(session, cents=2_000, key="claw", **args)
    assert wrong(session) == {}
    paid_back(session, cents=2_000, reference="TB", application_id=application.id)
    assert wrong(session) == {}


FALSIFICATIONS = {
    "pots_follow_their_moves": "UPDATE fund_pots SET taken_cents = taken_cents - 1",
    "matches_follow_their_moves": "UPDATE campaign_matches SET match_cents = match_cents - 1",
    "steps_are_moved": "UPDATE match_steps SET match_cents = match_cents + 1",
    "reserved_money_is_promised": "UPDATE campaign_matches SET status = 'released'",
    "paid_in_money_is_there": "UPDATE campaign_matches SET status = 'committed'",
    "municipalities_owe_what_was_committed": "WITH other AS (UPDATE funds SET prepaid = false)"
    " UPDATE campaign_matches SET status = 'committed'",
    "deposits_are_booked": "UPDATE fund_deposits SET cents = cents + 1",
}


@pytest.mark.parametrize("check", sorted(FALSIFICATIONS))
def test_what_was_tampered_with_is_named(session: Session, check: str) -> None:
    fund = open_fund(prepaid=True)
    fund_paid(session, fund_id=fund.id, cents=80_000, reference="IN")
    campaign = CampaignFactory(status="live", minimum_cents=5_000)
    ApplicationFactory(fund=fund, campaign=campaign)
    give(session, campaign, 3_000, "a")
    follow(session, fund)
    assert wrong(session) == {}
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table in ("fund_pots", "campaign_matches", "match_steps", "funds", "fund_deposits"):
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    session.execute(text(FALSIFICATIONS[check]))
    session.expire_all()
    assert wrong(session)[check]
