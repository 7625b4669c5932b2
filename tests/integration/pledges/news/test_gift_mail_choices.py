"""An initiator chooses how often mails about gifts come: at once, once a day, or never."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import paid
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import set_cadences
from voorjebuurt.mail.models import MailUnsubscription
from voorjebuurt.mail.subscriptions import is_unsubscribed, subscribe, unsubscribe
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.gift_news import (
    MAIL_KIND,
    choose_gift_cadence,
    gift_cadence,
    mail_digest,
    members_with_news,
)

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def campaign(session: Session) -> Campaign:
    with clock.at(NOW):
        return CampaignFactory(status="live", title="Bomen op het plein")


def give(session: Session, campaign: Campaign, minutes: int) -> None:
    with clock.at(NOW + timedelta(minutes=minutes)):
        paid(session, campaign, email=f"d{minutes}@voorbeeld.example")


def choose(session: Session, campaign: Campaign, cadence: Cadence) -> None:
    set_cadences(session, person_id=campaign.initiator_id, cadences={MAIL_KIND: cadence})


def tell(session: Session, cadence: Cadence, minutes: int) -> int:
    """Do what is due for who chose this; how many digests there are."""
    with clock.at(NOW + timedelta(minutes=minutes)):
        for member_id in members_with_news(session, cadence):
            mail_digest(session, member_id=member_id)
    return len(mails_of(session, "gift_digest"))


def test_who_chose_nothing_is_told_once_a_day(session: Session, campaign: Campaign) -> None:
    for minutes in (0, 5):
        give(session, campaign, minutes)
    assert tell(session, Cadence.AT_ONCE, 200) == 0
    assert tell(session, Cadence.DAILY, 200) == 1


def test_at_once_is_one_mail_an_hour_at_most(session: Session, campaign: Campaign) -> None:
    choose(session, campaign, Cadence.AT_ONCE)
    for minutes in (0, 5, 10):
        give(session, campaign, minutes)
    assert len(mails_of(session, "first_gift")) == 1
    assert tell(session, Cadence.AT_ONCE, 20) == 0, "within the hour of the first"
    assert tell(session, Cadence.AT_ONCE, 61) == 1
    give(session, campaign, 65)
    assert tell(session, Cadence.AT_ONCE, 70) == 1
    assert tell(session, Cadence.AT_ONCE, 125) == 2
    assert tell(session, Cadence.DAILY, 130) == 2


def test_never_is_never_the_first_either(session: Session, campaign: Campaign) -> None:
    choose(session, campaign, Cadence.NEVER)
    for minutes in (0, 5):
        give(session, campaign, minutes)
    for cadence in (Cadence.AT_ONCE, Cadence.DAILY):
        assert tell(session, cadence, 200) == 0
    assert mails_of(session, "first_gift") == []


def test_who_refused_it_before_one_could_choose_gets_none_until_they_choose(
    session: Session, campaign: Campaign
) -> None:
    email = session.get_one(Person, campaign.initiator_id).email
    row = MailUnsubscription(email=email, template="gift_digest", unsubscribed_at=clock.now())
    session.add(row)
    for minutes in (0, 5):
        give(session, campaign, minutes)
    assert gift_cadence(session, campaign.initiator_id) is Cadence.NEVER
    assert tell(session, Cadence.DAILY, 200) == 0
    choose_gift_cadence(
        session, person_id=campaign.initiator_id, cadence=Cadence.DAILY, actor=SYSTEM
    )
    assert tell(session, Cadence.DAILY, 200) == 1


def test_the_link_in_a_mail_is_the_same_choice(session: Session, campaign: Campaign) -> None:
    choose(session, campaign, Cadence.AT_ONCE)
    for minutes in (0, 5):
        give(session, campaign, minutes)
    tell(session, Cadence.AT_ONCE, 61)
    (mail,) = mails_of(session, "gift_digest")
    unsubscribe(session, message=mail, actor=GUEST)
    assert is_unsubscribed(session, mail)
    assert gift_cadence(session, campaign.initiator_id) is Cadence.NEVER
    subscribe(session, message=mail, actor=GUEST)
    assert gift_cadence(session, campaign.initiator_id) is Cadence.AT_ONCE
