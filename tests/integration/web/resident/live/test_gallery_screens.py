"""Several pictures of a campaign in their order, one of them the cover, and a video as a link."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.gallery.models import CampaignPicture
from voorjebuurt.campaigns.gallery.queries import gallery_keys, pictures_of
from voorjebuurt.campaigns.gallery.rules import MOST_PICTURES
from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}
COLOURS = ("green", "red", "blue", "black")


def png(colour: str) -> tuple[BytesIO, str]:
    target = BytesIO()
    Image.new("RGB", (500, 400), colour).save(target, "PNG")
    target.seek(0)
    return target, f"{colour}.png"


@pytest.fixture(params=["live", "draft"])
def campaign(request: pytest.FixtureRequest, committing: Committing) -> Campaign:
    with committing() as session:
        with_role(session, "coach", "Hanneke")
        return CampaignFactory(status=request.param)


@pytest.fixture
def desk(committing: Committing, signed_in: SignIn, campaign: Campaign) -> FlaskClient:
    with committing() as session:
        return signed_in(session.get_one(Person, campaign.initiator_id))


def add(desk: FlaskClient, campaign: Campaign, colour: str) -> None:
    values = {"picture": png(colour), "picture_alt": f"Een {colour} vlak"}
    assert desk.post(f"/mijn/acties/{campaign.id}/fotos", data=values).status_code == 302


def order(database: Database, campaign: Campaign) -> tuple[str, list[str]]:
    """The cover's words, and those of the others in their order."""
    with database.reading() as session:
        rows = pictures_of(session, campaign.id)
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        return session.get_one(Campaign, campaign.id).picture_alt, [
            row.alt.split()[1] for row in rows
        ]


def test_pictures_are_added_ordered_and_removed_with_buttons(
    desk: FlaskClient, client: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    for colour in COLOURS:
        add(desk, campaign, colour)
    assert order(fresh_database, campaign) == ("Een green vlak", ["red", "blue", "black"])
    with fresh_database.reading() as session:
        first, second, third = pictures_of(session, campaign.id)
        assert gallery_keys(session) == {first.picture_key, second.picture_key, third.picture_key}
    base = f"/mijn/acties/{campaign.id}/fotos"
    for _ in range(2):
        desk.post(f"{base}/{third.id}/verplaats", data={"position": "1"})
    assert order(fresh_database, campaign) == ("Een green vlak", ["black", "red", "blue"])
    desk.post(f"{base}/{first.id}/omslag")
    assert order(fresh_database, campaign) == ("Een red vlak", ["black", "green", "blue"])
    for _ in range(2):
        desk.post(f"{base}/{third.id}/verwijder")
    assert order(fresh_database, campaign) == ("Een red vlak", ["green", "blue"])
    desk.post(
        f"/mijn/acties/{campaign.id}/omslag/verwijder", data={"picture_key": first.picture_key}
    )
    desk.post(
        f"/mijn/acties/{campaign.id}/omslag/verwijder", data={"picture_key": first.picture_key}
    )
    assert order(fresh_database, campaign) == ("Een green vlak", ["blue"])
    if campaign.status == "live":
        page = client.get(f"/acties/{campaign.slug}", headers=NL).text
        assert page.index("Een green vlak") < page.index('alt="Een blue vlak"')
        assert "Een black vlak" in words(client.get(f"/acties/{campaign.slug}/wijzigingen"))
        assert third.picture_key not in page
    else:
        assert 'alt="Een blue vlak"' in desk.get(f"/mijn/acties/{campaign.id}/voorbeeld").text
    with fresh_database.reading() as session:
        traces = session.scalars(select(PageCorrection.part)).all()
    assert bool(traces) == (campaign.status == "live")
    assert set(traces) <= {"pictures"}


def test_a_picture_needs_words_and_outlives_that_they_lack(
    desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    path = f"/mijn/acties/{campaign.id}/fotos"
    nothing = desk.post(path, data={"picture_alt": "Een bank"}, headers=NL)
    assert "Kies een foto." in words(nothing)
    wrong = desk.post(path, data={"picture": png("green"), "picture_alt": " "}, headers=NL)
    assert 'aria-invalid="true"' in wrong.text
    key = re.search(r'name="picture_key"[^>]*value="([^"]+)"', wrong.text)
    assert key is not None
    values = {"picture_key": key[1], "picture_alt": "Een bank"}
    assert desk.post(path, data=values).status_code == 302
    assert order(fresh_database, campaign)[0] == "Een bank"


def test_there_are_never_more_than_fit(
    desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    for _ in range(MOST_PICTURES + 1):
        add(desk, campaign, "green")
    values = {"picture": png("red"), "picture_alt": "Een te veel"}
    answer = desk.post(f"/mijn/acties/{campaign.id}/fotos", data=values, headers=NL)
    assert "Haal er eerst een weg." in words(answer)
    with pytest.raises(IntegrityError), fresh_database.writing() as session:
        session.add(
            CampaignPicture(campaign_id=campaign.id, position=9, picture_key="x", alt="Een bank")
        )
    with pytest.raises(IntegrityError), fresh_database.writing() as session:
        session.execute(text("UPDATE campaign_pictures SET position = 1"))


def test_a_video_is_a_link_with_a_still(
    desk: FlaskClient, client: FlaskClient, campaign: Campaign
) -> None:
    add(desk, campaign, "green")
    path = f"/mijn/acties/{campaign.id}/video"
    values = {"url": "https://elders.example/film", "video_title": "Ons plein"}
    wrong = desk.post(path, data=values, headers=NL)
    assert "youtube.com, youtu.be, vimeo.com" in words(wrong)
    assert "https://elders.example/film" in wrong.text
    nameless = desk.post(path, data={"url": "https://vimeo.com/123"}, headers=NL)
    assert "Schrijf in een paar woorden" in words(nameless)
    assert desk.post(path, data={**values, "url": "https://vimeo.com/123"}).status_code == 302
    place = f"/acties/{campaign.slug}" if campaign.status == "live" else ""
    page = client.get(place) if place else desk.get(f"/mijn/acties/{campaign.id}/voorbeeld")
    assert "Bekijk de video: Ons plein (op vimeo.com)" in words(page)
    assert 'rel="noopener noreferrer nofollow ugc"' in page.text
    assert "<iframe" not in page.text
    assert desk.post(path, data={"url": "", "video_title": ""}).status_code == 302
    page = client.get(place) if place else desk.get(f"/mijn/acties/{campaign.id}/voorbeeld")
    assert "Bekijk de video" not in words(page)


def test_somebody_else_changes_nothing(
    committing: Committing, signed_in: SignIn, campaign: Campaign, fresh_database: Database
) -> None:
    with committing() as session:
        other = session.get_one(Person, CampaignFactory(status="live").initiator_id)
    values = {"picture": png("red"), "picture_alt": "Een bank"}
    answer = signed_in(other).post(f"/mijn/acties/{campaign.id}/fotos", data=values)
    assert answer.status_code in (403, 404)
    assert order(fresh_database, campaign) == ("", [])
