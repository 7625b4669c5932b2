"""What is not public shows nowhere; what takes no gifts is on no paper."""

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC, CampaignStatus
from voorjebuurt.kernel import clock

TITLE = "Geheime moestuin"
HIDDEN = sorted(set(CampaignStatus) - PUBLIC)
OVER = sorted(PUBLIC - {CampaignStatus.LIVE})
SHOWN = (
    "/acties/{slug}",
    "/acties/{slug}/widget",
    "/oembed?url=http://localhost:8000/acties/{slug}",
)
PRINTED = (
    *("/acties/{slug}/drukwerk/poster-a4", "/acties/{slug}/drukwerk/poster-a4.pdf"),
    *("/acties/{slug}/drukwerk/poster-a5-groot.pdf", "/acties/{slug}/drukwerk/flyer.png"),
)
PICTURE = "/acties/{slug}/deelplaatje/nl/" + "0" * 32 + ".jpg"
LISTS = ("/sitemap.xml", "/sitemap/1.xml", "/acties", "/")


def campaign(committing: Committing, status: str, **fields: object) -> Campaign:
    with committing() as session:
        row: Campaign = CampaignFactory(status=status, title=TITLE, slug="geheim", **fields)
        session.flush()
        session.refresh(row)
        session.expunge(row)
    return row


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_public_is_on_no_route(
    client: FlaskClient, committing: Committing, status: str
) -> None:
    campaign(committing, status)
    for path in (*SHOWN, *PRINTED, PICTURE):
        answer = client.get(path.format(slug="geheim"))
        assert answer.status_code == 404, path
        assert TITLE not in answer.text, path
    for path in LISTS:
        assert "geheim" not in client.get(path).text, path


@pytest.mark.parametrize("status", OVER)
def test_what_is_over_is_still_shown_and_no_longer_printed(
    client: FlaskClient, committing: Committing, status: str
) -> None:
    row = campaign(committing, status)
    for path in SHOWN:
        assert client.get(path.format(slug="geheim")).status_code == 200, path
    for path in PRINTED:
        assert client.get(path.format(slug="geheim")).status_code == 404, path
    assert client.get(f"/a/{row.short_code}").status_code == 308


def test_while_giving_is_stopped_nothing_is_printed(
    client: FlaskClient, committing: Committing
) -> None:
    campaign(committing, "live", pledges_stopped_at=clock.now())
    for path in PRINTED:
        assert client.get(path.format(slug="geheim")).status_code == 404, path
    page = client.get("/acties/geheim").text
    assert "DonateAction" not in page
    assert "drukwerk" not in page


def test_a_live_campaign_is_on_every_route(client: FlaskClient, committing: Committing) -> None:
    campaign(committing, "live")
    for path in (*SHOWN, *PRINTED):
        assert client.get(path.format(slug="geheim")).status_code == 200, path
    assert client.get(PICTURE.format(slug="geheim")).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        *("/acties/geheim/drukwerk/poster-a3.pdf", "/acties/geheim/drukwerk/-groot.png"),
        "/acties/geheim/drukwerk/poster-a4-groot-groot.pdf",
        "/acties/geheim/drukwerk/..%2f..%2fpyproject.pdf",
        *("/acties/geheim/deelplaatje/xx/0.jpg", "/acties/geheim/deelplaatje/..%2f/0.jpg"),
    ],
)
def test_what_is_not_made_is_not_found(
    client: FlaskClient, committing: Committing, path: str
) -> None:
    campaign(committing, "live")
    assert client.get(path, follow_redirects=True).status_code == 404
