"""Match that was earned by a gift that the bank took back after the success."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.deposits import fund_paid
from tests.support.donor_mails import mails_of, words_of
from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.factories.towns import Town, applied, awarded_first, officer, town_fund
from tests.support.giving import NEAR_MISS, alerts, balances, close, paid, taken, tell_chargeback
from tests.support.live_funds import follow
from tests.support.near_misses import Case, coach, payment_of
from voorjebuurt.audit.models import Alert
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.near_miss.rules import NearMissCause


class Success(Town):
    """A success on gifts of € 50 and € 25 and as much match, that needs € 40."""

    gifts: Case


@pytest.fixture
def case(session: Session) -> Success:
    campaign = CampaignFactory(status="live", minimum_cents=4_000, goal_cents=120_000)
    place = campaign.municipality_id
    olga, piet = officer(session, place), officer(session, place, "Piet")
    fund = town_fund(place, live=True)
    first, second = (
        paid(session, campaign, amount_cents=cents, tip_cents=0, email=email)[0]
        for cents, email in ((5_000, "a@x.example"), (2_500, "b@x.example"))
    )
    case = Success(fund, campaign, applied(session, fund, campaign), olga, piet)
    initiator = session.get_one(Person, campaign.initiator_id)
    case.gifts = Case(campaign, actor_of(initiator), actor_of(coach(), "coach"), first, second)
    awarded_first(session, case.application, olga, piet)
    follow(session, fund)
    close(session, campaign)
    assert settle_campaign(session, campaign_id=campaign.id)
    return case


def lose(session: Session, case: Success, cents: int = 2_500) -> None:
    """The bank takes (a part of) the second gift back, and what follows is done."""
    tell_chargeback(session, payment_of(session, case.gifts.second), taken(cents))
    follow(session, case.fund)
    look(session, case)


def look(session: Session, case: Success) -> None:
    with clock.at(case.gifts.ended_at + timedelta(hours=1)):
        fall_back(session, campaign_id=case.campaign.id, cause=NearMissCause.GIFT, terms=NEAR_MISS)
    session.flush()


def sound(session: Session) -> bool:
    return [c for c in check_books(session, in_flight_max_days=400) if not c.passed] == []


def test_before_the_payout_the_amount_follows_from_the_rule(
    session: Session, case: Success
) -> None:
    lose(session, case)
    row = case.match(session)
    assert (row.status, row.match_cents, row.fixed_cents) == ("committed", 5_000, 5_000)
    assert balances(session, payable(case.campaign.id)) == (10_000,)
    assert case.campaign.status == "succeeded"
    assert "match_after_decision" not in alerts(session)
    messages = mails_of(session, "match_amount_fixed")
    assert ["€ 75" in words_of(each) for each in messages] == [True, False]
    assert "Eerder noemden wij een ander bedrag." in words_of(messages[-1])
    look(session, case)
    assert case.match(session).match_cents == 5_000, "once"
    assert len(mails_of(session, "match_amount_fixed")) == 2
    assert sound(session)


def test_a_part_that_the_bank_took_lowers_a_part(session: Session, case: Success) -> None:
    lose(session, case, 1_000)
    assert case.match(session).match_cents == 6_500
    assert balances(session, payable(case.campaign.id)) == (13_000,)
    assert sound(session)


def test_what_the_bank_gives_back_does_not_raise_a_fixed_amount(
    session: Session, case: Success
) -> None:
    lose(session, case)
    tell_chargeback(session, payment_of(session, case.gifts.second), taken(2_500, given_back=True))
    follow(session, case.fund)
    look(session, case)
    assert case.match(session).match_cents == 5_000
    assert sound(session)


def test_once_nothing_is_left_of_the_gifts_the_award_ends(session: Session, case: Success) -> None:
    """Where a campaign keeps what comes, it has no minimum to lose."""
    case.campaign.kind = "keep_what_comes"
    for gift, cents in ((case.gifts.first, 5_000), (case.gifts.second, 2_500)):
        tell_chargeback(session, payment_of(session, gift), taken(cents, number=cents))
    follow(session, case.fund)
    look(session, case)
    session.refresh(case.application)
    assert (case.match(session).status, case.application.status) == ("released", "expired")
    assert balances(session, payable(case.campaign.id)) == (0,)
    assert sound(session)


def paid_out(session: Session, case: Success) -> None:
    fund_paid(session, fund_id=case.fund.id, cents=7_500, reference="IN")
    anna, bram = (make.actor(make.person(session), "staff") for _ in range(2))
    payable_case = make.Payable(case.campaign, case.gifts.initiator, anna, bram)
    # The account was given before, and is past its cooling-off.
    with clock.at(clock.now() - timedelta(days=10)):
        make.verified(session, payable_case)
    payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=anna)
    release_payout(session, payout_id=payout_id, actor=bram)
    export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=anna)


@pytest.mark.parametrize("is_determined", [False, True])
def test_after_that_officers_find_it_on_their_work_list(
    session: Session, case: Success, *, is_determined: bool
) -> None:
    if is_determined:
        case.application.status = "accounted"
        session.flush()
        case.send(session, "determination", 7_500)
    else:
        paid_out(session, case)
    before = case.match(session).match_cents
    lose(session, case)
    assert case.match(session).match_cents == before == 7_500
    alert = session.scalars(select(Alert).where(Alert.kind == "match_after_decision")).one()
    assert (alert.detail["match_cents"], alert.detail["claim_cents"]) == (7_500, 5_000)
    desk = desk_of(
        session,
        officer_id=certain(case.olga.person_id),
        municipality_id=case.fund.municipality_id,
    )
    works = [(work.kind.value, work.number) for work in work_list(session, desk)]
    assert ("alert", case.application.number) in works
    look(session, case)
    assert alerts(session).count("match_after_decision") == 1
