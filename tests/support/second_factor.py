"""A browser without JavaScript that takes the second step, as people do who practise."""

import re
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask import session as web_session
from flask.testing import FlaskClient

from tests.support.certain import certain
from tests.support.fixtures_site import BROWSER
from tests.support.pages import words
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.people.rules import FACTOR_FRESH
from voorjebuurt.web.kit.actors import open_session

STALE = FACTOR_FRESH + timedelta(minutes=1)
FROM_HERE = {"Origin": "http://localhost"}


def half_way(app: Flask, person: Person) -> FlaskClient:
    """A browser that used its link, and not yet a code."""
    with app.test_request_context(environ_base=BROWSER):
        assert open_session(person.id, person.session_version)
        values = dict(web_session)
    browser = app.test_client()
    browser.environ_base.update(BROWSER)
    with browser.session_transaction() as cookie:
        cookie.update(values)
    return browser


def practice_code(text: str) -> str:
    return certain(re.search(r"Oefensite: de code van dit moment is (\d{6})", text))[1]


def sets_up(browser: FlaskClient) -> list[str]:
    """Ties an app to the account; the recovery codes that were shown."""
    code = practice_code(words(browser.get("/mijn/tweede-stap")))
    answer = browser.post("/mijn/tweede-stap", data={"code": code})
    assert answer.location == "/mijn/herstelcodes"
    codes: list[str] = re.findall(r"<li><code>([A-Z0-9-]{29})", browser.get(answer.location).text)
    assert browser.post("/mijn/herstelcodes").status_code == 302
    return codes


def later(moment: datetime, **delta: float) -> Any:
    return clock.at(moment + timedelta(**delta))
