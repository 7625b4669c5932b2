"""Awards of live funds whose campaign lost its success: the rule, and what officers decided."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, ruled
from tests.support.certain import certain
from tests.support.donor_mails import mails_of, tell_all, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.factories.towns import (
    Town,
    applied,
    awarded_first,
    initiator_of,
    officer,
    town_fund,
)
from tests.support.giving import NEAR_MISS, close, paid, taken, tell_chargeback
from tests.support.live_funds import follow
from tests.support.near_misses import REST, Case, ask, coach, finish, near_miss_of, payment_of
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objections.intake.service import object_to_decision
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.live.campaign_end import campaigns_to_settle, settle_campaign
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissCause, Plan

SMALL = Plan([10_000, 0], "Zonder nieuwe aarde.", asks_rest=False)


class Success(Town):
    """A success on gifts of € 50 and € 25 and as much match, with a minimum of € 140."""

    gifts: Case
    award: Decision


@pytest.fixture
def case(session: Session) -> Success:
    campaign = CampaignFactory(status="live", minimum_cents=14_000, goal_cents=120_000)
    place = campaign.municipality_id
    olga, piet = officer(session, place), officer(session, place, "Piet")
    fund = town_fund(place, live=True)
    values = {"tip_cents": 0}
    first, _ = paid(session, campaign, amount_cents=5_000, email="a@x.example", **values)
    application = applied(session, fund, campaign)
    second, _ = paid(session, campaign, amount_cents=2_500, email="b@x.example", **values)
    case = Success(fund, campaign, application, olga, piet)
    initiator = session.get_one(Person, campaign.initiator_id)
    case.gifts = Case(campaign, actor_of(initiator), actor_of(coach(), "coach"), first, second)
    case.award = awarded_first(session, application, olga, piet)
    follow(session, fund)
    close(session, campaign)
    assert settle_campaign(session, campaign_id=campaign.id)
    assert case.match(session).match_cents == 7_500
    return case


def accounted(session: Session, case: Success) -> None:
    case.application.status = "accounted"
    session.flush()


def lose(session: Session, case: Success) -> None:
    """The bank takes the second gift back."""
    tell_chargeback(session, payment_of(session, case.gifts.second), taken(2_500, 2_500))
    follow(session, case.fund)
    back(session, case, NearMissCause.GIFT)


def back(session: Session, case: Success, cause: NearMissCause) -> None:
    with clock.at(case.gifts.ended_at + timedelta(hours=1)):
        assert fall_back(session, campaign_id=case.campaign.id, cause=cause, terms=NEAR_MISS)
    session.flush()


def keep(session: Session, case: Success) -> None:
    """Who is left keeps the gift to a smaller plan, and it succeeds."""
    ask(session, case.gifts, SMALL)
    with clock.at(case.gifts.ended_at + timedelta(days=2)):
        answer_gift(session, token=case.gifts.first.token, answer=Answer.KEEP, actor=GUEST)
    assert finish(session, case.gifts, at=case.gifts.ended_at + timedelta(days=3))
    assert case.campaign.status == "succeeded"
    assert settle_campaign(session, campaign_id=case.campaign.id)
    session.flush()


def sound(session: Session) -> bool:
    return [c for c in check_books(session, in_flight_max_days=400) if not c.passed] == []


def test_what_is_missing_is_told_with_the_match_that_the_rule_still_gives(
    session: Session, case: Success
) -> None:
    lose(session, case)
    near_miss = near_miss_of(session, case.gifts)
    assert (near_miss.begun_crowd_cents, near_miss.begun_match_cents) == (5_000, 5_000)
    (message,) = mails_of(session, "near_miss_begun")
    assert "€ 40" in words_of(message)
    assert sound(session)


def test_the_amount_of_a_second_success_is_told_anew(session: Session, case: Success) -> None:
    assert len(mails_of(session, "match_amount_fixed")) == 1
    lose(session, case)
    keep(session, case)
    messages = mails_of(session, "match_amount_fixed")
    assert ["€ 75" in words_of(each) for each in messages] == [True, False]
    assert "Het berekende bedrag is € 50." in words_of(messages[-1])
    assert settle_campaign(session, campaign_id=case.campaign.id)
    assert len(mails_of(session, "match_amount_fixed")) == 2


def test_nothing_is_determined_while_donors_choose(session: Session, case: Success) -> None:
    """There is an award of at most € 1,200, and no amount of it until the outcome."""
    accounted(session, case)
    lose(session, case)
    for kind, cents in (("determination", case.award.amount_cents), ("lower_determination", 1)):
        with pytest.raises(DomainError, match="success_taken_back"):
            case.propose(session, kind, cents)
    assert case.match(session).match_cents == 5_000


def test_a_determination_that_waits_is_not_sent_while_donors_choose(
    session: Session, case: Success
) -> None:
    accounted(session, case)
    decision_id = case.propose(session, "determination", 7_500)
    lose(session, case)
    with pytest.raises(DomainError, match="success_taken_back"):
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert (case.match(session).status, case.match(session).settled_cents) == ("awarded", None)


def test_an_award_that_was_accounted_for_expires_with_the_failure(
    session: Session, case: Success
) -> None:
    accounted(session, case)
    lose(session, case)
    assert finish(session, case.gifts, at=near_miss_of(session, case.gifts).ends_at)
    assert case.campaign.status == "failed"
    assert case.campaign.id in campaigns_to_settle(session)
    assert settle_campaign(session, campaign_id=case.campaign.id)
    session.refresh(case.application)
    assert (case.application.status, case.match(session).status) == ("expired", "released")
    assert case.campaign.id not in campaigns_to_settle(session)


def test_what_officers_determined_is_the_most_that_new_gifts_can_earn(
    session: Session, case: Success
) -> None:
    accounted(session, case)
    case.send(session, "lower_determination", 1_000, "not_done")
    assert case.match(session).match_cents == 1_000
    back(session, case, NearMissCause.MATCH)
    ask(session, case.gifts, REST)
    with clock.at(case.gifts.ended_at + timedelta(days=2)):
        paid(session, case.campaign, amount_cents=4_000, tip_cents=0, email="c@x.example")
    follow(session, case.fund)
    assert (case.match(session).match_cents, case.match(session).settled_cents) == (1_000, 1_000)
    assert sound(session)


def test_an_award_after_an_objection_brings_back_what_the_rule_gives_and_no_more(
    session: Session, case: Success
) -> None:
    lose(session, case)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    bram = officer(session, case.fund.municipality_id, "Bram")
    objection_id = object_to_decision(
        session,
        decision_id=case.award.id,
        grounds="Te weinig.",
        actor=initiator_of(case.campaign),
    )
    objection = session.get_one(Objection, objection_id)
    heard(session, objection, rosa)
    again = Replacement("award", case.award.amount_cents)
    ruled(session, objection, "upheld", again, by=(rosa, bram))
    follow(session, case.fund)
    assert case.match(session).match_cents == 5_000
    assert sound(session)


def test_a_second_near_miss_begins_with_the_plan_of_the_first(
    session: Session, case: Success
) -> None:
    """What was left out does not come back as something that can still be done."""
    lose(session, case)
    keep(session, case)
    tell_chargeback(session, payment_of(session, case.gifts.first), taken(1_000, 1_000))
    back(session, case, NearMissCause.GIFT)
    near_miss = near_miss_of(session, case.gifts)
    assert [(line.old_cents, line.new_cents) for line in near_miss.lines] == [(10_000, 10_000)]
    assert near_miss.old_minimum_cents == 10_000


def test_an_award_that_is_withdrawn_while_donors_choose_is_told_to_them(
    session: Session, case: Success
) -> None:
    """Also to who chose already: they can still take the gift back, knowing what is missing."""
    lose(session, case)
    ask(session, case.gifts, REST)
    with clock.at(case.gifts.ended_at + timedelta(days=2)):
        answer_gift(session, token=case.gifts.first.token, answer=Answer.KEEP, actor=GUEST)
        case.send(session, "withdrawal", 0, "not_done")
        tell_all(session)
        page = certain(last_near_miss(session, case.campaign.id))
        (message,) = mails_of(session, "match_let_go_donor")
        assert (page.match_cents, page.match_fell_cents) == (0, 5_000)
        assert page.missing_cents == 9_000
        words = words_of(message)
        assert "Koos u dat de gift blijft, dan kunt u die nog terugnemen." in words
        assert "Er ontbreekt nog € 90." in words
        assert f"/giften/{case.gifts.first.token}" in words
        assert "Uw gift van € 50 blijft bij de actie." not in words
        answer_gift(session, token=case.gifts.first.token, answer=Answer.BACK, actor=GUEST)
    assert sound(session)
