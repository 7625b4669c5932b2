"""Money at the end of a campaign, when two deeds meet: bank lines, match computed again, plans."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once, without_errors
from tests.support.deposits import colleague
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.factories.people import actor_of
from tests.support.giving import NEAR_MISS, close, paid, taken, tell_chargeback
from tests.support.live_funds import follow
from tests.support.near_misses import Case, coach, miss, payment_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.matching.live.allocator import allocate
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.live.changed_plans import approve_plan, send_plan
from voorjebuurt.matching.models import Application, Fund, FundDeposit
from voorjebuurt.matching.pots.deposit_entries import enter_fund_deposit
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.rules import NearMissCause, Plan

ROUNDS = 3
_numbers = count(1)
SMALLER = Plan([80_000, 0], "Zonder aarde.", asks_rest=True)


def in_transaction(
    database: Database, deed: Callable[[Session], object], moment: datetime | None = None
) -> Callable[[], object]:
    def run() -> object:
        with clock.at(moment or clock.now()), database.writing() as session:
            return deed(session)

    return run


def assert_sound(database: Database) -> None:
    with database.reading() as session:
        checks = check_books(session, in_flight_max_days=400)
    assert [check for check in checks if not check.passed] == []


def test_a_line_that_two_enter_at_once_for_two_funds_is_entered_once(
    fresh_database: Database,
) -> None:
    for number in range(ROUNDS):
        with fresh_database.writing() as session, building_in(session):
            first = closing_fund(prepaid=True)
            place = first.municipality_id
            second = closing_fund(prepaid=True, municipality=None, municipality_id=place)
            people = [colleague(), colleague()]
            fund_ids = [first.id, second.id]

        deeds = [
            partial(
                enter_fund_deposit,
                fund_id=fund_id,
                cents=40_000,
                reference=f"IN-{number}",
                received_on=clock.today(),
                actor=actor,
            )
            for fund_id, actor in zip(fund_ids, people, strict=True)
        ]
        results = at_once(*(in_transaction(fresh_database, deed) for deed in deeds))
        refusals = [result for result in results if isinstance(result, Exception)]
        assert [getattr(each, "code", each) for each in refusals] == ["line_entered_elsewhere"]
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FundDeposit)) == ROUNDS


def matched_case(session: Session, minimum_cents: int) -> tuple[Case, Application]:
    campaign = CampaignFactory(status="live", minimum_cents=minimum_cents)
    fund = open_fund({"caps": {"pct_of_goal": "25"}})
    application: Application = ApplicationFactory(fund=fund, campaign=campaign)
    gifts = [
        paid(session, campaign, amount_cents=cents, tip_cents=0, email=email)[0]
        for cents, email in ((20_000, "een@x.example"), (50_000, "twee@x.example"))
    ]
    initiator = session.get_one(Person, campaign.initiator_id)
    return Case(campaign, actor_of(initiator), actor_of(coach(), "coach"), *gifts), application


def test_match_is_computed_again_once_by_two_at_once(fresh_database: Database) -> None:
    for _ in range(ROUNDS):
        with fresh_database.writing() as session, building_in(session):
            case, application = matched_case(session, 20_000)
            follow(session, session.get_one(Fund, application.fund_id))
            close(session, case.campaign)
            assert settle_campaign(session, campaign_id=case.campaign.id)
            tell_chargeback(
                session, payment_of(session, case.second), taken(50_000, next(_numbers))
            )
            allocate(session, fund_id=application.fund_id)
            application_id, campaign_id = application.id, case.campaign.id

        def look(campaign_id: UUID = campaign_id) -> Callable[[], object]:
            return in_transaction(
                fresh_database,
                lambda session: fall_back(
                    session, campaign_id=campaign_id, cause=NearMissCause.GIFT, terms=NEAR_MISS
                ),
            )

        assert without_errors(at_once(look(), look())) == [False, False]
        with fresh_database.reading() as session:
            assert session.get_one(CampaignMatch, application_id).match_cents == 20_000
        assert_sound(fresh_database)


def test_a_plan_is_approved_amid_gifts_that_a_fund_deals_with(fresh_database: Database) -> None:
    for _ in range(ROUNDS):
        with fresh_database.writing() as session, building_in(session):
            case, application = matched_case(session, 110_000)
            follow(session, session.get_one(Fund, application.fund_id))
            miss(session, case)
            moment = case.ended_at + timedelta(days=1)
            with clock.at(moment):
                send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.initiator)
            tell_chargeback(session, payment_of(session, case.first), taken(5_000, next(_numbers)))
            fund_id, application_id = application.fund_id, application.id

        def approve(case: Case = case, moment: datetime = moment) -> Callable[[], object]:
            return in_transaction(
                fresh_database,
                lambda session: approve_plan(
                    session, campaign_id=case.campaign.id, note="", actor=case.coach
                ),
                moment,
            )

        def deal(fund_id: UUID = fund_id) -> Callable[[], object]:
            return in_transaction(
                fresh_database, lambda session: allocate(session, fund_id=fund_id)
            )

        without_errors(at_once(approve(), deal()))
        with fresh_database.reading() as session:
            assert session.get_one(CampaignMatch, application_id).match_cents == 20_000
        assert_sound(fresh_database)
