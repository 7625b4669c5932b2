"""What follows when a last day moves: who is told, what closes when, and what keeps it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.donor_mails import mails_of, tell_all, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.factories.towns import applied, awarded_first, officer, town_fund
from tests.support.fixtures_site import Committing
from tests.support.giving import NO_SECOND_CHANCE, paid
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.closing import campaigns_past_deadline, decide_campaign, start_closing
from voorjebuurt.pledges.corrections.taking_back import take_back
from voorjebuurt.pledges.live.extending import extend_campaign, extension_offer
from voorjebuurt.pledges.rules import PledgeStatus
from voorjebuurt.pledges.tasks import remind_initiators
from voorjebuurt.settings import Settings

WEEK = timedelta(days=7)


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(
        status="live", minimum_cents=7000, extension_days=14, extension_percent=50
    )


def extend(session: Session, campaign: Campaign) -> None:
    extend_campaign(
        session,
        campaign_id=campaign.id,
        until_on=certain(campaign.deadline_on) + WEEK,
        reason="De school doet later mee.",
        actor=actor_of(session.get_one(Person, campaign.initiator_id)),
    )
    session.flush()


def test_who_gave_is_told_once_and_can_take_back_until_the_new_day(
    session: Session, campaign: Campaign
) -> None:
    gift, _payment = paid(session, campaign)
    first_end = certain(campaign.closes_at)
    extend(session, campaign)
    for _ in range(2):
        tell_all(session)
    (mail,) = mails_of(session, "campaign_extended_donor")
    assert mail.recipient == gift.email
    assert "De school doet later mee." in words_of(mail)
    assert "de laatste dag is nu" in words_of(mail)
    with clock.at(first_end + timedelta(days=3)):
        take_back(session, token=gift.token, actor=GUEST)
    session.flush()
    assert gift.status == PledgeStatus.REFUNDING


def test_it_closes_at_the_new_day_and_is_reminded_again(
    committing: Committing, fresh_database: Database, settings: Settings
) -> None:
    runtime = Runtime(fresh_database, settings)
    with committing() as session:
        campaign = CampaignFactory(
            status="live", minimum_cents=7000, extension_days=14, extension_percent=50
        )
        paid(session, campaign)
    first, second = (certain(campaign.closes_at) + shift for shift in (timedelta(), WEEK))
    with clock.at(first - timedelta(days=2)):
        remind_initiators(runtime)
        with fresh_database.writing() as session:
            extend(session, session.get_one(Campaign, campaign.id))
    with clock.at(first + timedelta(hours=1)), fresh_database.writing() as session:
        assert campaigns_past_deadline(session) == []
        start_closing(session, campaign_id=campaign.id)
    with clock.at(second - timedelta(days=2)):
        for _ in range(2):
            remind_initiators(runtime)
    with clock.at(second), fresh_database.writing() as session:
        assert campaigns_past_deadline(session) == [campaign.id]
        start_closing(session, campaign_id=campaign.id)
        assert decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign.id).status == CampaignStatus.FAILED
        assert len(mails_of(session, "campaign_ending")) == 2


def test_an_award_keeps_the_day(session: Session, campaign: Campaign) -> None:
    fund = town_fund(campaign.municipality_id, live=True)
    application = applied(session, fund, campaign)
    paid(session, campaign)
    assert extension_offer(session, campaign.id).refusal is None
    olga = officer(session, campaign.municipality_id)
    piet = officer(session, campaign.municipality_id, "Piet")
    awarded_first(session, application, olga, piet)
    assert certain(extension_offer(session, campaign.id).refusal).code == "extension_after_award"
    with pytest.raises(DomainError):
        extend(session, campaign)
