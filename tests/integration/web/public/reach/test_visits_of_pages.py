"""Opening a page counts one visit: of people, once, and never at the cost of the page."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import object_session

from tests.support import fixtures_site
from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.visits.buffer import VisitBuffer
from voorjebuurt.campaigns.visits.models import VisitBatch
from voorjebuurt.web.public.visits import EXTENSION

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        campaign: Campaign = CampaignFactory(status="live")
        certain(object_session(campaign)).refresh(campaign)
        return campaign


@pytest.fixture
def at_once(app: Flask) -> Iterator[None]:
    """Each answer writes what was counted, without waiting."""
    app.extensions[EXTENSION] = VisitBuffer(seconds=0, started_at=0)
    yield
    app.extensions.pop(EXTENSION)


def look(browser: FlaskClient, address: str, **headers: str) -> str:
    """Open a page as a person does, to the end of the answer; where that leads."""
    agent = {
        "User-Agent": PHONE,
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    with browser.get(address, headers=agent) as answer:
        assert answer.status_code in (200, 308)
        return answer.headers.get("Location", "")


def counts(committing: Committing) -> Mapping[str, int]:
    """Visits by source."""
    sums: dict[str, int] = {}
    with committing() as session:
        for row in session.scalars(select(VisitBatch)):
            sums[row.source] = sums.get(row.source, 0) + row.visits
    return sums


@pytest.mark.usefixtures("at_once")
def test_each_time_it_is_opened_counts(
    committing: Committing, client: FlaskClient, campaign: Campaign
) -> None:
    for _ in range(3):
        look(client, f"/acties/{campaign.slug}")
    assert counts(committing) == {"page": 3}
    with client.session_transaction() as cookie:
        assert "visit" not in str(dict(cookie))


@pytest.mark.usefixtures("at_once")
def test_paper_and_other_websites_are_told_apart(
    committing: Committing, client: FlaskClient, campaign: Campaign
) -> None:
    look(client, look(client, f"/a/{campaign.short_code}"))
    with client.get(f"/acties/{campaign.slug}/widget") as widget:
        assert f"/acties/{campaign.slug}?van=widget" in widget.get_data(as_text=True)
    look(client, f"/acties/{campaign.slug}?van=widget")
    look(client, f"/acties/{campaign.slug}?van=elders")
    assert counts(committing) == {"short": 1, "widget": 1, "page": 1}


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "headers",
    [
        {"User_Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User_Agent": "curl/8.5.0"},
        {"Sec_Purpose": "prefetch;prerender"},
    ],
)
def test_programs_and_loading_beforehand_count_nothing(
    committing: Committing, client: FlaskClient, campaign: Campaign, headers: dict[str, str]
) -> None:
    look(client, f"/acties/{campaign.slug}", **headers)
    with client.head(f"/acties/{campaign.slug}", headers={"User-Agent": PHONE}):
        pass
    assert counts(committing) == {}


@pytest.mark.usefixtures("at_once")
def test_the_initiator_who_is_signed_in_counts_nothing_and_others_do(
    committing: Committing, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fixtures_site.BROWSER, "HTTP_USER_AGENT", PHONE)
    with committing():
        initiator, neighbour = PersonFactory(), PersonFactory()
        campaign = CampaignFactory(status="live", initiator=initiator)
    look(signed_in(initiator), f"/acties/{campaign.slug}")
    assert counts(committing) == {}
    look(signed_in(neighbour), f"/acties/{campaign.slug}")
    assert counts(committing) == {"page": 1}


@pytest.mark.usefixtures("at_once")
def test_a_page_comes_also_when_nothing_can_be_written(
    committing: Committing, client: FlaskClient, campaign: Campaign
) -> None:
    with committing() as session:
        session.execute(text("ALTER TABLE visit_batches RENAME TO visit_batches_gone"))
    look(client, f"/acties/{campaign.slug}")
    with committing() as session:
        session.execute(text("ALTER TABLE visit_batches_gone RENAME TO visit_batches"))
    look(client, f"/acties/{campaign.slug}")
    assert counts(committing) == {"page": 1}


def test_what_is_counted_is_written_now_and_then(
    app: Flask, committing: Committing, client: FlaskClient, campaign: Campaign
) -> None:
    app.extensions.pop(EXTENSION, None)
    look(client, f"/acties/{campaign.slug}")
    assert counts(committing) == {}
    assert sum(app.extensions[EXTENSION].take_due(10**12).values()) == 1
