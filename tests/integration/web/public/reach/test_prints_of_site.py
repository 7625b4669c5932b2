"""Paper as the site makes it: it leads to the campaign, in the language asked for, once."""

from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from tests.support.pages import words
from tests.support.printed import photo
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.pictures import store_picture
from voorjebuurt.campaigns.reach import made_files
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.settings import Settings

FOLDER = "/acties/bomen/drukwerk"
NAMES = ("poster-a4", "poster-a4-groot", "poster-a5", "poster-a5-groot", "flyer", "flyer-groot")


@pytest.fixture
def campaign(committing: Committing, settings: Settings) -> Campaign:
    key = store_picture(FolderStorage(settings.uploads), photo(), max_bytes=10_000_000)
    with committing() as session:
        row: Campaign = CampaignFactory(
            status="live", slug="bomen", title="Bomen & <b>banken</b>", picture_key=key
        )
        session.flush()
        session.refresh(row)
        session.expunge(row)
        return row


def text_of(data: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages)


@pytest.mark.parametrize("name", NAMES)
def test_paper_and_page_say_the_same(
    client: FlaskClient, campaign: Campaign, settings: Settings, name: str
) -> None:
    answer = client.get(f"{FOLDER}/{name}.pdf")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"inline; filename=bomen-{name}.pdf"
    text = text_of(answer.data)
    page = unescape(words(client.get(f"{FOLDER}/{name}")))
    address = f"{settings.base_url.partition('://')[2]}/a/{campaign.short_code}"
    for part in (campaign.title, address, "€ 1.200", "Zo geeft u", "Geen internet?"):
        assert "".join(part.split()) in text, part
        assert part in page, part
    picture = client.get(f"{FOLDER}/{name}.png")
    assert (picture.status_code, picture.content_type) == (200, "image/png")


def test_paper_speaks_the_language_of_its_address(client: FlaskClient, campaign: Campaign) -> None:
    english = text_of(client.get(f"{FOLDER}/poster-a4.pdf?taal=en").data)
    assert "Howtogive" in english
    assert "Zogeeftu" in text_of(client.get(f"{FOLDER}/poster-a4.pdf?taal=xx").data)
    page = client.get(f"{FOLDER}/poster-a4?taal=en").text
    assert '<html lang="en"' in page
    assert "drukwerk/poster-a4.pdf?taal=en" in page


def test_it_is_made_once_and_anew_when_the_page_is_corrected(
    client: FlaskClient, campaign: Campaign, committing: Committing, settings: Settings
) -> None:
    first = client.get(f"{FOLDER}/poster-a4.pdf").data
    assert client.get(f"{FOLDER}/poster-a4.pdf").data == first
    assert len(list(settings.made_files.glob("*/*.pdf"))) == 1
    with committing() as session:
        session.get_one(Campaign, campaign.id).title = "Bomen en banken"
    assert "Bomenenbanken" in text_of(client.get(f"{FOLDER}/poster-a4.pdf").data)


def test_while_others_are_made_one_is_asked_to_come_back(
    client: FlaskClient, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_files, "_LONGEST_TURN_SECONDS", 0.01)
    with made_files._ONE_AT_A_TIME:
        answer = client.get(f"{FOLDER}/poster-a4.pdf")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "20"
    assert client.get(f"{FOLDER}/poster-a4.pdf").status_code == 200


def test_a_picture_that_is_gone_leaves_a_poster_without(
    client: FlaskClient, campaign: Campaign, settings: Settings
) -> None:
    for file in settings.uploads.glob("*/*.jpg"):
        file.unlink()
    assert client.get(f"{FOLDER}/poster-a4.pdf").status_code == 200
