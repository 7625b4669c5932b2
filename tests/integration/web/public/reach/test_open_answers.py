"""What any cache may keep is the same for everybody: no cookie, no session, its own language."""

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn

PATHS = (
    *("/acties/bomen/widget", "/acties/bomen/widget?vorm=klein", "/acties/bomen/widget?taal=en"),
    *("/acties/bomen/drukwerk/flyer", "/acties/bomen/drukwerk/poster-a4.pdf?taal=en"),
    *("/acties/bomen/drukwerk/poster-a5.png", "/sitemap.xml", "/robots.txt", "/site.webmanifest"),
    "/oembed?url=http://localhost:8000/acties/bomen",
)
FRAMED = "/acties/bomen/widget"


@pytest.fixture(autouse=True)
def _live(committing: Committing) -> None:
    with committing():
        CampaignFactory(status="live", slug="bomen", title="Bomen op het plein")


@pytest.mark.parametrize("path", PATHS)
def test_it_is_the_same_for_everybody(
    client: FlaskClient, signed_in: SignIn, committing: Committing, path: str
) -> None:
    with committing():
        person = PersonFactory(locale="en")
    answer = client.get(path, headers={"Accept-Language": "nl"})
    member = signed_in(person)
    member.set_cookie("taal", "en")
    theirs = member.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == theirs.status_code == 200
    assert answer.data == theirs.data
    for each in (answer, theirs):
        assert "Set-Cookie" not in each.headers
        assert "Cookie" not in each.headers.get("Vary", "")
        assert each.headers["Cache-Control"].startswith("public, max-age=")
        assert each.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_already_is_told_so(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_the_frame_is_the_only_page_that_others_may_frame(client: FlaskClient) -> None:
    policy = client.get(FRAMED).headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    others = ("/acties/bomen", "/", "/acties/bomen/drukwerk/flyer", "/a/2222", "/nergens")
    for path in (*others, "/acties/geen/widget"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy, path


def test_nothing_in_the_frame_runs_or_can_be_sent(client: FlaskClient) -> None:
    page = client.get(FRAMED).text
    for part in ("<script", "<form", "<iframe", "<input", "<button"):
        assert part not in page
    assert page.count('target="_blank" rel="noopener"') == page.count("<a ") == 2
    assert "<img" in page
    assert "<img" not in client.get(f"{FRAMED}?vorm=klein").text


def test_the_frame_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    assert 'lang="nl"' in client.get(FRAMED, headers={"Accept-Language": "en"}).text
    page = client.get(f"{FRAMED}?taal=en", headers={"Accept-Language": "nl"}).text
    assert '<html lang="en"' in page
    assert "Give to this campaign" in page
