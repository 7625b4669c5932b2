"""The match of a plan that became smaller: by the same rule, and never more than the plan costs."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.factories.people import actor_of
from tests.support.giving import NEAR_MISS, balances, paid, taken, tell_chargeback
from tests.support.live_funds import follow, match_cents, steps
from tests.support.near_misses import REST, Case, ask, coach, finish, miss, near_miss_of, payment_of
from voorjebuurt.decisions.proof.snapshots import Proposal, replay, snapshot_now
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.live.changed_plans import send_plan
from voorjebuurt.matching.live.plan_forecasts import plan_forecast
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots.rows import hold, reserve
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissCause, Plan

HALF = {"caps": {"pct_of_goal": "25"}}
"""At most a quarter of the goal: € 300 of the first plan of € 1,200."""
CAPPED = {"caps": {"project_cents": 50_000}}
SMALLER = Plan([80_000, 0], "Zonder nieuwe aarde.", asks_rest=False)


class CaseOfFund(Case):
    fund: Fund
    application: Application


def near_miss_with_match(
    session: Session, rules: dict[str, Any], *, first: int, second: int
) -> CaseOfFund:
    """A campaign that needs € 1,200 and missed it, with a live fund by these rules."""
    campaign = CampaignFactory(status="live", minimum_cents=120_000)
    fund = open_fund(rules)
    application: Application = ApplicationFactory(fund=fund, campaign=campaign)
    gifts = [
        paid(session, campaign, amount_cents=cents, tip_cents=0, email=email)[0]
        for cents, email in ((first, "een@x.example"), (second, "twee@x.example"))
    ]
    follow(session, fund)
    initiator = session.get_one(Person, campaign.initiator_id)
    case = CaseOfFund(campaign, actor_of(initiator), actor_of(coach(), "coach"), *gifts)
    case.fund, case.application = fund, application
    miss(session, case)
    return case


def keep(session: Session, case: CaseOfFund, *gifts: Any) -> None:
    with clock.at(case.ended_at + timedelta(days=2)):
        for gift in gifts:
            answer_gift(session, token=gift.token, answer=Answer.KEEP, actor=GUEST)


def end(session: Session, case: CaseOfFund) -> None:
    follow(session, case.fund)
    assert finish(session, case)
    assert settle_campaign(session, campaign_id=case.campaign.id)
    session.flush()


def match(session: Session, case: CaseOfFund) -> CampaignMatch:
    session.flush()
    return session.get_one(CampaignMatch, case.application.id, populate_existing=True)


def sound(session: Session) -> bool:
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    return [c for c in check_books(session, in_flight_max_days=400) if not c.passed] == []


def test_a_rule_that_reads_the_goal_reads_that_of_the_smaller_plan(session: Session) -> None:
    case = near_miss_with_match(session, HALF, first=40_000, second=30_000)
    assert match_cents(session, case.application) == 30_000
    forecast = plan_forecast(session, campaign_id=case.campaign.id, budget_cents=80_000)
    assert (forecast.now_cents, forecast.rule_cents, forecast.match_cents) == (
        30_000,
        20_000,
        10_000,
    )
    ask(session, case, SMALLER)
    assert match_cents(session, case.application) == 20_000
    page = certain(last_near_miss(session, case.campaign.id))
    assert (page.match_cents, page.reached_cents, page.missing_cents) == (10_000, 80_000, 0)
    assert (page.match_of_plan_less_cents, page.match_fell_cents) == (20_000, 0)
    assert match(session, case).maximum_cents == 100_000, "what officers awarded at most stays"
    assert sound(session)


def test_crowd_and_match_are_never_more_than_the_smaller_plan_costs(session: Session) -> None:
    """The match gives way, and no gift that a donor kept."""
    case = near_miss_with_match(session, CAPPED, first=40_000, second=20_000)
    ask(session, case, SMALLER)
    keep(session, case, case.first, case.second)
    end(session, case)
    row = match(session, case)
    assert case.campaign.status == "succeeded"
    assert (row.match_cents, row.fixed_cents, row.status) == (20_000, 20_000, "committed")
    assert balances(session, payable(case.campaign.id)) == (80_000,)
    page = certain(last_near_miss(session, case.campaign.id))
    assert (page.crowd_cents, page.match_cents) == (60_000, 20_000)
    assert sound(session)


def test_the_database_owes_no_more_than_the_smaller_plan_costs(session: Session) -> None:
    """Held by the services first; this is what stands behind them."""
    case = near_miss_with_match(session, CAPPED, first=40_000, second=20_000)
    ask(session, case, SMALLER)
    keep(session, case, case.first, case.second)
    end(session, case)
    assert sound(session)
    rows = hold(session, case.application.id)
    reserve(session, rows, kind="follow", key="past the services", cents=1)
    with pytest.raises(IntegrityError, match="more than its plan costs"):
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_what_donors_take_back_leaves_room_for_match_again(session: Session) -> None:
    case = near_miss_with_match(session, {}, first=40_000, second=15_000)
    ask(session, case, SMALLER)
    page = certain(last_near_miss(session, case.campaign.id))
    assert page.match_cents == 25_000
    keep(session, case, case.first)
    with clock.at(case.ended_at + timedelta(days=2)):
        answer_gift(session, token=case.second.token, answer=Answer.BACK, actor=GUEST)
    end(session, case)
    assert (case.campaign.status, match(session, case).match_cents) == ("succeeded", 40_000)
    assert balances(session, payable(case.campaign.id)) == (80_000,)
    assert sound(session)


def test_a_plan_is_measured_with_the_match_that_it_would_get(session: Session) -> None:
    """With the match of the first plan this one would seem to be within reach."""
    case = near_miss_with_match(session, HALF, first=40_000, second=30_000)
    tight = Plan([90_000, 5_000], "Minder aarde.", asks_rest=False)
    with clock.at(case.ended_at + timedelta(days=1)), pytest.raises(DomainError) as error:
        send_plan(session, campaign_id=case.campaign.id, plan=tight, actor=case.initiator)
    assert (error.value.code, error.value.values["reached_cents"]) == ("plan_out_of_reach", 93_750)


def test_a_plan_that_stays_as_it_was_keeps_its_match(session: Session) -> None:
    case = near_miss_with_match(session, HALF, first=40_000, second=30_000)
    ask(session, case, REST)
    page = certain(last_near_miss(session, case.campaign.id))
    assert (page.match_cents, page.match_of_plan_less_cents) == (30_000, 0)


def test_gifts_of_the_second_turn_are_matched_up_to_the_costs(session: Session) -> None:
    case = near_miss_with_match(session, {}, first=40_000, second=10_000)
    ask(session, case, Plan([80_000, 30_000], "Vijf bomen.", asks_rest=True))
    with clock.at(case.ended_at + timedelta(days=2)):
        paid(session, case.campaign, amount_cents=9_000, tip_cents=0, email="drie@x.example")
    follow(session, case.fund)
    assert match_cents(session, case.application) == 51_000
    keep(session, case, case.first, case.second)
    end(session, case)
    assert balances(session, payable(case.campaign.id)) == (110_000,)
    assert sound(session)


def test_a_gift_that_the_bank_takes_back_lets_the_match_be_computed_again(session: Session) -> None:
    """What gave way to the costs of the plan comes back as far as the rule gives it."""
    case = near_miss_with_match(session, CAPPED, first=40_000, second=20_000)
    ask(session, case, SMALLER)
    keep(session, case, case.first, case.second)
    end(session, case)
    tell_chargeback(session, payment_of(session, case.second), taken(5_000))
    follow(session, case.fund)
    assert not back(session, case)
    assert case.campaign.status == "succeeded"
    assert match(session, case).match_cents == 25_000
    assert balances(session, payable(case.campaign.id)) == (80_000,)
    assert sound(session)


def back(session: Session, case: Case) -> bool:
    with clock.at(case.ended_at + timedelta(days=20)):
        is_back = fall_back(
            session, campaign_id=case.campaign.id, cause=NearMissCause.GIFT, terms=NEAR_MISS
        )
    session.flush()
    return is_back


def test_a_second_near_miss_is_computed_by_the_plan_of_the_first(session: Session) -> None:
    case = near_miss_with_match(session, HALF, first=40_000, second=30_000)
    ask(session, case, SMALLER)
    keep(session, case, case.first, case.second)
    end(session, case)
    tell_chargeback(session, payment_of(session, case.second), taken(30_000))
    follow(session, case.fund)
    assert back(session, case)
    assert near_miss_of(session, case).begun_match_cents <= 20_000
    page = certain(last_near_miss(session, case.campaign.id))
    assert page.old_budget_cents == 80_000
    assert sound(session)


def test_a_decision_afterwards_replays_with_both_goals(session: Session) -> None:
    """Steps of before the plan keep the goal that they were taken with."""
    case = near_miss_with_match(session, HALF, first=40_000, second=30_000)
    ask(session, case, replace(SMALLER, asks_rest=True))
    keep(session, case, case.first)
    with clock.at(case.ended_at + timedelta(days=2)):
        answer_gift(session, token=case.second.token, answer=Answer.BACK, actor=GUEST)
        paid(session, case.campaign, amount_cents=20_000, tip_cents=0, email="drie@x.example")
    end(session, case)
    goals = [step.goal_cents for step in steps(session, case.application)]
    assert goals == [None, None, 80_000, 80_000]
    snapshot = snapshot_now(session, case.application, Proposal("x", "determination", 0))
    assert replay(snapshot.text).same
    assert (snapshot.computed.claim_cents, match(session, case).match_cents) == (20_000, 20_000)
