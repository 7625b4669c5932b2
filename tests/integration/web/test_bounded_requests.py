"""What a request may carry is bounded by the kind of page, in bytes and in fields."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person
from voorjebuurt.web.kit import bodies

FORM = {"content_type": "application/x-www-form-urlencoded"}
OWN = {"Origin": "http://localhost"}


@pytest.fixture
def pitch(committing: Committing) -> Campaign:
    with committing():
        campaign: Campaign = CampaignFactory(status="draft")
    return campaign


@pytest.fixture
def initiator(pitch: Campaign, fresh_database: Database) -> Person:
    with fresh_database.reading() as session:
        return session.get_one(Person, pitch.initiator_id)


@pytest.mark.parametrize("path", ["/inloggen", "/inloggen/wachtwoord"])
def test_a_form_of_very_many_fields_is_refused_unread(client: FlaskClient, path: str) -> None:
    many = b"a&" * (bodies.MAX_FIELDS + 1)
    answer = client.post(path, data=many, headers=OWN, **FORM)
    assert answer.status_code == 413
    assert "te veel in één keer" in answer.text


def test_nor_is_one_of_as_many_parts(client: FlaskClient) -> None:
    fields = {f"f{number}": "" for number in range(bodies.MAX_FIELDS + 1)}
    answer = client.post("/inloggen", data=fields, content_type="multipart/form-data", headers=OWN)
    assert answer.status_code == 413


def test_a_form_of_as_many_fields_as_may_be_is_read(client: FlaskClient) -> None:
    fields = b"a&" * (bodies.MAX_FIELDS - 2) + b"email=els%40voorbeeld.example"
    assert client.post("/inloggen", data=fields, **FORM).status_code == 302


@pytest.mark.parametrize(
    ("path", "most_bytes"),
    [
        ("/inloggen", 64 * bodies.KILOBYTE),
        ("/hooks/mollie/" + "x" * 43, 16 * bodies.KILOBYTE),
        ("/acties/beginnen", bodies.MAX_TEXTS),
    ],
)
def test_what_anybody_may_send_is_far_less_than_a_file(
    client: FlaskClient, path: str, most_bytes: int
) -> None:
    def status(size: int) -> int:
        return client.post(path, data=b"x=" + b"a" * (size - 2), **FORM).status_code

    assert status(most_bytes) != 413
    assert status(most_bytes + 1) == 413


def test_a_picture_comes_only_from_who_may_change_the_page(
    pitch: Campaign, initiator: Person, client: FlaskClient, signed_in: SignIn
) -> None:
    def status(browser: FlaskClient) -> int:
        form = {"picture": (BytesIO(b"x" * 9_000_000), "foto.jpg")}
        return browser.post(f"/mijn/acties/{pitch.id}/verhaal", data=form, headers=OWN).status_code

    assert status(client) in (302, 413), "unread"
    assert status(signed_in(initiator)) == 200, "the form says that the picture is too large"


def test_every_page_that_takes_files_exists(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert bodies.UPLOADS.keys() | {bodies.OFFICIAL_FILES} <= endpoints


def test_an_address_with_a_very_long_question_is_refused(client: FlaskClient) -> None:
    assert client.get("/acties?zoek=" + "a" * bodies.MAX_QUERY).status_code == 414
    assert client.get("/acties?zoek=" + "a" * 8_000).status_code == 200


def test_a_signed_in_person_without_files_sends_texts_only(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        person = PersonFactory()
    answer = signed_in(person).post(
        "/mijn/wachtwoord", data=b"x=" + b"a" * 70 * bodies.KILOBYTE, **FORM
    )
    assert answer.status_code == 413
