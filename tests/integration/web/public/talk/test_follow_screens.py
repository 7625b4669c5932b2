"""Following on the screens: a guest by a mailed link, somebody signed in at once, a donor too."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from tests.support.pages import words
from voorjebuurt.campaigns.follow.queries import follows
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
NL = {"Accept-Language": "nl"}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen op het plein")


def mails(database: Database, settings: Settings) -> list[MailMessage]:
    run_jobs(database, settings)
    with database.reading() as session:
        return list(session.scalars(select(MailMessage).order_by(MailMessage.created_at)))


def test_a_guest_follows_by_the_mailed_link_and_ends_it_there(
    client: FlaskClient, campaign: Campaign, fresh_database: Database, settings: Settings
) -> None:
    path = f"/acties/{campaign.slug}/volgen"
    assert "Volg Bomen op het plein" in words(client.get(path, headers=NL))
    reply = client.post(path, data={"email": NOOR}, headers=NL, follow_redirects=True)
    assert "We hebben u een link gemaild" in words(reply)
    (mail,) = mails(fresh_database, settings)
    assert "Bomen" not in (mail.text or ""), "words of others go to nobody unconfirmed"
    link = str(re.findall(r"/volgen/[^\s\"]+", mail.text or "")[0])
    page = client.get(link, headers=NL)
    assert "Nog niet bevestigd" in words(page)
    confirm, end = re.findall(r'action="([^"]+/(?:bevestigen|stoppen))"', page.text)
    for _ in range(2):
        reply = client.post(confirm, headers=NL, follow_redirects=True)
        assert "Een mail als er nieuws is" in words(reply)
    thing = Thing(campaign_id=campaign.id)
    with fresh_database.reading() as session:
        assert follows(session, NOOR, thing)
    for _ in range(2):
        reply = client.post(end, headers=NL, follow_redirects=True)
        assert "U volgt nu niets" in words(reply)


def test_the_same_is_said_for_every_address(
    client: FlaskClient, campaign: Campaign, fresh_database: Database, settings: Settings
) -> None:
    path = f"/acties/{campaign.slug}/volgen"
    client.post(path, data={"email": NOOR}, headers=NL, follow_redirects=True)
    pages = [
        words(client.post("/volgen", data={"email": email}, headers=NL, follow_redirects=True))
        for email in (NOOR, "vreemd@voorbeeld.example")
    ]
    assert pages[0] == pages[1]
    assert {mail.recipient for mail in mails(fresh_database, settings)} == {NOOR}


def test_who_is_signed_in_follows_with_one_press_and_sees_it(
    committing: Committing, campaign: Campaign, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing() as session:
        person = PersonFactory()
        confirm_address(session, email=person.email, means=Means.SIGN_IN)
        area = session.get_one(Neighbourhood, campaign.neighbourhood_id)
    browser = signed_in(person)
    for path in (
        f"/acties/{campaign.slug}/volgen",
        f"/volgen/buurt/{area.code}",
        "/volgen/thema/groen",
    ):
        browser.get(path)
        reply = browser.post(path, headers=NL, follow_redirects=True)
        assert "U volgt dit nu." in words(reply)
    page = browser.get("/mijn/volgen", headers=NL)
    for name in ("Bomen op het plein", area.name, "Groen"):
        assert name in words(page)
    for action in re.findall(r'action="(/mijn/volgen/[^"]+)"', page.text):
        browser.post(action)
    assert "U volgt nu niets" in words(browser.get("/mijn/volgen", headers=NL))


def test_a_donor_follows_the_neighbourhood_with_one_press(
    client: FlaskClient, committing: Committing, campaign: Campaign, fresh_database: Database
) -> None:
    with committing() as session:
        gift = PledgeFactory(campaign=campaign, email=NOOR)
        open_gift = PledgeFactory(campaign=campaign, email="ali@voorbeeld.example", status="open")
        area = session.get_one(Neighbourhood, campaign.neighbourhood_id)
    page = client.get(f"/giften/{gift.token}", headers=NL)
    assert "Volg deze buurt" in words(page)
    for _ in range(2):
        reply = client.post(f"/giften/{gift.token}/volgen", headers=NL, follow_redirects=True)
        assert f"U volgt alle acties in {area.name}." in words(reply)
    with fresh_database.reading() as session:
        assert follows(session, NOOR, Thing(area_code=area.code))
    assert client.post(f"/giften/{open_gift.token}/volgen").status_code == 404


@pytest.mark.parametrize(
    "path", ["/acties/nergens/volgen", "/volgen/buurt/BU00000000", "/volgen/thema/nergens"]
)
def test_nobody_follows_what_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, data={"email": NOOR}).status_code == 404


def test_a_link_that_is_over_offers_a_new_one(client: FlaskClient) -> None:
    page = client.get(f"/volgen/{'x' * 43}", headers=NL)
    assert page.status_code == 404
    assert "Mail mij een nieuwe link" in page.text


def test_a_list_of_a_neighbourhood_or_theme_can_be_followed_and_read_as_a_feed(
    client: FlaskClient, committing: Committing, campaign: Campaign
) -> None:
    with committing() as session:
        area = session.get_one(Neighbourhood, campaign.neighbourhood_id)
    page = client.get(f"/acties?buurt={area.code}&thema=groen", headers=NL)
    links = re.findall(r'href="(/(?:volgen|buurten|themas)/[^"]+)"', page.text)
    assert len(links) == 4
    assert {client.get(link).status_code for link in links} == {200}
    for odd in ("/acties?buurt=BU%2F..&thema=%3Cb%3E", "/acties?buurt=nergens&thema=nergens"):
        reply = client.get(odd)
        assert (reply.status_code, "/volgen/" in reply.text) == (200, False)
