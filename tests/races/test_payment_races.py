"""Deeds on one gift that meet: bookings, refunds, chargebacks, decisions, and new attempts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.fake_provider import FakeProvider
from tests.support.giving import (
    NO_SECOND_CHANCE,
    attempt,
    jobs_of,
    paid,
    pledge,
    refund_facts,
    taken,
    tell,
)
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.provider_calls import create_at_provider
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.refunds import take_chargeback_facts, take_refund_facts
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.booking import locked_pledge
from voorjebuurt.pledges.closing import (
    cancel_campaign,
    decide_campaign,
    return_contribution,
    start_closing,
)
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.refund_booking import book_facts
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.pledges.service import start_attempt
from voorjebuurt.pledges.unmatched import judge_again, name_board_member

ROUNDS = 4
BOARD = "bestuur@voorbeeld.example"

Result = TypeVar("Result")


@pytest.fixture
def build(fresh_database: Database) -> Callable[[], Campaign]:
    def campaign() -> Campaign:
        with fresh_database.writing() as session, building_in(session):
            return CampaignFactory(status="live", minimum_cents=5000)

    return campaign


def in_own_transaction(
    database: Database, deed: Callable[[Session], Result]
) -> Callable[[], Result]:
    def run() -> Result:
        with database.writing() as session:
            return deed(session)

    return run


def assert_sound(database: Database) -> None:
    with database.snapshot() as session:
        wrong = [
            check for check in check_books(session, in_flight_max_days=400) if not check.passed
        ]
    assert not wrong, wrong


def test_facts_of_every_kind_meet_a_decision_and_a_stop(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    """No deadlock, whatever waits for whatever; and the books are right in every order."""
    for number in range(ROUNDS):
        campaign = build()
        with fresh_database.writing() as session:
            _, first = paid(session, campaign)
            second, _ = paid(session, campaign)
            third = tell(session, attempt(session, pledge(session, campaign)))
            payment_row = locked_payment(session, first.id)
            take_refund_facts(
                session, payment=payment_row, facts=[refund_facts("refunded", 1000, number)]
            )
            take_chargeback_facts(session, payment=payment_row, facts=[taken(300, number)])
        results = at_once(
            in_own_transaction(fresh_database, partial(book_facts, payment_id=first.id)),
            in_own_transaction(fresh_database, partial(book_facts, payment_id=third.id)),
            in_own_transaction(fresh_database, decide(campaign)),
            in_own_transaction(fresh_database, stop(campaign)),
            in_own_transaction(fresh_database, give_back(second)),
        )
        deadlocks = [result for result in results if "deadlock" in str(result)]
        assert not deadlocks
        with fresh_database.writing() as session:
            for payment in (first, third):
                book_facts(session, payment_id=payment.id)
    assert_sound(fresh_database)


def decide(campaign: Campaign) -> Callable[[Session], None]:
    def deed(session: Session) -> None:
        with clock.at(certain(campaign.closes_at) + timedelta(days=2)):
            start_closing(session, campaign_id=campaign.id)
            decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)

    return deed


def stop(campaign: Campaign) -> Callable[[Session], object]:
    return lambda session: cancel_campaign(
        session, campaign_id=campaign.id, reason="Bedrog", actor=SYSTEM
    )


def give_back(gift: Pledge) -> Callable[[Session], object]:
    return lambda session: return_contribution(
        session, pledge_id=gift.id, reason=RefundReason.DONOR, actor=SYSTEM
    )


def test_a_gift_is_returned_once_by_two_at_once(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    campaign = build()
    with fresh_database.writing() as session:
        gift, _ = paid(session, campaign)
    deed = in_own_transaction(fresh_database, give_back(gift))
    assert sorted(at_once(deed, deed, deed), key=bool) == [False, False, True]
    assert_sound(fresh_database)


def test_the_button_pressed_by_many_at_once_begins_one_attempt(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    campaign = build()
    with fresh_database.writing() as session:
        token = pledge(session, campaign).token

    def press(session: Session) -> UUID:
        return start_attempt(session, token=token, base_url="http://x.example", actor=GUEST).id

    deed = in_own_transaction(fresh_database, press)
    assert len(set(at_once(deed, deed, deed, deed))) == 1
    with fresh_database.reading() as session:
        assert len(session.scalars(select(Payment.id)).all()) == 1


def test_an_old_attempt_is_asked_again_by_three_at_once_under_one_key(
    fresh_database: Database, build: Callable[[], Campaign], monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = build()
    with fresh_database.writing() as session:
        payment = attempt(session, pledge(session, campaign))
        payment.created_at -= timedelta(hours=2)
        payment.key_created_at -= timedelta(hours=2)
    provider = FakeProvider()
    all_searched = Barrier(3)

    def find(_: str, *, since: datetime) -> None:
        all_searched.wait(timeout=10)

    monkeypatch.setattr(provider, "find_payment", find)

    def ask() -> str | None:
        return create_at_provider(fresh_database, provider, payment_id=payment.id, mode="test")

    addresses = at_once(ask, ask, ask)
    assert len(provider.payments) == 1
    assert set(addresses) == {"https://provider.example/checkout"}


def test_a_board_member_is_named_while_a_gift_of_theirs_is_booked(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    """Naming holds the campaign and then wants the gifts; a booking wants them the other way."""
    campaign = build()
    with fresh_database.writing() as session:
        gift, _ = paid(session, campaign, email=BOARD)
    name = partial(name_board_member, campaign_id=campaign.id, email=BOARD, actor=SYSTEM)
    with fresh_database.writing() as booking, ThreadPoolExecutor(1) as pool:
        locked_pledge(booking, gift.id)
        naming = pool.submit(in_own_transaction(fresh_database, name))
        wait([naming], timeout=1)
        locked_campaign(booking, campaign.id)
        naming.result(timeout=10)
    with fresh_database.reading() as session:
        assert jobs_of(session, "pledges.judge_again") == 1
    with fresh_database.writing() as session:
        judge_again(session, campaign_id=campaign.id)
    with fresh_database.reading() as session:
        assert not session.get_one(Pledge, gift.id).matchable
