"""An award that officers lowered after it was paid out, and a bank that sends the payout back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, objected, ruled
from tests.support.deposits import fund_paid, paid_back
from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.factories.towns import Town, applied, awarded_first, officer, town_fund
from tests.support.giving import NEAR_MISS, balances, close, jobs_of, paid, taken, tell_chargeback
from tests.support.late_awards import TABLE, staff_of
from tests.support.late_awards import paid as paid_out
from tests.support.live_funds import follow
from tests.support.near_misses import Case, coach, payment_of
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.interest.facts import facts_now
from voorjebuurt.decisions.interest.pending import last_day_to_lay_down
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.clawbacks import open_clawbacks
from voorjebuurt.decisions.reports.application_money import application_money
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.keys import payout_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import (
    BANK,
    clawback_receivable,
    credit,
    debit,
    held,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.models import Application, FundPot
from voorjebuurt.matching.pots.reversal import promise_again
from voorjebuurt.payouts.bank_files import return_payout
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.payouts.models import Payout
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.near_miss.rules import NearMissCause

GIFTS, MATCH, LESS = 7_500, 7_500, 1_000


class PaidOut(Town):
    """A success on gifts of € 50 and € 25 and as much match, with a minimum of € 70, paid out."""

    gifts: Case


@pytest.fixture
def case(session: Session) -> PaidOut:
    campaign = CampaignFactory(status="live", minimum_cents=7_000, goal_cents=120_000)
    place = campaign.municipality_id
    olga, piet = officer(session, place), officer(session, place, "Piet")
    fund = town_fund(place, live=True)
    first, _ = paid(session, campaign, amount_cents=5_000, tip_cents=0, email="a@x.example")
    application = applied(session, fund, campaign)
    second, _ = paid(session, campaign, amount_cents=2_500, tip_cents=0, email="b@x.example")
    case = PaidOut(fund, campaign, application, olga, piet)
    initiator = session.get_one(Person, campaign.initiator_id)
    case.gifts = Case(campaign, actor_of(initiator), actor_of(coach(), "coach"), first, second)
    awarded_first(session, application, olga, piet)
    follow(session, fund)
    close(session, campaign)
    assert settle_campaign(session, campaign_id=campaign.id)
    make.verified(session, staff_of(session, case))
    return case


LOWERED = {
    "withdrawal": 0,
    "lower_determination": 0,
    "determination_change": 0,
    "lower_determination in part": LESS,
    "award_change": LESS,
}


def lowered(session: Session, case: PaidOut, how: str) -> None:
    """It is paid out, and then officers lower it."""
    fund_paid(session, fund_id=case.fund.id, cents=MATCH, reference="IN")
    paid_out(session, case)
    kind, cents = how.partition(" ")[0], LOWERED[how]
    if kind.endswith("determination") or kind == "determination_change":
        case.application = session.get_one(Application, case.application.id)
        case.application.status = "accounted"
        session.flush()
    if kind == "determination_change":
        case.send(session, "determination", MATCH)
    ground = "unknown_facts" if kind == "determination_change" else "not_done"
    case.send(session, kind, cents, ground)
    assert (case.match(session).match_cents, case.match(session).net_cents) == (MATCH, cents)


def sent_back(session: Session, case: PaidOut) -> None:
    """The bank sends the payout back."""
    payout = session.scalars(select(Payout)).one()
    actor = staff_of(session, case).anna
    return_payout(session, payout_id=payout.id, reason="Rekening opgeheven.", actor=actor)
    session.flush()


def sound(session: Session) -> None:
    checks = check_books(session, in_flight_max_days=400)
    assert [(check.name, check.differences) for check in checks if not check.passed] == []


@pytest.mark.parametrize("how", LOWERED)
def test_what_comes_back_of_a_lowered_award_is_not_paid_again(
    session: Session, case: PaidOut, how: str
) -> None:
    lowered(session, case, how)
    cents = LOWERED[how]
    sent_back(session, case)
    assert balances(session, payable(case.campaign.id)) == (GIFTS + cents,)
    match = case.match(session)
    assert (match.match_cents, match.net_cents) == (cents, cents)
    assert match.status == ("received" if cents else "released")
    money = application_money(session, case.application.id)
    assert (money.net_cents, money.overpaid_cents) == (cents, 0)
    assert balances(session, municipal_receivable(case.fund.id)) == (cents - MATCH,)
    assert jobs_of(session, "payouts.fall_back") == 1
    sound(session)


@pytest.mark.parametrize("how", LOWERED)
def test_a_success_that_is_lost_after_it_promises_no_more_than_officers_left(
    session: Session, case: PaidOut, how: str
) -> None:
    lowered(session, case, how)
    cents = LOWERED[how]
    sent_back(session, case)
    tell_chargeback(session, payment_of(session, case.gifts.second), taken(2_500))
    follow(session, case.fund)
    with clock.at(case.gifts.ended_at + timedelta(hours=1)):
        assert fall_back(
            session, campaign_id=case.campaign.id, cause=NearMissCause.GIFT, terms=NEAR_MISS
        )
    session.flush()
    assert case.campaign.status == "near_miss"
    match = case.match(session)
    assert (match.status, match.match_cents) == ("awarded" if cents else "released", cents)
    assert match.maximum_cents == (cents or match.maximum_cents)
    sound(session)


@pytest.mark.parametrize("how", LOWERED)
def test_what_came_back_before_this_was_known_is_let_go_too(
    session: Session, case: PaidOut, how: str
) -> None:
    """Books in which the match that came back was not lowered: the second chance begins."""
    lowered(session, case, how)
    payout = session.scalars(select(Payout)).one()
    cents = LOWERED[how]
    post(
        session,
        kind=BookingKind.PAYOUT_RETURNED,
        key=payout_key(payout.id, BookingKind.PAYOUT_RETURNED),
        entries=[debit(BANK, GIFTS + MATCH), credit(payable(case.campaign.id), GIFTS + MATCH)],
        campaign_id=case.campaign.id,
    )
    promise_again(session, campaign_id=case.campaign.id, near_miss_id=new_id(), actor=SYSTEM)
    session.flush()
    match = case.match(session)
    assert (match.status, match.match_cents) == ("awarded" if cents else "released", cents)
    assert balances(session, payable(case.campaign.id)) == (GIFTS,)
    assert session.get_one(FundPot, case.fund.id, populate_existing=True).taken_cents == cents


def test_what_is_left_of_a_lowered_award_is_the_most_after_it_was_claimed_back(
    session: Session, case: PaidOut
) -> None:
    """Also the maximum: new gifts of a second chance earn no more than officers left."""
    lowered(session, case, "award_change")
    case.send(session, "clawback", MATCH - LESS, "overpaid")
    match = case.match(session)
    assert (match.match_cents, match.maximum_cents) == (LESS, LESS)
    objection = objected(session, case, the_clawback(session, case))
    place = case.fund.municipality_id
    rosa, sam = officer(session, place, "Rosa"), officer(session, place, "Sam")
    heard(session, objection, rosa)
    ruled(session, objection, "upheld", by=(rosa, sam))
    match = case.match(session)
    assert (match.match_cents, match.maximum_cents, match.net_cents) == (MATCH, MATCH, LESS)
    sound(session)


def the_clawback(session: Session, case: PaidOut) -> Decision:
    statement = select(Decision).where(
        Decision.application_id == case.application.id, Decision.kind == "clawback"
    )
    return session.scalars(statement).one()


def test_a_gift_that_comes_back_after_the_match_was_paid_stays_with_the_initiator(
    session: Session, case: PaidOut
) -> None:
    """A second payout, of a late gift, comes back: the lowered match is not taken off that."""
    lowered(session, case, "lower_determination")
    late_cents = 4_000
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key="late",
        entries=[debit(BANK, late_cents), credit(payable(case.campaign.id), late_cents)],
        campaign_id=case.campaign.id,
    )
    second = paid_out(session, case)
    actor = staff_of(session, case).anna
    return_payout(session, payout_id=second.id, reason="Rekening opgeheven.", actor=actor)
    session.flush()
    assert balances(session, payable(case.campaign.id)) == (late_cents,)
    assert (case.match(session).match_cents, case.match(session).net_cents) == (MATCH, 0)


def claimed(session: Session, case: PaidOut, how: str) -> int:
    """It is lowered after the payout, and what is above that is claimed back: how much."""
    lowered(session, case, how)
    cents = MATCH - LOWERED[how]
    case.send(session, "clawback", cents, "overpaid")
    assert balances(session, clawback_receivable(case.application.id)) == (cents,)
    return cents


@pytest.mark.parametrize("how", LOWERED)
def test_what_comes_back_pays_what_was_claimed_of_it(
    session: Session, case: PaidOut, how: str
) -> None:
    """Nobody has the money any more: it is neither asked of the initiator nor paid to them."""
    claimed(session, case, how)
    sent_back(session, case)
    cents = LOWERED[how]
    assert balances(
        session, clawback_receivable(case.application.id), payable(case.campaign.id)
    ) == (0, GIFTS + cents)
    money = application_money(session, case.application.id)
    assert (money.net_cents, money.due_cents, money.overpaid_cents) == (cents, 0, 0)
    assert jobs_of(session, "decisions.mail_clawback_return") == 1
    assert open_clawbacks(session, application_id=case.application.id) == []
    sound(session)


def test_what_was_paid_back_already_stays_with_the_initiator_when_the_payout_comes_back(
    session: Session, case: PaidOut
) -> None:
    """Only what is still open of the claim is paid by it."""
    cents = claimed(session, case, "award_change")
    paid_back(session, application_id=case.application.id, cents=2_000, reference="TERUG")
    sent_back(session, case)
    assert balances(
        session, clawback_receivable(case.application.id), payable(case.campaign.id)
    ) == (0, GIFTS + MATCH - (cents - 2_000))
    sound(session)


@pytest.mark.parametrize("how", LOWERED)
def test_a_success_that_is_lost_after_it_counts_no_claimed_match_as_gifts(
    session: Session, case: PaidOut, how: str
) -> None:
    claimed(session, case, how)
    sent_back(session, case)
    tell_chargeback(session, payment_of(session, case.gifts.second), taken(2_500))
    follow(session, case.fund)
    with clock.at(case.gifts.ended_at + timedelta(hours=1)):
        assert fall_back(
            session, campaign_id=case.campaign.id, cause=NearMissCause.GIFT, terms=NEAR_MISS
        )
    session.flush()
    assert balances(session, held(case.campaign.id), payable(case.campaign.id)) == (5_000, 0)
    assert case.match(session).match_cents == LOWERED[how]
    sound(session)


def test_a_claim_of_before_this_was_known_is_paid_when_the_success_is_looked_at(
    session: Session, case: PaidOut
) -> None:
    """Books in which the claim stayed open beside the money that came back."""
    claimed(session, case, "award_change")
    payout = session.scalars(select(Payout)).one()
    post(
        session,
        kind=BookingKind.PAYOUT_RETURNED,
        key=payout_key(payout.id, BookingKind.PAYOUT_RETURNED),
        entries=[debit(BANK, GIFTS + MATCH), credit(payable(case.campaign.id), GIFTS + MATCH)],
        campaign_id=case.campaign.id,
    )
    payout.status = "returned"
    payout.returned_at, payout.remark = clock.now(), "AC04"
    session.get_one(Campaign, case.campaign.id).status = "succeeded"
    session.flush()
    for _ in range(2):
        fall_back(session, campaign_id=case.campaign.id, cause=NearMissCause.GIFT, terms=NEAR_MISS)
        assert balances(
            session, clawback_receivable(case.application.id), payable(case.campaign.id)
        ) == (0, GIFTS + LESS)


def test_a_claim_that_an_objection_undoes_after_it_is_paid_to_the_initiator(
    session: Session, case: PaidOut
) -> None:
    claimed(session, case, "award_change")
    sent_back(session, case)
    objection = objected(session, case, the_clawback(session, case))
    place = case.fund.municipality_id
    rosa, sam = officer(session, place, "Rosa"), officer(session, place, "Sam")
    heard(session, objection, rosa)
    ruled(session, objection, "upheld", by=(rosa, sam))
    assert balances(
        session, clawback_receivable(case.application.id), payable(case.campaign.id)
    ) == (0, GIFTS + MATCH)


def test_no_interest_counts_from_the_day_that_the_bank_sent_it_back(
    session: Session, case: PaidOut
) -> None:
    claimed(session, case, "award_change")
    assert interest_after(session, case, days=300) > 0
    sent_back(session, case)
    assert interest_after(session, case, days=300) == 0


def interest_after(session: Session, case: PaidOut, *, days: int) -> int:
    table = RateTable(TABLE.rates, TABLE.known_until, 1)
    with clock.at(clock.now() + timedelta(days=days)):
        order = InterestOrder(last_day_to_lay_down(table), table)
        return facts_now(session, case.application.id, order).due_cents
