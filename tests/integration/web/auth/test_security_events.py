"""What a log tells of attempts: that something was refused, to whom, and nothing that was typed."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.fixtures_site import SignIn
from tests.support.second_factor import half_way, sets_up
from voorjebuurt.people.models import Person

Events = list[dict[str, object]]


def events(caplog: pytest.LogCaptureFixture, name: str) -> Events:
    messages = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [message for message in messages if message["event"] == name]


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="voorjebuurt")


def test_a_wrong_password_is_logged_without_a_word_of_it(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    form = {"email": "iemand@voorbeeld.example", "password": "geheim geheim 12"}
    client.post("/inloggen/wachtwoord", data=form)
    (event,) = events(caplog, "refused")
    assert (event["code"], event["route"]) == ("sign_in_refused", "auth.show_password_sign_in")
    assert event["request_id"]
    assert "geheim" not in caplog.text
    assert "iemand@" not in caplog.text


def test_a_wrong_code_of_the_second_step_is_logged(
    app: Flask, olga: Person, caplog: pytest.LogCaptureFixture
) -> None:
    sets_up(half_way(app, olga))
    caplog.clear()
    half_way(app, olga).post("/inloggen/tweede-stap", data={"code": "000000"})
    assert [event["code"] for event in events(caplog, "refused")] == ["code_wrong"]
    assert "000000" not in caplog.text


def test_what_somebody_may_not_open_is_logged_with_who_it_was(
    signed_in: SignIn, resident: Person, caplog: pytest.LogCaptureFixture
) -> None:
    browser = signed_in(resident)
    caplog.clear()
    assert browser.get("/beheer").status_code in (403, 404)
    (event,) = events(caplog, "request")
    assert event["person"] == str(resident.id)
    assert event["status"] in (403, 404)


def test_who_is_not_known_has_no_name_in_the_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/")
    (event,) = events(caplog, "request")
    assert "person" not in event


def test_signing_out_empties_what_the_browser_kept(signed_in: SignIn, resident: Person) -> None:
    answer = signed_in(resident).post("/uitloggen")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
