"""Limits count per network, lock nobody else out, and let a whole room give."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import BROWSER, Committing
from voorjebuurt.people.models import Person
from voorjebuurt.web.kit.limits import network

OWN = {"Origin": "http://localhost"}
PASSWORD = "een lang genoeg wachtwoord"


@pytest.fixture
def anna(committing: Committing) -> Person:
    with committing():
        person: Person = PersonFactory(email="anna@voorbeeld.example")
    return person


def browser_at(app: Flask, address: str) -> FlaskClient:
    """A browser at a network address."""
    browser = app.test_client()
    browser.environ_base.update({**BROWSER, "REMOTE_ADDR": address})
    return browser


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.9", "203.0.113.9/32"),
        ("::ffff:203.0.113.9", "203.0.113.9/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1%eth0", "2001:db8:1:2::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("spoof\n", "unknown"),
    ],
)
def test_a_network_is_an_address_or_the_first_half_of_a_long_one(
    address: str | None, expected: str
) -> None:
    assert network(address) == expected


@pytest.mark.parametrize("path", ["/inloggen", "/inloggen/wachtwoord"])
def test_who_tries_somebody_elses_address_locks_only_themselves_out(
    app: Flask, anna: Person, path: str
) -> None:
    form = {"email": anna.email, "password": "fout"}
    stranger, own = browser_at(app, "203.0.113.9"), browser_at(app, "198.51.100.1")
    statuses = [stranger.post(path, data=form).status_code for _ in range(9)]
    assert statuses[-1] == 429
    assert own.post(path, data=form).status_code != 429


def test_many_addresses_of_one_network_count_as_one(app: Flask, anna: Person) -> None:
    form = {"email": anna.email, "password": "fout"}
    statuses = [
        browser_at(app, f"2001:db8:1:2::{number:x}").post("/inloggen/wachtwoord", data=form)
        for number in range(1, 10)
    ]
    assert [answer.status_code for answer in statuses] == [200] * 8 + [429]


def test_guesses_from_many_networks_end_and_a_link_by_mail_stays(app: Flask, anna: Person) -> None:
    form = {"email": anna.email, "password": "fout"}
    for number in range(100):
        browser_at(app, f"203.0.113.{number}").post("/inloggen/wachtwoord", data=form)
    own = browser_at(app, "198.51.100.1")
    assert own.post("/inloggen/wachtwoord", data=form).status_code == 429
    assert own.post("/inloggen", data={"email": anna.email}).status_code == 302


def test_a_refusal_says_for_how_long(client: FlaskClient, anna: Person) -> None:
    form = {"email": anna.email, "password": "fout"}
    for _ in range(8):
        client.post("/inloggen/wachtwoord", data=form)
    for headers in (OWN, {}):  # with the form, and on a page of its own
        answer = client.post("/inloggen/wachtwoord", data=form, headers=headers)
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 15 * 60 + 1
        assert " minuten" in answer.text


def test_a_room_of_eighty_gives_and_signs_in_within_an_hour(
    app: Flask, committing: Committing
) -> None:
    with committing():
        campaign = CampaignFactory(status="live", slug="zwembad")
    room = "192.0.2.1"
    for number in range(80):
        browser = browser_at(app, room)
        email = f"n{number}@voorbeeld.example"
        gift = {
            **{"amount": "1000", "name": f"N{number}", "email": email},
            **{"name_public": "yes", "consent": "y"},
        }
        without_amount = browser.post(f"/acties/{campaign.slug}/geef", data={**gift, "amount": ""})
        assert without_amount.status_code == 200
        assert browser.post(f"/acties/{campaign.slug}/geef", data=gift).status_code == 302, number
        assert browser.post("/inloggen", data={"email": email}).status_code == 302


def test_who_forgot_the_address_is_counted_with_the_room_only(
    app: Flask, committing: Committing
) -> None:
    with committing():
        campaign = CampaignFactory(status="live", slug="zwembad")
    for _ in range(30):
        answer = browser_at(app, "192.0.2.1").post(f"/acties/{campaign.slug}/geef", data={})
        assert answer.status_code == 200


def test_one_address_of_mail_gives_some_times_an_hour(
    client: FlaskClient, committing: Committing
) -> None:
    with committing():
        campaign = CampaignFactory(status="live", slug="zwembad")
    form = {"email": "els@voorbeeld.example", "message": "Wat een goed plan"}
    for _ in range(20):
        assert client.post(f"/acties/{campaign.slug}/geef", data=form).status_code == 200
    answer = client.post(f"/acties/{campaign.slug}/geef", data=form, headers=OWN)
    assert answer.status_code == 429
    assert "Wat een goed plan" in answer.text
