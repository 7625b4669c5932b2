"""What compression could tell of a page: docs/adr/0029 rests on what is shown here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.production import PRODUCTION
from voorjebuurt import settings as application_settings
from voorjebuurt.app import create_app
from voorjebuurt.kernel.db import Database

NOW = 1_796_000_000
HTTPS = "https://voorjebuurt.example"


@pytest.fixture
def client(
    fresh_database: Database, fresh_database_url: str, tmp_path: Path
) -> Iterator[FlaskClient]:
    values = {"VJB_HOME": str(tmp_path), "DATABASE_URL": fresh_database_url}
    app = create_app(application_settings.load({**PRODUCTION, **values}), fresh_database)
    with app.test_client() as client:
        yield client


def token_at(client: FlaskClient, moment: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The token in a form that is asked for then."""
    monkeypatch.setattr("itsdangerous.TimestampSigner.get_timestamp", lambda self: moment)
    page = client.get("/inloggen", base_url=HTTPS).text
    (token,) = set(re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page))
    return str(token)


def status(client: FlaskClient, token: str) -> int:
    data = {"csrf_token": token, "email": "not an address"}
    headers = {"Referer": f"{HTTPS}/inloggen"}
    return client.post("/inloggen", base_url=HTTPS, data=data, headers=headers).status_code


def test_a_token_is_another_one_each_second_and_its_constant_part_opens_nothing(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (token_at(client, NOW + late, monkeypatch) for late in (0, 1))
    (constant, *rest), (again, *others) = first.split("."), second.split(".")
    assert constant == again
    assert not set(rest) & set(others), "both the moment and the signature differ"
    answers = {status(client, token) for token in (first, second)}
    assert len(answers) == 1
    assert 400 not in answers
    for forgery in (constant, f"{constant}.{rest[0]}.{others[1]}", f"{constant}.{others[0]}."):
        assert status(client, forgery) == 400


def test_no_page_of_somebody_else_sends_requests_with_the_cookie_by_itself(
    client: FlaskClient,
) -> None:
    answer = client.get("/inloggen", base_url=HTTPS)
    (cookie,) = (each for each in answer.headers.getlist("Set-Cookie") if "sessie" in each)
    assert cookie.startswith("__Host-sessie=")
    assert {"SameSite=Lax", "Secure", "HttpOnly"} <= {part.strip() for part in cookie.split(";")}
