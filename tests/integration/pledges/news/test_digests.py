"""What is new in a neighbourhood or theme: one mail a week, and nothing twice."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.updates import follow_thing
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.subscriptions import unsubscribe
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.news.digest import due_readers, mail_digest

NOOR = "noor@voorbeeld.example"
WEEK = timedelta(days=7)


@pytest.fixture
def buurt(session: Session) -> Neighbourhood:
    buurt: Neighbourhood = NeighbourhoodFactory()
    return buurt


def live(buurt: Neighbourhood, **values: Any) -> Campaign:
    campaign: Campaign = CampaignFactory(
        status="live",
        neighbourhood_id=buurt.id,
        municipality_id=buurt.municipality_id,
        **{"opened_at": clock.now(), **values},
    )
    return campaign


def tell(session: Session) -> list[MailMessage]:
    """Do what is due, twice; all digests there are."""
    for _ in range(2):
        for follow_id in due_readers(session):
            mail_digest(session, follow_id=follow_id)
        session.flush()
    return mails_of(session, "follow_digest")


def test_new_campaigns_are_told_once(session: Session, buurt: Neighbourhood) -> None:
    live(buurt, title="Van vroeger", opened_at=clock.now() - WEEK)
    follow_thing(session, NOOR, Thing(area_code=buurt.code))
    assert tell(session) == [], "nothing new is no mail"
    with clock.at(clock.now() + timedelta(days=1)):
        live(buurt, title="Nieuwe bank")
        live(NeighbourhoodFactory(), title="Elders")
        (mail,) = tell(session)
    words = words_of(mail)
    assert "Nieuwe acties" in words
    assert "Nieuwe bank" in words
    assert "Van vroeger" not in words
    assert "Elders" not in words
    with clock.at(clock.now() + 2 * WEEK):
        assert len(tell(session)) == 1, "it was told"


def test_no_second_mail_within_a_week_whatever_is_followed(
    session: Session, buurt: Neighbourhood
) -> None:
    follow_thing(session, NOOR, Thing(area_code=buurt.code))
    follow_thing(session, NOOR, Thing(theme="green"))
    with clock.at(clock.now() + timedelta(days=1)):
        live(buurt, title="Nieuwe bank", theme="green")
        (mail,) = tell(session)
    assert [line["title"] for line in mail.context["news"]] == ["Nieuwe bank"], "once, by both"
    with clock.at(clock.now() + timedelta(days=4)):
        live(buurt, title="Nog een bank")
        assert len(tell(session)) == 1
    with clock.at(clock.now() + timedelta(days=8)):
        assert len(tell(session)) == 2


def test_almost_there_is_a_last_week_with_most_of_the_money(
    session: Session, buurt: Neighbourhood
) -> None:
    follow_thing(session, NOOR, Thing(area_code=buurt.code))
    near = live(buurt, title="Bijna", opened_at=clock.now() - 4 * WEEK)
    far = live(buurt, title="Ver weg", opened_at=clock.now() - 4 * WEEK)
    for campaign, cents in ((near, 80_000), (far, 10_000)):
        campaign.closes_at = clock.now() + timedelta(days=9)
        PledgeFactory(campaign=campaign, amount_cents=cents)
    with clock.at(clock.now() + timedelta(days=3)):
        (mail,) = tell(session)
    assert [(line["kind"], line["title"]) for line in mail.context["news"]] == [("near", "Bijna")]
    assert "Bijna genoeg" in words_of(mail)


def test_who_made_it_is_told(session: Session, buurt: Neighbourhood) -> None:
    follow_thing(session, NOOR, Thing(theme="culture"))
    with clock.at(clock.now() + timedelta(days=1)):
        CampaignFactory(
            status="succeeded",
            title="Toneel",
            theme="culture",
            opened_at=clock.now() - 4 * WEEK,
            closes_at=clock.now(),
            decided_at=clock.now(),
        )
        (mail,) = tell(session)
    assert "Geld opgehaald" in words_of(mail) or "Toneel" in words_of(mail)
    assert mail.context["news"][0]["kind"] == "won"


def test_one_press_ends_all_digests(session: Session, buurt: Neighbourhood) -> None:
    follow_thing(session, NOOR, Thing(area_code=buurt.code))
    with clock.at(clock.now() + timedelta(days=1)):
        live(buurt)
        (mail,) = tell(session)
    unsubscribe(session, message=mail, actor=GUEST)
    with clock.at(clock.now() + 2 * WEEK):
        live(buurt)
        assert len(tell(session)) == 1
