"""The list of pages, what programs leave alone, and the site as an app."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import open_fund
from tests.support.fixtures_site import Committing, Site
from tests.support.updates import FOR_DONORS, NEWS, publish_update
from voorjebuurt.campaigns.models import PageCorrection
from voorjebuurt.kernel.db import Database
from voorjebuurt.settings import Settings
from voorjebuurt.web.public.reach import crawlers

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
RATIO = {"base": {"kind": "ratio", "ratio": "1/2"}, "ceiling_cents": 4_000}
CORRECTED_AT = datetime(2026, 9, 14, 10, 0, tzinfo=UTC)


def listed(client: FlaskClient, path: str, tag: str = "url") -> dict[str, str | None]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.data)
    return {
        row.findtext("s:loc", "", NAMES): row.findtext("s:lastmod", None, NAMES)
        for row in root.iterfind(f"s:{tag}", NAMES)
    }


def test_public_pages_are_listed_with_their_last_change(
    client: FlaskClient, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        row = CampaignFactory(status="live", slug="bomen")
        open_fund(RATIO, name="Buurtfonds", slug="buurtfonds")
        session.flush()
        session.add(
            PageCorrection(
                campaign_id=row.id, part="title", before="a", after="b", corrected_at=CORRECTED_AT
            )
        )
        CampaignFactory(status="submitted", slug="nog-niet")
        for text in (NEWS, FOR_DONORS):
            publish_update(session, row, text)
    pages = listed(client, "/sitemap.xml")
    assert pages[f"{settings.base_url}/acties/bomen"] == CORRECTED_AT.isoformat()
    assert f"{settings.base_url}/fondsen/buurtfonds" in pages
    assert f"{settings.base_url}/" in pages
    assert f"{settings.base_url}/gemeenten/" in "".join(pages)
    assert [page for page in pages if "/nieuws/" in page] == [
        f"{settings.base_url}/acties/bomen/nieuws/1"
    ], "an update for donors is nobody else's"
    assert not [page for page in pages if "nog-niet" in page]
    for page in pages:
        assert client.get(urlsplit(page).path).status_code == 200, page


def test_a_long_list_comes_in_parts_without_double_or_missing_pages(
    client: FlaskClient, committing: Committing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawlers, "PART", 3)
    with committing() as session:
        for number in range(7):
            row = CampaignFactory(status="live", slug=f"plan-{number}")
            if number < 4:
                publish_update(session, row)
    parts = listed(client, "/sitemap.xml", "sitemap")
    assert [urlsplit(part).path for part in parts] == [f"/sitemap/{n}.xml" for n in range(1, 6)]
    pages = [page for part in parts for page in listed(client, urlsplit(part).path)]
    assert len(pages) == len(set(pages))
    assert sorted(p[-6:] for p in pages if p[:-1].endswith("plan-")) == [
        f"plan-{n}" for n in range(7)
    ]
    assert len([page for page in pages if "/nieuws/" in page]) == 4
    for number in (0, 6, 10**12):
        assert client.get(f"/sitemap/{number}.xml").status_code == 404


def test_an_empty_site_still_lists_its_pages(client: FlaskClient, settings: Settings) -> None:
    assert f"{settings.base_url}/" in listed(client, "/sitemap.xml")


def test_a_practice_site_is_left_alone(client: FlaskClient, settings: Settings) -> None:
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "Disallow: /\n" in answer.text
    assert f"Sitemap: {settings.base_url}/sitemap.xml" in answer.text


def test_a_real_one_only_where_nothing_is_for_everybody(
    settings: Settings, fresh_database: Database, site: Site
) -> None:
    real = replace(settings, mollie_api_key="live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    with site.on(real, fresh_database) as app:
        lines = app.test_client().get("/robots.txt").text.splitlines()
        rules = [line.removeprefix("Disallow: ") for line in lines if "Disallow" in line]
        assert "/" not in rules
        assert {"/giften/", "/mijn/", "/beheer/"} <= set(rules)
        prefixes = {rule.rule for rule in app.url_map.iter_rules()}
        for path in rules:
            is_there = any(rule.startswith(path) for rule in prefixes)
            assert is_there or path in ("/postbus", "/betaalsandbox/"), path


def test_a_phone_can_keep_the_site_among_its_apps(client: FlaskClient) -> None:
    answer = client.get("/site.webmanifest")
    assert answer.content_type == "application/manifest+json"
    manifest = answer.json
    assert manifest is not None
    assert manifest["start_url"] == "/"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    for icon in manifest["icons"]:
        picture = client.get(icon["src"])
        assert picture.status_code == 200
        assert picture.content_type == icon["type"]
    page = client.get("/").text
    assert '<link rel="manifest" href="/site.webmanifest">' in page
    assert "manifest-src 'self'" in client.get("/").headers["Content-Security-Policy"]
