"""What a campaign's page tells programs, and how its visitors tell others."""

import json
import re
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.settings import Settings

TITLE = 'Bomen & "banken" </script><script>alert(1)</script> 100% €'


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing() as session:
        row: Campaign = CampaignFactory(status="live", slug="bomen", title=TITLE)
        session.flush()
        session.refresh(row)
        session.expunge(row)
        return row


def metas(page: str) -> dict[str, str]:
    pairs = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    return {name: unescape(value) for name, value in pairs}


def links(page: str, rel: str) -> list[str]:
    return [unescape(href) for href in re.findall(rf'<link rel="{rel}"[^>]* href="([^"]+)"', page)]


def facts(page: str) -> dict[str, object]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    content: dict[str, object] = json.loads(text)
    return content


def test_the_page_has_one_address_and_one_in_each_language(
    client: FlaskClient, campaign: Campaign, settings: Settings
) -> None:
    here = f"{settings.base_url}/acties/bomen"
    for path in ("/acties/bomen", "/acties/bomen?taal=en", "/acties/bomen?x=1"):
        page = client.get(path).text
        assert links(page, "canonical") == [here]
        others = dict(re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', page))
        assert others["x-default"] == here
        assert others["nl"] == f"{here}?taal=nl"
        assert others["en"] == f"{here}?taal=en"
        assert links(page, "shortlink") == [f"{settings.base_url}/a/{campaign.short_code}"]


def test_the_facts_are_data_and_nothing_gets_out_of_them(
    client: FlaskClient, campaign: Campaign, settings: Settings
) -> None:
    page = client.get("/acties/bomen").text
    content = facts(page)
    here = f"{settings.base_url}/acties/bomen"
    assert content["@type"] == "Project"
    assert content["name"] == TITLE
    assert content["url"] == here
    action = content["potentialAction"]
    assert isinstance(action, dict)
    assert action["@type"] == "DonateAction"
    assert action["recipient"] == {"@id": content["@id"]}
    assert action["target"]["urlTemplate"] == f"{here}/geef"
    assert client.get(urlsplit(action["target"]["urlTemplate"]).path).status_code == 200
    assert "<script>alert" not in page


def test_the_preview_says_what_the_page_says(
    client: FlaskClient, campaign: Campaign, settings: Settings
) -> None:
    head = metas(client.get("/acties/bomen").text)
    assert head["og:title"] == TITLE
    assert head["og:description"] == campaign.summary
    assert head["og:url"] == f"{settings.base_url}/acties/bomen"
    assert head["twitter:card"] == "summary_large_image"
    assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")


def picture_of(client: FlaskClient) -> str:
    return urlsplit(metas(client.get("/acties/bomen").text)["og:image"]).path


def test_the_picture_is_made_and_may_be_kept_for_ever(
    client: FlaskClient, campaign: Campaign, settings: Settings
) -> None:
    path = picture_of(client)
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    with Image.open(BytesIO(answer.data)) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
    files = list(settings.made_files.glob("*/*.jpg"))
    assert len(files) == 1
    assert client.get(path).data == answer.data
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_gift_gives_the_picture_another_address_and_the_old_one_leads_there(
    client: FlaskClient, campaign: Campaign, committing: Committing, settings: Settings
) -> None:
    before = picture_of(client)
    with committing():
        PledgeFactory(
            campaign_id=campaign.id, amount_cents=5_000, status="booked", booked_at=clock.now()
        )
    after = picture_of(client)
    assert after != before
    answer = client.get(before)
    assert (answer.status_code, answer.location) == (302, after)
    assert "public" not in answer.headers["Cache-Control"]
    assert not list(settings.made_files.glob("*/*.jpg"))


def test_names_that_nobody_made_cost_nothing(
    client: FlaskClient, campaign: Campaign, settings: Settings
) -> None:
    for number in range(5):
        answer = client.get(f"/acties/bomen/deelplaatje/nl/{number:032}.jpg")
        assert answer.status_code == 302
    assert not settings.made_files.exists()


def test_sharing_is_plain_links_that_say_it_right(
    client: FlaskClient, campaign: Campaign, settings: Settings
) -> None:
    page = client.get("/acties/bomen", headers={"Accept-Language": "nl"}).text
    hrefs = [unescape(href) for href in re.findall(r'href="([^"]+)"', page)]
    link = f"{settings.base_url}/a/{campaign.short_code}"
    words = f"‘{TITLE}’, een plan in onze buurt: {link}"
    (mail,) = [href for href in hrefs if href.startswith("mailto:")]
    fields = parse_qs(urlsplit(mail).query, strict_parsing=True)
    assert fields == {"subject": [TITLE], "body": [words]}
    assert "+" not in mail  # mail programs show it
    (whatsapp,) = [href for href in hrefs if href.startswith("https://wa.me/")]
    assert parse_qs(urlsplit(whatsapp).query) == {"text": [words]}
    (signal,) = [href for href in hrefs if href.startswith("sgnl:")]
    assert unquote(signal.partition("text=")[2]) == words
    (mastodon,) = [href for href in hrefs if "joinmastodon" in href]
    assert unquote(urlsplit(mastodon).fragment) == f"text={words}"
    assert f'value="{link}"' in page
    elsewhere = re.findall(r'<a [^>]*href="https?://[^"]+"[^>]*>', page)
    outside = [tag for tag in elsewhere if settings.base_url not in tag]
    assert outside
    assert all('rel="noopener noreferrer"' in tag for tag in outside)
