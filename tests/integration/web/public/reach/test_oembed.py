"""oEmbed: only campaigns of this site, within the room that the other site has."""

from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.settings import Settings

TITLE = 'Bomen "op" <b>het</b> plein'


@pytest.fixture
def code(committing: Committing) -> str:
    with committing() as session:
        row = CampaignFactory(status="live", slug="bomen", title=TITLE)
        session.flush()
        session.refresh(row)
        return str(row.short_code)


def asked(client: FlaskClient, url: str, **more: object) -> Any:
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return client.get(f"/oembed?url={quote(url, safe='')}{extra}")


def test_a_campaign_is_a_frame(client: FlaskClient, code: str, settings: Settings) -> None:
    here = settings.base_url
    for url in (f"{here}/acties/bomen", f"{here}/acties/bomen/?x=1#y", f"{here}/a/{code.upper()}"):
        answer = asked(client, url, format="json")
        assert answer.status_code == 200, url
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        description = answer.json
        assert (description["version"], description["type"]) == ("1.0", "rich")
        assert description["title"] == TITLE
        assert f'src="{here}/acties/bomen/widget?taal=nl"' in description["html"]
        assert (
            f'width="{description["width"]}" height="{description["height"]}"'
            in description["html"]
        )
        assert TITLE in unescape(description["html"])
        assert "<b>" not in description["html"]


def test_the_page_says_where_to_ask(client: FlaskClient, code: str) -> None:
    page = client.get("/acties/bomen").text
    start = page.index('type="application/json+oembed" href="')
    href = unescape(page[start:].split('href="')[1].split('"')[0])
    parts = urlsplit(href)
    answer: Any = client.get(f"{parts.path}?{parts.query}")
    assert answer.json["title"] == TITLE


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ({}, (340, 470)),
        ({"maxwidth": 300}, (300, 470)),
        ({"maxwidth": 300, "maxheight": 300}, (300, 210)),
        ({"maxwidth": 100_000, "maxheight": 100_000}, (340, 470)),
        ({"maxwidth": -5}, (340, 470)),
        ({"maxwidth": "breed"}, (340, 470)),
    ],
)
def test_it_is_never_larger_than_asked(
    client: FlaskClient,
    code: str,
    settings: Settings,
    room: dict[str, object],
    size: tuple[int, int],
) -> None:
    description = asked(client, f"{settings.base_url}/acties/bomen", **room).json
    assert (description["width"], description["height"]) == size


@pytest.mark.parametrize("room", [{"maxwidth": 100}, {"maxheight": 50}])
def test_without_room_a_link_remains(
    client: FlaskClient, code: str, settings: Settings, room: dict[str, object]
) -> None:
    description = asked(client, f"{settings.base_url}/acties/bomen", **room).json
    assert description["type"] == "link"
    assert "html" not in description
    assert "thumbnail_url" not in description


@pytest.mark.parametrize(
    "url",
    [
        *("", "bomen", "/acties/bomen", "ftp://localhost:8000/acties/bomen", "http://[", "http://"),
        *("http://evil.example/acties/bomen", "http://localhost:8000@evil.example/acties/bomen"),
        *("http://localhost:8000/acties/bomen/geven", "http://localhost:8000/mijn/acties"),
        *("http://localhost:8000/a/2222", "http://localhost:8000/acties/%00", "x" * 5_000),
    ],
)
def test_every_other_address_is_not_found(client: FlaskClient, code: str, url: str) -> None:
    assert asked(client, url).status_code == 404


def test_other_formats_are_not_made(client: FlaskClient, code: str, settings: Settings) -> None:
    answer = asked(client, f"{settings.base_url}/acties/bomen", format="xml")
    assert answer.status_code == 501
    assert client.get("/oembed").status_code == 404
