"""The short address leads to the campaign, however it is spelling; an unknown one is explained."""

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing


@pytest.fixture
def code(committing: Committing) -> str:
    with committing() as session:
        row = CampaignFactory(status="live", slug="bomen")
        session.flush()
        session.refresh(row)
        return str(row.short_code)


def test_it_leads_to_the_campaign_for_good(client: FlaskClient, code: str) -> None:
    for spelling in (code, code.upper(), f"{code}.", f"{code[:2]}-{code[2:]}"):
        answer = client.get(f"/a/{spelling}")
        assert (answer.status_code, answer.location) == (308, "/acties/bomen?van=kort"), spelling


def test_a_slash_behind_it_does_no_harm(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/a/{code}/", follow_redirects=True)
    assert answer.request.path == "/acties/bomen"


@pytest.mark.parametrize("spelling", ["2222", "geen-code", "%00", "<b>x", "é"])
def test_an_unknown_one_is_a_page_that_helps(client: FlaskClient, spelling: str) -> None:
    answer = client.get(f"/a/{spelling}", headers={"Accept-Language": "nl"})
    assert answer.status_code == 404
    if spelling != "%00":  # nobody types that
        assert "Wij kennen dit adres niet" in answer.text
        assert 'href="/acties"' in answer.text
    assert "<b>x" not in answer.text
