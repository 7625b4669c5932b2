"""An update reaches everybody who gave or follows, once, and nobody who wants none."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.pledges import PledgeFactory
from tests.support.updates import FOR_DONORS, follow_thing, publish_update
from voorjebuurt.campaigns.follow.queries import follows
from voorjebuurt.campaigns.follow.service import ask_to_follow, forget_unconfirmed
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.updates import hiding
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.service import withdraw_update
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.mail import conditions
from voorjebuurt.mail.forgetting import erase_mails
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.subscriptions import is_unsubscribed, subscribe, unsubscribe
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.news.readers import readers_of
from voorjebuurt.pledges.news.update_mails import mail_next_readers

NOOR, ALI, BO = "noor@voorbeeld.example", "ali@voorbeeld.example", "bo@voorbeeld.example"


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", title="Bomen op het plein")


def tell(session: Session, update: CampaignUpdate, *, limit: int = 100) -> list[MailMessage]:
    """All mails of an update, made in batches; the job may run twice."""
    for _ in range(2):
        while mail_next_readers(session, update_id=update.id, limit=limit) == limit:
            session.flush()
    return mails_of(session, "campaign_update")


def recipients(mails: list[MailMessage]) -> list[str]:
    return [mail.recipient for mail in mails]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_who_gave_or_follows_gets_one_mail(
    session: Session, campaign: Campaign, limit: int
) -> None:
    PledgeFactory(campaign=campaign, email=NOOR)
    PledgeFactory(campaign=campaign, email=NOOR)
    PledgeFactory(campaign=campaign, email=ALI, status="refunded")
    PledgeFactory(email="elders@voorbeeld.example")
    thing = Thing(campaign_id=campaign.id)
    for email in (NOOR, BO):
        follow_thing(session, email, thing)
    ask_to_follow(session, thing=thing, email="x@voorbeeld.example", locale="nl")
    assert readers_of(session, campaign.id, for_donors=False) == 2
    assert recipients(tell(session, publish_update(session, campaign), limit=limit)) == [BO, NOOR]


def test_news_for_donors_reaches_donors_only_with_their_own_link(
    session: Session, campaign: Campaign
) -> None:
    gift = PledgeFactory(campaign=campaign, email=NOOR, name="Noor")
    follow_thing(session, BO, Thing(campaign_id=campaign.id))
    assert readers_of(session, campaign.id, for_donors=True) == 1
    (mail,) = tell(session, publish_update(session, campaign, FOR_DONORS))
    assert (mail.recipient, mail.context["path"]) == (NOOR, f"/giften/{gift.token}/nieuws")
    assert "Alleen mensen die gaven, kunnen dit lezen." in words_of(mail)


def test_the_mail_says_what_it_is_in_words_without_signs(
    session: Session, campaign: Campaign
) -> None:
    PledgeFactory(campaign=campaign, email=NOOR, name="Noor")
    (mail,) = tell(session, publish_update(session, campaign))
    words = words_of(mail)
    assert words.startswith("Nieuws van Bomen op het plein: De bomen zijn besteld\n")
    assert "Ze komen in mei." in words
    assert f"/acties/{campaign.slug}/nieuws/1" in words


def test_who_was_erased_is_not_mailed(session: Session, campaign: Campaign) -> None:
    PledgeFactory(
        campaign=campaign,
        email=NOOR,
        name="",
        name_public=False,
        erased_as=new_id(),
        address_kept_for="campaign",
    )
    assert tell(session, publish_update(session, campaign)) == []


def test_what_is_taken_back_or_hidden_is_not_sent_any_more(
    session: Session, campaign: Campaign
) -> None:
    PledgeFactory(campaign=campaign, email=NOOR)
    initiator = actor_of(session.get_one(Person, campaign.initiator_id))
    first, second = (publish_update(session, campaign) for _ in range(2))
    mails = {
        mail.context["update_id"]: mail for mail in [*tell(session, first), *tell(session, second)]
    }
    withdraw_update(session, campaign_id=campaign.id, update_id=first.id, actor=initiator)
    hiding.hide_update(
        session,
        campaign_id=campaign.id,
        update_id=second.id,
        reason="Onwaar.",
        actor=actor_of(PersonFactory(), "staff"),
    )
    for mail in mails.values():
        assert not conditions.holds(session, mail.template, mail.context)
    PledgeFactory(campaign=campaign, email=BO)
    assert mail_next_readers(session, update_id=first.id, limit=10) == 0


def test_one_press_ends_the_news_of_one_campaign_only(session: Session, campaign: Campaign) -> None:
    other = CampaignFactory(status="live")
    for each in (campaign, other):
        PledgeFactory(campaign=each, email=NOOR)
        follow_thing(session, NOOR, Thing(campaign_id=each.id))
    (mail,) = tell(session, publish_update(session, campaign))
    for _ in range(2):
        unsubscribe(session, message=mail, actor=GUEST)
    assert is_unsubscribed(session, mail)
    assert not follows(session, NOOR, Thing(campaign_id=campaign.id))
    assert readers_of(session, campaign.id, for_donors=False) == 0
    assert readers_of(session, other.id, for_donors=False) == 1
    assert len(tell(session, publish_update(session, campaign))) == 1
    subscribe(session, message=mail, actor=GUEST)
    assert readers_of(session, campaign.id, for_donors=False) == 1


def test_the_link_in_a_mail_still_ends_it_once_its_words_were_erased(
    session: Session, campaign: Campaign
) -> None:
    PledgeFactory(campaign=campaign, email=NOOR)
    (mail,) = tell(session, publish_update(session, campaign))
    mail.sent_at = clock.now()
    session.flush()
    assert erase_mails(session, before=clock.now() + timedelta(days=1), limit=10) >= 1
    unsubscribe(session, message=mail, actor=GUEST)
    assert readers_of(session, campaign.id, for_donors=False) == 0


def test_who_follows_again_gets_the_news_again(session: Session, campaign: Campaign) -> None:
    thing = Thing(campaign_id=campaign.id)
    follow_thing(session, BO, thing)
    (mail,) = tell(session, publish_update(session, campaign))
    unsubscribe(session, message=mail, actor=GUEST)
    forget_unconfirmed(session)
    follow_thing(session, BO, thing)
    assert follows(session, BO, thing)
    assert readers_of(session, campaign.id, for_donors=False) == 1
