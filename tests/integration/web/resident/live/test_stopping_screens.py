"""An initiator stops a campaign: asked twice, told in figures, on the page, and never undone."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.support.donor_mails import mails_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from tests.support.updates import follow_thing
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.live.follower_news import FollowerNews, mail_next_followers

NL = {"Accept-Language": "nl"}
WHY = "Wij mogen het plein niet gebruiken."


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing() as session:
        campaign = CampaignFactory(status="live", title="Bomen op het plein")
        PledgeFactory(campaign=campaign, amount_cents=5000, email="noor@voorbeeld.example")
        PledgeFactory(campaign=campaign, amount_cents=2500, email="ali@voorbeeld.example")
        for email in ("noor@voorbeeld.example", "bo@voorbeeld.example"):
            follow_thing(session, email, Thing(campaign_id=campaign.id))
        with_role(session, "coach", "Hanneke")
        with_role(session, "staff", "Bas")
    return campaign


@pytest.fixture
def desk(committing: Committing, signed_in: SignIn, campaign: Campaign) -> FlaskClient:
    with committing() as session:
        person = session.get_one(Person, campaign.initiator_id)
    return signed_in(person)


@pytest.mark.parametrize(
    ("followers", "promise"),
    [
        (0, "Onze coaches krijgen een mail met uw reden."),
        (1, "1 volger krijgt een mail met uw reden. Onze coaches ook."),
        (2, "2 volgers krijgen een mail met uw reden. Onze coaches ook."),
    ],
)
def test_where_nobody_gave_no_donor_is_promised_a_mail(
    committing: Committing, signed_in: SignIn, followers: int, promise: str
) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="live")
        for number in range(followers):
            follow_thing(session, f"bo{number}@voorbeeld.example", Thing(campaign_id=campaign.id))
        person = session.get_one(Person, campaign.initiator_id)
    page = words(signed_in(person).get(f"/mijn/acties/{campaign.id}/stoppen", headers=NL))
    assert "Er gaf nog niemand, dus er gaat geen geld terug." in page
    assert promise in page
    assert "Donateurs" not in page


def test_it_is_asked_twice_and_happens_once(
    desk: FlaskClient, client: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    path = f"/mijn/acties/{campaign.id}/stoppen"
    assert "Stop de actie" in words(desk.get(f"/mijn/acties/{campaign.id}", headers=NL))
    first = words(desk.get(path, headers=NL))
    assert "2 donateurs krijgen hun geld terug: " in first
    empty = desk.post(path, data={"reason": " "}, headers=NL)
    assert "Schrijf waarom u stopt." in words(empty)
    second = words(desk.post(path, data={"reason": WHY}, headers=NL))
    assert "Weet u zeker dat u stopt?" in second
    assert WHY in second
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign.id).status == "live"
    for _ in range(2):
        answer = desk.post(path, data={"reason": WHY, "sure": "1"}, headers=NL)
        assert answer.location is None or answer.location.endswith(str(campaign.id))
    page = words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert "De initiatiefnemer is met deze actie gestopt" in page
    assert WHY in page
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign.id).status == "cancelled"
        deeds = session.scalars(
            select(AuditEvent.reason).where(AuditEvent.action == "campaign.cancelled")
        ).all()
        assert deeds == [WHY]
        assert len(mails_of(session, "campaign_stopped_desk")) == 2
        assert len(mails_of(session, "campaign_cancelled")) == 1
    assert "U kunt deze actie nu niet stoppen." in words(desk.get(path, headers=NL))


def test_who_follows_is_mailed_once_and_who_gave_is_not_mailed_twice(
    desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    desk.post(f"/mijn/acties/{campaign.id}/stoppen", data={"reason": WHY, "sure": "1"})
    news = FollowerNews("campaign_stopped_follower", {"reason": WHY})
    for _ in range(2):
        with fresh_database.writing() as session:
            mail_next_followers(session, campaign_id=campaign.id, news=news, limit=9)
    with fresh_database.reading() as session:
        (mail,) = mails_of(session, "campaign_stopped_follower")
    assert mail.recipient == "bo@voorbeeld.example"


def test_what_was_said_stays_in_the_database_and_staff_can_hide_it(
    desk: FlaskClient,
    client: FlaskClient,
    campaign: Campaign,
    committing: Committing,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    desk.post(f"/mijn/acties/{campaign.id}/stoppen", data={"reason": WHY, "sure": "1"})
    for change in ("UPDATE campaign_stops SET reason = 'x'", "DELETE FROM campaign_stops"):
        with pytest.raises(IntegrityError), fresh_database.writing() as session:
            session.execute(text(change))
    with committing() as session:
        anna = with_role(session, "staff", "Anna")
    staff = signed_in(anna)
    changes = f"/beheer/acties/{campaign.id}/wijzigingen"
    assert WHY in words(staff.get(changes, headers=NL))
    hide = f"/beheer/acties/{campaign.id}/reden-verbergen"
    assert "Geef een reden." in words(staff.post(hide, data={"reason": ""}, headers=NL))
    for _ in range(2):
        assert staff.post(hide, data={"reason": "Beledigend."}).location == changes
    page = words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert WHY not in page
    assert "heeft de reden verborgen" in page
    assert "Beledigend." in words(staff.get(changes, headers=NL))
    with committing() as session:
        (mail,) = mails_of(session, "page_words_hidden")
        assert (mail.context["what"], mail.context["reason"]) == ("stop", "Beledigend.")


def test_nobody_else_stops_it(
    committing: Committing, signed_in: SignIn, campaign: Campaign, fresh_database: Database
) -> None:
    with committing():
        other = PersonFactory()
    answer = signed_in(other).post(
        f"/mijn/acties/{campaign.id}/stoppen", data={"reason": WHY, "sure": "1"}
    )
    assert answer.status_code in (403, 404)
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign.id).status == "live"
