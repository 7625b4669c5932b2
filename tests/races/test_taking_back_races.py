"""A gift that is taken back meets another press, the end of its campaign, and a stop."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once, without_errors
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import NO_SECOND_CHANCE, paid
from tests.support.mailed_links import mailed_token
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payments.models import Refund
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.closing import cancel_campaign, decide_campaign, start_closing
from voorjebuurt.pledges.corrections.addresses import ask_address, use_address
from voorjebuurt.pledges.corrections.taking_back import take_back
from voorjebuurt.pledges.models import Pledge

ROUNDS = 5
Deed = Callable[[Session], object]


@pytest.fixture
def build(fresh_database: Database) -> Callable[[], tuple[Campaign, Pledge]]:
    """A campaign that has just its minimum, by a gift of € 50 and one of € 20."""

    def make() -> tuple[Campaign, Pledge]:
        with fresh_database.writing() as session, building_in(session):
            campaign = CampaignFactory(
                status="live", minimum_cents=7000, closes_at=clock.now() + timedelta(days=9)
            )
            gift, _ = paid(session, campaign)
            paid(session, campaign, amount_cents=2000, email="els@voorbeeld.example")
        return campaign, gift

    return make


def run(database: Database, deed: Deed, at: timedelta, campaign: Campaign) -> Callable[[], object]:
    def inside() -> object:
        with clock.at(certain(campaign.closes_at) + at), database.writing() as session:
            return deed(session)

    return inside


def back(gift: Pledge) -> Deed:
    return lambda session: take_back(session, token=gift.token, actor=GUEST)


def end(campaign: Campaign) -> Deed:
    def deed(session: Session) -> object:
        start_closing(session, campaign_id=campaign.id)
        return decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)

    return deed


def outcome(database: Database, campaign: Campaign, gift: Pledge) -> tuple[str, str, int]:
    with database.snapshot() as session:
        assert not [c for c in check_books(session, in_flight_max_days=400) if not c.passed]
        return (
            session.get_one(Campaign, campaign.id).status,
            session.get_one(Pledge, gift.id).status,
            len(session.scalars(select(Refund.id)).all()),
        )


def test_two_tabs_take_one_gift_back_once(
    fresh_database: Database, build: Callable[[], tuple[Campaign, Pledge]]
) -> None:
    campaign, gift = build()
    press = run(fresh_database, back(gift), -timedelta(days=1), campaign)
    without_errors(at_once(press, press, press, press))
    assert outcome(fresh_database, campaign, gift) == ("live", "refunding", 1)


def test_at_the_instant_of_the_end_it_is_taken_or_stays_and_the_outcome_fits(
    fresh_database: Database, build: Callable[[], tuple[Campaign, Pledge]]
) -> None:
    for _ in range(ROUNDS):
        campaign, gift = build()
        first, second = at_once(
            run(fresh_database, back(gift), -timedelta(microseconds=1), campaign),
            run(fresh_database, end(campaign), timedelta(), campaign),
        )
        assert not isinstance(second, Exception)
        campaign_status, status, _ = outcome(fresh_database, campaign, gift)
        if isinstance(first, Exception):
            assert isinstance(first, DomainError)
            assert first.code == "gift_stays"
            assert (campaign_status, status) == ("succeeded", "booked")
        else:
            assert (campaign_status, status) == ("failed", "refunding")


def test_a_stop_at_the_same_moment_sends_it_back_once(
    fresh_database: Database, build: Callable[[], tuple[Campaign, Pledge]]
) -> None:
    campaign, gift = build()

    def stop(session: Session) -> None:
        cancel_campaign(session, campaign_id=campaign.id, reason="Bedrog", actor=SYSTEM)

    at_once(
        run(fresh_database, back(gift), -timedelta(days=1), campaign),
        run(fresh_database, stop, -timedelta(days=1), campaign),
    )
    campaign_status, status, refunds = outcome(fresh_database, campaign, gift)
    assert campaign_status == "cancelled"
    assert (status, refunds) in [("refunding", 1), ("booked", 0)], "the stop pays it back then"


def test_a_link_to_a_new_address_pressed_twice_at_once_gives_one_link(
    fresh_database: Database, build: Callable[[], tuple[Campaign, Pledge]]
) -> None:
    campaign, gift = build()
    with fresh_database.writing() as session:
        ask_address(session, token=gift.token, email="n@elders.example", locale="nl", actor=GUEST)
    with fresh_database.writing() as session:
        message = session.scalars(
            select(MailMessage).where(MailMessage.template == "gift_address_confirm")
        ).one()
        secret = mailed_token(session, message)
    press = run(
        fresh_database,
        lambda session: use_address(session, token=secret, actor=GUEST),
        -timedelta(days=9),
        campaign,
    )
    results = at_once(press, press, press)
    links = [result for result in results if not isinstance(result, Exception)]
    refusals = [result for result in results if isinstance(result, DomainError)]
    assert (len(links), len(refusals)) == (1, 2)
    with fresh_database.reading() as session:
        assert session.get_one(Pledge, gift.id).token == links[0]
        statement = select(MailMessage.recipient).where(MailMessage.template == "gift_address_left")
        assert session.scalars(statement).all() == [gift.email]
