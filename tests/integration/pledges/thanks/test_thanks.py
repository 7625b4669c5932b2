"""Thanks reach donors by the site's mail: bounded, once each, and not who wants none."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.pledges import PledgeFactory
from tests.support.giving import jobs_of
from tests.support.updates import publish_update
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail import conditions
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.subscriptions import unsubscribe
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.news.readers import readers_of
from voorjebuurt.pledges.news.update_mails import mail_next_readers
from voorjebuurt.pledges.thanks import service
from voorjebuurt.pledges.thanks.mails import mail_next_thanks
from voorjebuurt.pledges.thanks.models import Thanks
from voorjebuurt.pledges.thanks.queries import thankable_gifts, thanks_of

NOOR, ALI = "noor@voorbeeld.example", "ali@voorbeeld.example"
WORDS = "Dank u wel, namens de hele straat."


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", title="Bomen op het plein")


def initiator(session: Session, campaign: Campaign) -> Actor:
    return actor_of(session.get_one(Person, campaign.initiator_id))


def thank(
    session: Session, campaign: Campaign, gift: Pledge | None = None, body: str = WORDS
) -> list[MailMessage]:
    """All mails of thanks so far; the job may run twice."""
    service.thank_donors(
        session,
        campaign_id=campaign.id,
        pledge_id=gift.id if gift else None,
        body=body,
        actor=initiator(session, campaign),
    )
    ids = list(session.scalars(select(Thanks.id)))
    for thanks_id in (*ids, *ids):
        while mail_next_thanks(session, thanks_id=thanks_id, limit=1):
            session.flush()
    return mails_of(session, "campaign_thanks")


def test_all_who_gave_are_thanked_once_each(session: Session, campaign: Campaign) -> None:
    for email in (NOOR, NOOR, ALI):
        PledgeFactory(campaign=campaign, email=email)
    PledgeFactory(campaign=campaign, email="terug@voorbeeld.example", status="refunded")
    mails = thank(session, campaign)
    assert [mail.recipient for mail in mails] == [ALI, NOOR]
    assert WORDS in words_of(mails[0])
    assert NOOR not in words_of(mails[0])


def test_the_same_words_twice_are_sent_once(session: Session, campaign: Campaign) -> None:
    PledgeFactory(campaign=campaign, email=NOOR)
    thank(session, campaign)
    assert len(thank(session, campaign)) == 1
    assert jobs_of(session, "pledges.tell_thanks") == 1


def test_one_donor_is_thanked_once_and_no_other(session: Session, campaign: Campaign) -> None:
    gift = PledgeFactory(campaign=campaign, email=NOOR)
    PledgeFactory(campaign=campaign, email=ALI)
    (mail,) = thank(session, campaign, gift)
    assert mail.recipient == NOOR
    assert [row.pledge_id for row in thankable_gifts(session, campaign.id, limit=9)] != [gift.id]
    with pytest.raises(DomainError) as error:
        thank(session, campaign, gift, "Nog eens dank.")
    assert error.value.code == "thanks_not_possible"


def test_donors_are_named_as_they_allow_and_never_by_address(
    session: Session, campaign: Campaign
) -> None:
    PledgeFactory(campaign=campaign, email=NOOR, name="Noor", name_public=True)
    PledgeFactory(campaign=campaign, email=ALI, name="Ali", name_public=False)
    rows = thankable_gifts(session, campaign.id, limit=9)
    assert sorted(row.name or "" for row in rows) == ["", "Noor"]
    assert "@" not in str(rows)


def test_who_wants_no_mail_of_the_campaign_gets_no_thanks(
    session: Session, campaign: Campaign
) -> None:
    gift = PledgeFactory(campaign=campaign, email=NOOR)
    update = publish_update(session, campaign)
    mail_next_readers(session, update_id=update.id, limit=10)
    (mail,) = mails_of(session, "campaign_update")
    unsubscribe(session, message=mail, actor=GUEST)
    assert thank(session, campaign) == []
    assert thankable_gifts(session, campaign.id, limit=9) == []
    with pytest.raises(DomainError):
        thank(session, campaign, gift)


def test_refusing_thanks_is_refusing_the_news_of_the_campaign(
    session: Session, campaign: Campaign
) -> None:
    PledgeFactory(campaign=campaign, email=NOOR)
    (mail,) = thank(session, campaign)
    unsubscribe(session, message=mail, actor=GUEST)
    assert readers_of(session, campaign.id, for_donors=False) == 0


def test_thanks_are_bounded(
    session: Session, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    gifts = [PledgeFactory(campaign=campaign, email=f"d{n}@voorbeeld.example") for n in range(3)]
    for number in range(service.MOST_TO_ALL):
        thank(session, campaign, body=f"Dank {number}")
    with pytest.raises(DomainError) as error:
        thank(session, campaign, body="Nog eens dank.")
    assert error.value.code == "thanks_to_all_full"
    monkeypatch.setattr(service, "MOST_TO_ONE_A_DAY", 1)
    thank(session, campaign, gifts[0])
    with pytest.raises(DomainError) as error:
        thank(session, campaign, gifts[1])
    assert error.value.code == "thanks_of_a_day"
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        thank(session, campaign, gifts[1])


def test_only_the_initiator_thanks_and_not_once_staff_stopped_the_campaign(
    session: Session, campaign: Campaign
) -> None:
    with pytest.raises(ForbiddenError):
        service.thank_donors(
            session,
            campaign_id=campaign.id,
            pledge_id=None,
            body=WORDS,
            actor=actor_of(PersonFactory()),
        )
    with pytest.raises(TransitionError):
        thank(session, CampaignFactory(status="cancelled"))


def test_a_gift_to_another_campaign_is_not_thanked_for(
    session: Session, campaign: Campaign
) -> None:
    with pytest.raises(DomainError):
        thank(session, campaign, PledgeFactory(email=NOOR))


def test_staff_stop_thanks_that_were_not_sent_yet(session: Session, campaign: Campaign) -> None:
    PledgeFactory(campaign=campaign, email=NOOR)
    (mail,) = thank(session, campaign)
    (row,) = thanks_of(session, campaign.id, limit=9)
    with pytest.raises(ForbiddenError):
        service.hide_thanks(
            session, thanks_id=row.id, reason="x", actor=initiator(session, campaign)
        )
    for _ in range(2):
        service.hide_thanks(
            session, thanks_id=row.id, reason="Reclame.", actor=actor_of(PersonFactory(), "staff")
        )
    assert not conditions.holds(session, mail.template, mail.context)
    PledgeFactory(campaign=campaign, email=ALI)
    assert mail_next_thanks(session, thanks_id=row.id, limit=9) == 0
