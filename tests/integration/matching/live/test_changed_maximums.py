"""The award of a live fund becomes lower: before the campaign ends, at its end, and after it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, tell_all, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import Town, applied, awarded_first, officer, town_fund
from tests.support.giving import NEAR_MISS, close, jobs_of, paid
from tests.support.live_funds import follow, give
from tests.support.promised import from_the_start
from voorjebuurt.decisions.overviews.consequences import consequences_of
from voorjebuurt.decisions.proof.snapshots import read, replay
from voorjebuurt.decisions.reports.application_money import application_money
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.models import FundPot
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.rules import NearMissCause

MOST, LESS = 120_000, 5_000


@dataclass
class Live(Town):
    """An award of at most € 1,200 and gifts of € 50 and € 25, each matched; minimum € 140."""


@pytest.fixture
def case(session: Session) -> Live:
    campaign = CampaignFactory(status="live", minimum_cents=14_000, goal_cents=MOST)
    place = campaign.municipality_id
    olga, piet = officer(session, place), officer(session, place, "Piet")
    fund = town_fund(place, live=True)
    paid(session, campaign, amount_cents=5_000, tip_cents=0, email="a@x.example")
    application = applied(session, fund, campaign)
    paid(session, campaign, amount_cents=2_500, tip_cents=0, email="b@x.example")
    case = Live(fund, campaign, application, olga, piet)
    awarded_first(session, application, olga, piet)
    follow(session, fund)
    assert case.match(session).match_cents == 7_500
    return case


def ended(session: Session, case: Live, *, wins: bool = True) -> None:
    close(session, case.campaign, wins=wins)
    follow(session, case.fund)
    assert settle_campaign(session, campaign_id=case.campaign.id)


def taken(session: Session, case: Live) -> int:
    return session.get_one(FundPot, case.fund.id, populate_existing=True).taken_cents


def sound(session: Session) -> bool:
    return [c for c in check_books(session, in_flight_max_days=400) if not c.passed] == []


def test_what_gifts_earned_above_the_new_maximum_is_let_go_and_gifts_earn_no_more(
    session: Session, case: Live
) -> None:
    decision = case.send(session, "award_change", LESS, "not_done")
    match = case.match(session)
    assert (match.status, match.match_cents, match.maximum_cents) == ("awarded", LESS, LESS)
    assert (decision.before_cents, taken(session, case)) == (MOST, LESS)
    give(session, case.campaign, 4_000, "c")
    follow(session, case.fund)
    assert case.match(session).match_cents == LESS
    money = application_money(session, case.application.id)
    assert (money.net_cents, money.maximum_cents) == (LESS, LESS)
    snapshot = read(decision.snapshot)
    assert (snapshot.basis.kind, snapshot.is_maximum) == ("live", True)
    assert replay(decision.snapshot).same


def test_a_maximum_above_what_gifts_earned_takes_nothing(session: Session, case: Live) -> None:
    case.send(session, "award_change", 10_000, "not_done")
    assert case.match(session).match_cents == 7_500
    give(session, case.campaign, 4_000, "c")
    follow(session, case.fund)
    assert case.match(session).match_cents == 10_000
    assert sound(session)


def test_the_end_fixes_what_is_left_of_it(session: Session, case: Live) -> None:
    with from_the_start(session):
        case.campaign.minimum_cents = 12_000
    case.send(session, "award_change", LESS, "not_done")
    ended(session, case)
    match = case.match(session)
    assert (match.status, match.match_cents, match.fixed_cents) == ("committed", LESS, LESS)
    assert balance(session, payable(case.campaign.id)) == 7_500 + LESS
    assert sound(session)


def test_a_change_of_a_maximum_is_not_sent_once_the_rule_came_to_an_amount(
    session: Session, case: Live
) -> None:
    """It was proposed on € 1,200 at most; meanwhile the campaign succeeded, and it is € 75."""
    decision_id = case.propose(session, "award_change", LESS, "not_done")
    ended(session, case)
    with pytest.raises(DomainError, match="award_changed_since"):
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert case.match(session).match_cents == 7_500


def test_donors_hear_that_less_is_added_and_that_their_gift_counts(
    session: Session, case: Live
) -> None:
    tell_all(session)
    case.send(session, "award_change", LESS, "not_done")
    tell_all(session)
    messages = mails_of(session, "match_lowered_donor")
    words = words_of(messages[0]).replace("\xa0", " ")
    assert len(messages) == 2
    assert "Het was hoogstens € 1.200 en wordt hoogstens € 50." in words
    assert "Uw gift telt nog steeds mee" in words
    assert "Haalt" in words or "krijgt u dat geld terug" in words


def test_a_success_that_loses_its_minimum_by_it_goes_to_the_choice_of_its_donors(
    session: Session, case: Live
) -> None:
    ended(session, case)
    after = consequences_of(session, case.application.id)
    assert (after.match_cents, after.at_least_cents, after.won) == (7_500, 6_500, True)
    assert (after.falls_short(6_500), after.falls_short(6_499)) == (False, True)
    decision = case.send(session, "award_change", LESS, "not_done")
    assert decision.before_cents == 7_500
    assert jobs_of(session, "payouts.fall_back")
    with clock.at(clock.now() + timedelta(hours=1)):
        assert fall_back(
            session,
            campaign_id=case.campaign.id,
            cause=NearMissCause.MATCH,
            terms=NEAR_MISS,
        )
    near_miss = session.scalars(select(NearMiss)).one()
    assert (near_miss.begun_crowd_cents, near_miss.begun_match_cents) == (7_500, LESS)
    match = case.match(session)
    assert (match.status, match.match_cents, match.maximum_cents) == ("awarded", LESS, LESS)
    assert sound(session)


def test_a_success_that_keeps_its_minimum_stays_one(session: Session, case: Live) -> None:
    ended(session, case)
    case.send(session, "award_change", 6_500, "not_done")
    assert not fall_back(
        session, campaign_id=case.campaign.id, cause=NearMissCause.MATCH, terms=NEAR_MISS
    )
    assert (case.campaign.status, case.match(session).fixed_cents) == ("succeeded", 6_500)
    assert balance(session, payable(case.campaign.id)) == 14_000
    assert sound(session)
