"""What an initiator hears of gifts: the first at once, the others once a day, as donors allow."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import give_back, paid
from tests.support.members import join
from tests.support.sending import send_now
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.envelope import as_email
from voorjebuurt.mail.subscriptions import unsubscribe
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.gift_news import choose_gift_cadence, mail_digest, members_with_news
from voorjebuurt.pledges.gift_words import hide_words
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import GiftPart
from voorjebuurt.settings import Settings

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def campaign(session: Session) -> Campaign:
    with clock.at(NOW):
        return CampaignFactory(status="live", minimum_cents=5000, title="Bomen op het plein")


def gift(session: Session, campaign: Campaign, hours: float, **values: object) -> Pledge:
    with clock.at(NOW + timedelta(hours=hours)):
        return paid(session, campaign, **values)[0]


def digest(session: Session, *, days: int) -> list[str]:
    """The job of a morning, and the words of all digests so far."""
    with clock.at(NOW + timedelta(days=days)):
        for member_id in members_with_news(session):
            mail_digest(session, member_id=member_id)
    messages = sorted(mails_of(session, "gift_digest"), key=lambda each: each.created_at)
    return [words_of(message) for message in messages]


def test_the_first_gift_is_told_at_once_and_only_the_first(
    session: Session, campaign: Campaign
) -> None:
    first = gift(session, campaign, 0, message="Succes!")
    gift(session, campaign, 1, email="bo@voorbeeld.example", name="Bo")
    (message,) = mails_of(session, "first_gift")
    words = words_of(message)
    assert message.recipient == session.get_one(Person, campaign.initiator_id).email
    for part in ("Bomen op het plein", first.name, "€ 50", "Succes!"):
        assert part in words
    assert "Bo gaf" not in words


def test_a_first_gift_that_went_back_makes_the_next_no_first(
    session: Session, campaign: Campaign
) -> None:
    give_back(session, gift(session, campaign, 0))
    gift(session, campaign, 1)
    assert len(mails_of(session, "first_gift")) == 1


def test_whoever_does_not_want_to_be_named_is_not(session: Session, campaign: Campaign) -> None:
    gift(session, campaign, 0, name_public=False)
    (message,) = mails_of(session, "first_gift")
    assert "Iemand uit de buurt gaf € 50" in words_of(message)
    assert "Noor" not in str(message.context)


def test_the_others_come_once_a_day_together(session: Session, campaign: Campaign) -> None:
    gift(session, campaign, 0)
    gift(session, campaign, 1, name="Ali", amount_cents=2000, message="Mooi plan")
    gift(session, campaign, 2, name="Bo", amount_cents=4000, name_public=False)
    (words,) = digest(session, days=1)
    assert "Bomen op het plein: 2 nieuwe giften, samen € 60" in words
    assert "Ali gaf € 20: “Mooi plan”" in words
    assert "Iemand uit de buurt gaf € 40" in words
    assert "Bo gaf" not in words
    assert "Noor" not in words.partition("\n\n")[2].partition("Geachte")[2]
    assert len(digest(session, days=1)) == 1


def test_nothing_came_and_nothing_is_mailed(session: Session, campaign: Campaign) -> None:
    gift(session, campaign, 0)
    assert digest(session, days=1) == []


def test_a_morning_that_was_missed_is_made_up_for(session: Session, campaign: Campaign) -> None:
    gift(session, campaign, 0)
    gift(session, campaign, 1, name="Ali")
    gift(session, campaign, 30, name="Bo")
    (words,) = digest(session, days=3)
    assert "2 nieuwe giften, samen € 100" in words
    gift(session, campaign, 80, name="Cas")
    assert "1 nieuwe gift van € 50" in digest(session, days=4)[1]


def test_of_a_campaign_that_is_over_no_gifts_are_news(session: Session, campaign: Campaign) -> None:
    gift(session, campaign, 0)
    gift(session, campaign, 1)
    assert len(members_with_news(session)) == 1
    campaign.status = "succeeded"
    session.flush()
    assert members_with_news(session) == []


def test_a_gift_that_went_back_is_not_told(session: Session, campaign: Campaign) -> None:
    gift(session, campaign, 0)
    give_back(session, gift(session, campaign, 1))
    assert digest(session, days=1) == []


def test_what_staff_hid_is_not_mailed(session: Session, campaign: Campaign) -> None:
    gift(session, campaign, 0)
    rude = gift(session, campaign, 1, name="Grove Naam", message="Grof woord")
    staff = actor_of(PersonFactory(), "staff")
    for part in GiftPart:
        hide_words(session, pledge_id=rude.id, part=part, reason="Grof", actor=staff)
    (words,) = digest(session, days=1)
    assert "Iemand uit de buurt gaf € 50" in words
    assert "Grof woord" not in words
    assert "Grove Naam" not in words


def test_many_gifts_are_listed_so_far_and_counted(session: Session, campaign: Campaign) -> None:
    gift(session, campaign, 0)
    for number in range(43):
        gift(session, campaign, 1 + number / 60)
    (words,) = digest(session, days=1)
    assert "43 nieuwe giften, samen € 2.150" in words
    assert words.count("Noor Visser gaf € 50") == 40
    assert "en nog 3 andere giften" in words


def test_one_press_stops_the_digest_and_nothing_else(
    session: Session, settings: Settings, campaign: Campaign
) -> None:
    gift(session, campaign, 0)
    gift(session, campaign, 1)
    digest(session, days=1)
    (first,) = mails_of(session, "gift_digest")
    assert as_email(settings, first)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert as_email(settings, mails_of(session, "first_gift")[0])["List-Unsubscribe"] is None
    unsubscribe(session, message=first, actor=GUEST)
    gift(session, campaign, 30)
    digest(session, days=2)
    last = max(mails_of(session, "gift_digest"), key=lambda each: each.created_at)
    send_now(session, settings, last)
    assert (last.sent_at, last.dropped_at is None) == (None, False)


def test_each_who_runs_a_campaign_hears_of_gifts_as_often_as_they_want(
    session: Session, campaign: Campaign
) -> None:
    """Who joins later hears of what came since; who wants none gets none, and keeps others none."""
    gift(session, campaign, 0)
    gift(session, campaign, 1, name="Ali")
    with clock.at(NOW + timedelta(hours=2)):
        second = join(session, campaign, PersonFactory(email="tweede@voorbeeld.example"))
        third = join(session, campaign, PersonFactory(email="derde@voorbeeld.example"))
        choose_gift_cadence(
            session, person_id=third.id, cadence=Cadence.NEVER, actor=actor_of(third)
        )
    gift(session, campaign, 3, name="Bo")
    digest(session, days=1)
    signer = session.get_one(Person, campaign.initiator_id)
    counts = {mail.recipient: mail.context["count"] for mail in mails_of(session, "gift_digest")}
    assert counts == {signer.email: 2, second.email: 1}
    assert len(digest(session, days=2)) == 2, "nothing is told twice"
