"""Gifts as initiators see them: names as donors allow, nothing of an address, in pages."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.pledges import HiddenWordsFactory, PledgeFactory
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.gift_lists.queries import ListedGift, listed_gifts
from voorjebuurt.pledges.gift_lists.service import take_gifts_along


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live")


def test_names_and_messages_are_there_as_donors_allow(session: Session, campaign: Campaign) -> None:
    PledgeFactory(campaign=campaign, name="Noor", message="Mooi!")
    PledgeFactory(campaign=campaign, name="Ali", name_public=False, message="Fijn.")
    rude = PledgeFactory(campaign=campaign, name="Rot op", message="Bah")
    HiddenWordsFactory(pledge=rude, part="name")
    HiddenWordsFactory(pledge=rude, part="message")
    words = {(gift.name, gift.message) for gift in listed_gifts(session, campaign.id)}
    assert words == {("Noor", "Mooi!"), (None, "Fijn."), (None, "")}


def test_no_address_and_no_extra_is_in_it() -> None:
    assert {field.name for field in fields(ListedGift)} == {
        *("id", "name", "message", "amount_cents", "status"),
        *("booked_at", "is_counted", "reward"),
        *("tribute", "tribute_name", "tribute_words"),
    }


def test_only_what_was_paid_the_latest_first_a_page_at_a_time(
    session: Session, campaign: Campaign
) -> None:
    now = clock.now()
    for days in (3, 1, 2):
        PledgeFactory(
            campaign=campaign, amount_cents=days * 100, booked_at=now - timedelta(days=days)
        )
    PledgeFactory(campaign=campaign, status="open")
    PledgeFactory()
    amounts = [gift.amount_cents for gift in listed_gifts(session, campaign.id)]
    assert amounts == [100, 200, 300]
    assert [g.amount_cents for g in listed_gifts(session, campaign.id, limit=1, offset=1)] == [200]


@pytest.mark.parametrize(
    ("status", "reason", "is_counted"),
    [
        ("booked", None, True),
        ("refunded", "donor", False),
        ("refunded", "campaign_failed", True),
        ("charged_back", None, False),
    ],
)
def test_what_went_back_stays_on_it(
    session: Session, campaign: Campaign, status: str, reason: str | None, is_counted: bool
) -> None:
    PledgeFactory(campaign=campaign, status=status, refund_reason=reason)
    (gift,) = listed_gifts(session, campaign.id)
    assert (gift.status, gift.is_counted) == (status, is_counted)


def test_taking_it_along_is_written_down(session: Session, campaign: Campaign) -> None:
    PledgeFactory(campaign=campaign)
    actor = actor_of(session.get_one(Person, campaign.initiator_id))
    assert len(take_gifts_along(session, campaign_id=campaign.id, actor=actor)) == 1
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "campaign.gifts_downloaded")
    ).one()
    assert (event.subject_id, event.actor_id) == (campaign.id, campaign.initiator_id)
    assert event.detail == {"gifts": 1}


def test_nobody_else_takes_it_along(session: Session, campaign: Campaign) -> None:
    for actor in (GUEST, actor_of(PersonFactory())):
        with pytest.raises(ForbiddenError):
            take_gifts_along(session, campaign_id=campaign.id, actor=actor)
