"""How long a browser that is used stays signed in."""

from datetime import timedelta

import pytest

from tests.support.fixtures_site import SignIn
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.web.kit.security import SESSION_DAYS


def test_a_cookie_in_use_is_signed_anew_each_day_until_its_end(
    resident: Person, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its signature is good for some days only; who comes back in time stays in for 90 days."""
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: clock.now().timestamp())
    browser = signed_in(resident)
    start = clock.now()  # After it: a signature of a later second than the clock's is no good.
    for days in range(0, 90, SESSION_DAYS - 1):
        with clock.at(start + timedelta(days=days)):
            assert browser.get("/mijn/acties").status_code == 200, days
            again = browser.get("/mijn/acties")
            assert "Set-Cookie" not in again.headers, "once a day is enough"
    with clock.at(start + timedelta(days=91)):
        assert browser.get("/mijn/acties").location.startswith("/inloggen")


def test_who_stays_away_for_longer_signs_in_again(
    resident: Person, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: clock.now().timestamp())
    start, browser = clock.now(), signed_in(resident)
    assert browser.get("/mijn/acties").status_code == 200
    with clock.at(start + timedelta(days=SESSION_DAYS + 1)):
        assert browser.get("/mijn/acties").location.startswith("/inloggen")
