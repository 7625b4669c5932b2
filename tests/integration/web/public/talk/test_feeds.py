"""Feeds: canonical, bounded, the same for everybody, kept by caches, without what is hidden."""

from xml.etree.ElementTree import Element, fromstring

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.fixtures_site import Committing
from tests.support.updates import FOR_DONORS, draft_update, publish_update
from voorjebuurt.campaigns.feeds import MOST_ENTRIES
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.campaigns.updates.hiding import hide_update
from voorjebuurt.kernel.atom import NAMESPACE
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.settings import Settings

A = {"a": NAMESPACE}


def read(client: FlaskClient, path: str) -> Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return fromstring(response.data)


def titles(feed: Element) -> list[str | None]:
    return [entry.findtext("a:title", namespaces=A) for entry in feed.findall("a:entry", A)]


def paths(committing: Committing, campaign: Campaign) -> list[str]:
    with committing() as session:
        area = session.get_one(Neighbourhood, campaign.neighbourhood_id)
        town = session.get_one(Municipality, area.municipality_id)
        return [
            f"/gemeenten/{town.slug}/acties.atom",
            f"/buurten/{area.code}/acties.atom",
            "/themas/groen/acties.atom",
        ]


def test_a_campaigns_feed_has_its_public_news_by_canonical_addresses(
    client: FlaskClient, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="live", title="Bomen & meer")
        first = publish_update(session, campaign)
        publish_update(session, campaign, FOR_DONORS)
        draft_update(session, campaign)
    feed = read(client, f"/acties/{campaign.slug}/nieuws.atom")
    assert feed.findtext("a:title", namespaces=A) == "Bomen & meer"
    assert titles(feed) == [first.title]
    page = f"{settings.base_url}/acties/{campaign.slug}/nieuws/1"
    assert feed.findtext("a:entry/a:id", namespaces=A) == page
    assert feed.findtext("a:entry/a:summary", namespaces=A) == "Ze komen in mei."


def test_what_staff_hide_leaves_the_feed(client: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="live")
        update = publish_update(session, campaign)
        hide_update(
            session,
            campaign_id=campaign.id,
            update_id=update.id,
            reason="Onwaar.",
            actor=actor_of(PersonFactory(), "staff"),
        )
    assert titles(read(client, f"/acties/{campaign.slug}/nieuws.atom")) == []


@pytest.mark.parametrize("status", sorted(CampaignStatus))
def test_only_campaigns_that_are_news_are_in_feeds(
    client: FlaskClient, committing: Committing, status: str
) -> None:
    with committing():
        campaign = CampaignFactory(status=status)
    is_news = status in {"live", "closing", "near_miss", "succeeded", "paid_out"}
    for path in paths(committing, campaign):
        assert titles(read(client, path)) == ([campaign.title] if is_news else []), path
    is_public = is_news or status in {"failed", "cancelled"}
    response = client.get(f"/acties/{campaign.slug}/nieuws.atom")
    assert response.status_code == (200 if is_public else 404)


def test_who_has_it_already_gets_nothing_again(client: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="live")
        publish_update(session, campaign)
    path = f"/acties/{campaign.slug}/nieuws.atom"
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=900"
    assert "Set-Cookie" not in first.headers
    tag = {"If-None-Match": first.headers["ETag"]}
    again = client.get(path, headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "public, max-age=900"
    since = client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    with committing() as session:
        publish_update(session, session.get_one(Campaign, campaign.id))
    assert client.get(path, headers=tag).status_code == 200


def test_a_feed_is_the_same_in_every_language(client: FlaskClient, committing: Committing) -> None:
    with committing():
        campaign = CampaignFactory(status="live")
    for path in paths(committing, campaign):
        dutch = client.get(path, headers={"Accept-Language": "nl"}).data
        english = client.get(path, headers={"Accept-Language": "en"}).data
        assert dutch == english


def test_a_feed_is_bounded(client: FlaskClient, committing: Committing) -> None:
    with committing():
        for _ in range(MOST_ENTRIES + 2):
            CampaignFactory(status="live")
    assert len(titles(read(client, "/themas/groen/acties.atom"))) == MOST_ENTRIES


@pytest.mark.parametrize(
    "path",
    [
        "/acties/nergens/nieuws.atom",
        "/gemeenten/nergens/acties.atom",
        "/buurten/BU00000000/acties.atom",
        "/themas/nergens/acties.atom",
    ],
)
def test_what_is_not_there_has_no_feed(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
