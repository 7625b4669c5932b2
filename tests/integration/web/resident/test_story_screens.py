"""The fourth step of a pitch in a browser: its story and its picture."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person


def png(width: int = 600, height: int = 400) -> BytesIO:
    target = BytesIO()
    Image.new("RGB", (width, height), "green").save(target, "PNG")
    target.seek(0)
    return target


def stored(database: Database, campaign: Campaign) -> Campaign:
    with database.reading() as session:
        return session.scalars(select(Campaign).where(Campaign.id == campaign.id)).one()


@pytest.fixture
def draft(committing: Committing) -> Campaign:
    """A whole draft of somebody."""
    with committing():
        campaign: Campaign = CampaignFactory()
    return campaign


@pytest.fixture
def author(draft: Campaign, fresh_database: Database, signed_in: SignIn) -> FlaskClient:
    """A browser in which the draft's initiator is signed in."""
    with fresh_database.reading() as session:
        person = session.get_one(Person, draft.initiator_id)
    return signed_in(person)


def test_a_picture_outlives_an_error_in_another_field(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    address = f"/mijn/acties/{draft.id}/verhaal"

    wrong = author.post(address, data={"story": "x" * 12_001, "picture": (png(), "bank.png")}).text
    assert 'id="story-error"' in wrong
    key = re.search(r'name="picture_key"[^>]*value="([^"]+)"', wrong)
    assert key is not None
    assert f"/beelden/{key[1]}-480.jpg" in wrong

    answer = author.post(
        address, data={"story": "Kort", "picture_key": key[1], "picture_alt": "Een bank"}
    )

    assert answer.location.endswith("/controleren")
    assert stored(fresh_database, draft).picture_key == key[1]
    picture = author.get(f"/beelden/{key[1]}-480.webp")
    assert picture.headers["Content-Type"] == "image/webp"
    assert "immutable" in picture.headers["Cache-Control"]


def test_a_picture_that_is_no_good_keeps_the_rest_and_the_earlier_picture(
    draft: Campaign, author: FlaskClient
) -> None:
    address = f"/mijn/acties/{draft.id}/verhaal"
    first = author.post(address, data={"preview": "1", "picture": (png(), "a.png")}).text
    key = re.search(r'name="picture_key"[^>]*value="([^"]+)"', first)
    assert key is not None

    for upload in (BytesIO(b"geen plaatje"), BytesIO(b"\xff\xd8" + bytes(8_100_000))):
        page = author.post(
            address,
            data={"story": "Mijn verhaal", "picture_key": key[1], "picture": (upload, "b.jpg")},
        )
        assert page.status_code == 200
        assert 'id="picture-error"' in page.text
        assert "Mijn verhaal" in page.text
        assert key[1] in page.text


def test_a_picture_from_a_camera_is_refused_with_the_story_kept(
    draft: Campaign, author: FlaskClient
) -> None:
    upload = BytesIO(b"\xff\xd8" + bytes(20_000_000))

    page = author.post(
        f"/mijn/acties/{draft.id}/verhaal", data={"story": "Lang", "picture": (upload, "b.jpg")}
    )

    assert page.status_code == 200
    assert 'id="picture-error"' in page.text
    assert "Lang" in page.text


def test_a_picture_can_be_removed_and_a_strange_key_is_not_taken(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    address = f"/mijn/acties/{draft.id}/verhaal"
    author.post(address, data={"picture": (png(), "a.png"), "picture_alt": "Iets"})
    key = stored(fresh_database, draft).picture_key
    assert key is not None

    author.post(address, data={"picture_key": key, "remove_picture": "y"})
    assert stored(fresh_database, draft).picture_key is None

    strange = author.post(address, data={"picture_key": "0" * 32 + "-480x320"})
    assert 'id="picture-error"' in strange.text


def test_the_story_can_be_looked_at_before_it_is_saved(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    page = author.post(
        f"/mijn/acties/{draft.id}/verhaal",
        data={"story": "## Kop\n\n<script>alert(1)</script> **vet**", "preview": "1"},
    )

    assert "<strong>vet</strong>" in page.text
    assert "<script>alert" not in page.text
    assert stored(fresh_database, draft).story.startswith("Wij willen")
