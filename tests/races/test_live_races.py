"""A campaign is stopped or moves its last day while it is paid for, closed, or stopped as well."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once, without_errors
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.giving import NO_SECOND_CHANCE, paid
from voorjebuurt.campaigns.live.models import CampaignExtension, CampaignStop
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.closing import (
    cancel_campaign,
    contributions_to_return,
    decide_campaign,
    return_contribution,
    start_closing,
)
from voorjebuurt.pledges.live.extending import extend_campaign
from voorjebuurt.pledges.live.stopping import stop_campaign
from voorjebuurt.pledges.rules import RefundReason

ROUNDS = 5
Deed = Callable[[Session], object]


@pytest.fixture
def build(fresh_database: Database) -> Callable[[], Campaign]:
    """A campaign that has just its minimum, by a gift of € 50 and one of € 20."""

    def make() -> Campaign:
        with fresh_database.writing() as session, building_in(session):
            campaign = CampaignFactory(
                status="live", minimum_cents=7000, extension_days=14, extension_percent=50
            )
            paid(session, campaign)
            paid(session, campaign, amount_cents=2000, email="els@voorbeeld.example")
        return campaign

    return make


def run(database: Database, deed: Deed, at: timedelta, campaign: Campaign) -> Callable[[], object]:
    def inside() -> object:
        with clock.at(certain(campaign.closes_at) + at), database.writing() as session:
            return deed(session)

    return inside


def stop(campaign: Campaign) -> Deed:
    def deed(session: Session) -> None:
        actor = actor_of(session.get_one(Person, campaign.initiator_id))
        stop_campaign(session, campaign_id=campaign.id, reason="Ziek.", actor=actor)

    return deed


def extend(campaign: Campaign) -> Deed:
    def deed(session: Session) -> None:
        actor = actor_of(session.get_one(Person, campaign.initiator_id))
        day = certain(campaign.deadline_on) + timedelta(days=7)
        extend_campaign(
            session, campaign_id=campaign.id, until_on=day, reason="Vakantie.", actor=actor
        )

    return deed


def end(campaign: Campaign) -> Deed:
    def deed(session: Session) -> object:
        start_closing(session, campaign_id=campaign.id)
        return decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)

    return deed


def books_are_right(database: Database) -> None:
    with database.snapshot() as session:
        assert not [c for c in check_books(session, in_flight_max_days=400) if not c.passed]


def status_of(database: Database, campaign: Campaign) -> str:
    with database.reading() as session:
        return session.get_one(Campaign, campaign.id).status


def test_pressed_by_several_at_once_it_is_stopped_once(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    campaign = build()
    press = run(fresh_database, stop(campaign), -timedelta(days=1), campaign)
    without_errors(at_once(press, press, press, press))
    with fresh_database.reading() as session:
        assert len(session.scalars(select(CampaignStop.campaign_id)).all()) == 1
        mail_keys = select(MailMessage.key).where(MailMessage.template == "campaign_cancelled")
        assert len(session.scalars(mail_keys).all()) == 1
    assert status_of(fresh_database, campaign) == "cancelled"


def test_initiator_and_staff_at_once_end_it_once(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    campaign = build()

    def staff(session: Session) -> None:
        cancel_campaign(session, campaign_id=campaign.id, reason="Bedrog", actor=SYSTEM)

    answers = at_once(
        run(fresh_database, stop(campaign), -timedelta(days=1), campaign),
        run(fresh_database, staff, -timedelta(days=1), campaign),
    )
    refusals = [answer for answer in answers if isinstance(answer, Exception)]
    assert len(refusals) == 1
    assert isinstance(refusals[0], DomainError)
    assert status_of(fresh_database, campaign) == "cancelled"


def test_at_the_instant_of_the_end_it_stops_or_is_decided(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    for _ in range(ROUNDS):
        campaign = build()
        first, second = at_once(
            run(fresh_database, stop(campaign), -timedelta(microseconds=1), campaign),
            run(fresh_database, end(campaign), timedelta(), campaign),
        )
        assert not isinstance(second, Exception)
        if isinstance(first, Exception):
            assert isinstance(first, DomainError)
            assert first.code == "too_late_to_stop"
            assert status_of(fresh_database, campaign) == "succeeded"
        else:
            assert status_of(fresh_database, campaign) == "cancelled"
        books_are_right(fresh_database)


def test_what_is_paid_at_the_moment_of_a_stop_goes_back(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    for number in range(ROUNDS):
        campaign = build()

        def give(session: Session, campaign: Campaign = campaign, number: int = number) -> None:
            fresh = session.get_one(Campaign, campaign.id)
            paid(session, fresh, email=f"gever{number}@voorbeeld.example")

        gift, stop_answer = at_once(
            run(fresh_database, give, -timedelta(days=1), campaign),
            run(fresh_database, stop(campaign), -timedelta(days=1), campaign),
        )
        assert not isinstance(stop_answer, Exception)
        assert not isinstance(gift, Exception) or isinstance(gift, DomainError)
        with fresh_database.writing() as session:
            for pledge_id in contributions_to_return(session, campaign.id, but_not=set(), limit=9):
                return_contribution(
                    session,
                    pledge_id=pledge_id,
                    reason=RefundReason.CAMPAIGN_CANCELLED,
                    actor=SYSTEM,
                )
        with fresh_database.reading() as session:
            assert not contributions_to_return(session, campaign.id, but_not=set(), limit=9)
        books_are_right(fresh_database)


def test_at_the_instant_of_the_end_the_day_moves_or_it_is_decided(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    for _ in range(ROUNDS):
        campaign = build()
        first, second = at_once(
            run(fresh_database, extend(campaign), -timedelta(microseconds=1), campaign),
            run(fresh_database, end(campaign), timedelta(), campaign),
        )
        assert not isinstance(second, Exception)
        if isinstance(first, Exception):
            assert isinstance(first, DomainError)
            assert first.code == "too_late_to_extend"
            assert status_of(fresh_database, campaign) == "succeeded"
        else:
            assert status_of(fresh_database, campaign) == "live"


def test_pressed_by_several_at_once_the_day_moves_once(
    fresh_database: Database, build: Callable[[], Campaign]
) -> None:
    campaign = build()
    press = run(fresh_database, extend(campaign), -timedelta(days=1), campaign)
    without_errors(at_once(press, press, press))
    with fresh_database.reading() as session:
        assert len(session.scalars(select(CampaignExtension.campaign_id)).all()) == 1
        after = session.get_one(Campaign, campaign.id)
    assert after.deadline_on == certain(campaign.deadline_on) + timedelta(days=7)
