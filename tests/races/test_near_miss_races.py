"""Deeds on a near miss that meet: answers, the end, chargebacks, payouts, match that falls away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.giving import NEAR_MISS, close, taken
from tests.support.near_misses import (
    Case,
    asking,
    in_time,
    near_miss_of,
    payment_of,
    running,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.refunds import take_chargeback_facts
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.fallback.falling_back import fall_back
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.choices.tasks import move_near_miss
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.models import NearMissAnswer
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissCause
from voorjebuurt.pledges.refund_booking import book_facts
from voorjebuurt.settings import Settings

ROUNDS = 3


@dataclass
class World:
    database: Database
    runtime: Runtime
    case: Case
    end: datetime

    def at(self, moment: datetime, deed: Callable[[Session], object]) -> Callable[[], object]:
        def run() -> object:
            with clock.at(moment), self.database.writing() as session:
                return deed(session)

        return run

    def answer(self, gift: Pledge, answer: Answer, moment: datetime) -> Callable[[], object]:
        return self.at(
            moment,
            lambda session: answer_gift(session, token=gift.token, answer=answer, actor=GUEST),
        )

    def timer(self, moment: datetime) -> Callable[[], object]:
        def run() -> None:
            with clock.at(moment):
                move_near_miss(self.runtime, self.case.campaign.id)

        return run

    def charge_back(self, gift: Pledge, number: int = 1) -> Callable[[], object]:
        with self.database.reading() as session:
            payment_id = payment_of(session, gift).id

        def deed(session: Session) -> None:
            row = locked_payment(session, payment_id)
            take_chargeback_facts(session, payment=row, facts=[taken(10_000, number)])
            book_facts(session, payment_id=payment_id)

        return self.at(in_time(self.case), deed)


@pytest.fixture
def world(fresh_database: Database, settings: Settings) -> Callable[[], World]:
    def make() -> World:
        with fresh_database.writing() as session, building_in(session):
            case = asking(session)
            end = near_miss_of(session, case).ends_at
        return World(fresh_database, Runtime(fresh_database, settings), case, end)

    return make


def assert_sound(database: Database) -> None:
    with database.snapshot() as session:
        wrong = [c for c in check_books(session, in_flight_max_days=400) if not c.passed]
    assert not wrong, wrong


def refunds(database: Database, gift: Pledge) -> int:
    with database.reading() as session:
        statement = select(Refund).join(Payment).where(Payment.pledge_id == gift.id)
        return len(session.scalars(statement).all())


def test_two_tabs_take_one_gift_back_once(world: Callable[[], World]) -> None:
    here = world()
    deeds = [here.answer(here.case.first, Answer.BACK, in_time(here.case)) for _ in range(3)]
    assert [result for result in at_once(*deeds) if result is not None] == []
    assert refunds(here.database, here.case.first) == 1
    assert_sound(here.database)


def test_keep_and_take_back_at_once_end_in_one_of_them(world: Callable[[], World]) -> None:
    here = world()
    gift, moment = here.case.first, in_time(here.case)
    at_once(here.answer(gift, Answer.KEEP, moment), here.answer(gift, Answer.BACK, moment))
    with here.database.reading() as session:
        (answer,) = session.scalars(select(NearMissAnswer.answer)).all()
        status = session.get_one(Pledge, gift.id).status
    assert (answer, status, refunds(here.database, gift)) == ("back", "refunding", 1)


def test_an_answer_at_the_instant_of_the_end_is_taken_or_refused_and_never_overruled(
    world: Callable[[], World],
) -> None:
    for _ in range(ROUNDS):
        here = world()
        just_before = here.end - timedelta(microseconds=1)
        first, *others = at_once(
            here.answer(here.case.first, Answer.KEEP, just_before),
            here.timer(here.end),
            here.timer(here.end),
        )
        assert not [each for each in others if isinstance(each, Exception)]
        here.timer(here.end)()
        with here.database.reading() as session:
            gift = session.get_one(Pledge, here.case.first.id)
            mine = select(NearMissAnswer.answer).where(NearMissAnswer.pledge_id == gift.id)
            is_answered = session.scalar(mine) == "keep"
        was_refused = isinstance(first, DomainError)
        assert was_refused is not is_answered
        assert refunds(here.database, gift) == (1 if was_refused else 0)
        assert_sound(here.database)


def test_a_chargeback_meets_an_answer_and_the_end(world: Callable[[], World]) -> None:
    for number in range(ROUNDS):
        here = world()
        results = at_once(
            here.charge_back(here.case.second, number),
            here.answer(here.case.first, Answer.BACK, in_time(here.case)),
            here.answer(here.case.second, Answer.KEEP, in_time(here.case)),
            here.timer(here.end),
        )
        faults = [
            each
            for each in results
            if isinstance(each, Exception) and not isinstance(each, DomainError)
        ]
        assert faults == []
        assert refunds(here.database, here.case.first) <= 1
        assert_sound(here.database)


def test_a_success_is_taken_back_once_by_two_at_once(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session, building_in(session):
        case = running(session, minimum_cents=90_000)
        close(session, case.campaign)
    here = World(fresh_database, Runtime(fresh_database, settings), case, case.ended_at)
    here.charge_back(case.second)()

    def look(session: Session) -> bool:
        return fall_back(
            session, campaign_id=case.campaign.id, cause=NearMissCause.GIFT, terms=NEAR_MISS
        )

    results = at_once(*[here.at(in_time(case), look) for _ in range(3)])
    assert sorted(map(str, results)) == ["False", "False", "True"]
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, case.campaign.id).status == "near_miss"
        assert balance(session, payable(case.campaign.id)) == 0
    assert_sound(fresh_database)
