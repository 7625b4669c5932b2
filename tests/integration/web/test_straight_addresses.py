"""Addresses as people type them lead to the page that they mean."""

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/acties/", "/acties"),
        ("/Acties", "/acties"),
        ("/ACTIES/?buurt=BU1", "/acties?buurt=BU1"),
        ("/acties.", "/acties"),
        ("/hoe-werkt-het/.", "/hoe-werkt-het"),
        ("/acties/bomen/", "/acties/bomen"),
        ("/acties/bomen.", "/acties/bomen"),
        ("/acties/Bomen", "/acties/bomen"),
        ("/Acties/BOMEN/Geef/", "/acties/bomen/geef"),
        ("/Beheer/", "/beheer"),
    ],
)
def test_what_was_typed_leads_to_what_was_meant(
    client: FlaskClient, committing: Committing, address: str, page: str
) -> None:
    with committing():
        CampaignFactory(status="live", slug="bomen")
    answer = client.get(address)
    assert (answer.status_code, answer.headers.get("Location")) == (308, page)


def test_a_secret_in_an_address_keeps_its_capitals(client: FlaskClient) -> None:
    assert client.get("/Giften/AbC-dEf/").headers["Location"] == "/giften/AbC-dEf"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/nergens/",
            "/Nergens",
            "/acties/bestaat-niet",
            "/giften/AbC",
            "/betaalsandbox/v2/payments/",
        ),
        *("/\\buurt.example/", "/.", "/static/geen.css/"),
    ],
)
def test_what_is_nowhere_stays_nowhere(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (404, 308)
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert all(past.headers["Location"].startswith("/") for past in answer.history)
    assert not any(past.headers["Location"].startswith(("//", "/\\")) for past in answer.history)


def test_only_reading_is_led_elsewhere(client: FlaskClient) -> None:
    assert client.post("/Acties/bomen/geef/", data={}).status_code == 404
