"""What somebody tries who has a password, a mailbox, a cookie or a form of another person."""

import base64
import json
import zlib
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask import session as cookie
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers import bytes_to_base64url

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import BROWSER, Committing
from tests.support.pages import words
from tests.support.second_factor import (
    FROM_HERE,
    STALE,
    half_way,
    later,
    practice_code,
    sets_up,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import roles, signin
from voorjebuurt.people.models import Person, RoleGrant, SignInLink
from voorjebuurt.people.rules import WRONG_CODES_A_DAY, Role
from voorjebuurt.web.kit import passkeys

SECRET_WORDS = "een heel lang geheim 77 zin"


def templates(session: Session, person: Person) -> list[str]:
    statement = select(MailMessage.context["change"].astext).where(
        MailMessage.template == "factor_changed", MailMessage.recipient == person.email
    )
    return list(session.scalars(statement))


def test_wrong_codes_are_bounded_over_all_sign_ins_and_the_owner_is_mailed_once(
    app: Flask, olga: Person, committing: Committing
) -> None:
    recovery_codes = sets_up(half_way(app, olga))
    for _ in range(WRONG_CODES_A_DAY // 3 + 1):
        browser = half_way(app, olga)
        for _ in range(3):
            browser.post("/inloggen/tweede-stap", data={"code": "000000"})
    with committing() as session:
        assert templates(session, olga).count("guessed_at") == 1
    with later(clock.now(), minutes=2):
        browser = half_way(app, olga)
        code = practice_code(words(browser.get("/inloggen/tweede-stap")))
        for text in (code, recovery_codes[0]):
            page = browser.post("/inloggen/tweede-stap", data={"code": text})
            assert "Deze code klopt niet" in words(page)
    with later(clock.now(), hours=25):
        browser = half_way(app, olga)
        code = practice_code(words(browser.get("/inloggen/tweede-stap")))
        assert browser.post("/inloggen/tweede-stap", data={"code": code}).status_code == 302


def test_pressing_the_button_without_a_code_is_no_guess(
    app: Flask, olga: Person, resident: Person
) -> None:
    browser = half_way(app, olga)
    sets_up(browser)
    path = f"/beheer/mensen/{resident.id}/rollen"
    with later(clock.now(), seconds=STALE.total_seconds()):
        for _ in range(6):
            form = {"role": "coach", "second_factor_code": ""}
            page = browser.post(path, data=form, headers=FROM_HERE)
        assert page.status_code == 401


def test_a_password_is_changed_after_a_new_code_and_shown_on_no_page(
    app: Flask, olga: Person, committing: Committing
) -> None:
    browser = half_way(app, olga)
    sets_up(browser)
    with later(clock.now(), seconds=STALE.total_seconds()):
        form = {"password": SECRET_WORDS}
        answer = browser.post("/mijn/wachtwoord", data=form, headers=FROM_HERE)
        assert answer.location.startswith("/inloggen/tweede-stap")
        other = half_way(app, olga).post("/mijn/wachtwoord", data=form, headers=FROM_HERE)
        assert SECRET_WORDS not in answer.text + other.text
    with committing() as session:
        assert session.get_one(Person, olga.id).password_hash is None


def test_half_way_nobody_is_acted_for_on_pages_that_everybody_may_open(
    app: Flask, olga: Person, committing: Committing
) -> None:
    sets_up(half_way(app, olga))
    with committing():
        CampaignFactory(initiator_id=olga.id, status="draft", title="Geheim plan van Olga")
    with later(clock.now(), minutes=2):
        browser = half_way(app, olga)
        page = browser.get("/mijn/acties/nieuw")
        assert "Geheim plan" not in page.text
        assert "Uw naam" in page.text, "who begins here is a guest"


def test_the_secret_of_an_app_is_not_readable_in_the_cookie(app: Flask, olga: Person) -> None:
    browser = half_way(app, olga)
    secret = words(browser.get("/mijn/tweede-stap")).partition("Geheime code: ")[2][:39]
    jar_cookie = browser.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert jar_cookie is not None
    is_packed = jar_cookie.value.startswith(".")
    payload = jar_cookie.value.lstrip(".").partition(".")[0]
    content = base64.urlsafe_b64decode(payload + "===")
    content = zlib.decompress(content) if is_packed else content
    assert secret.replace(" ", "").encode() not in content
    assert len(secret.replace(" ", "")) == 32


def test_a_challenge_is_good_for_one_answer_and_for_minutes(app: Flask) -> None:
    challenge, other = asked(app), asked(app)
    answers = []
    for moment in (timedelta(), timedelta(minutes=1)):
        with later(clock.now(), seconds=moment.total_seconds()):
            answers.append(answered(app, challenge))
    assert answers == [True, False], "the same cookie again"
    with later(clock.now(), seconds=passkeys.CHALLENGE_SECONDS + 1):
        assert not answered(app, other), "too late"


def test_each_tab_has_a_challenge_of_its_own(app: Flask) -> None:
    with app.test_request_context(environ_base=BROWSER):
        for _ in range(7):
            passkeys.request_options(None)
        challenges = list(cookie["passkey_challenges"])
    assert len(set(challenges)) == 6, "the oldest gave way"
    first = {passkeys.FIELD: device_says(challenges[0])}
    with app.test_request_context(method="POST", data=first, environ_base=BROWSER):
        cookie["passkey_challenges"] = challenges
        answer = passkeys.device_answer()
        assert answer is not None
        assert answer.challenge == bytes.fromhex(challenges[0])
        assert cookie["passkey_challenges"] == challenges[1:], "the other tabs can still be used"


@pytest.mark.parametrize("text", ["{}", "no JSON", '{"response": {"clientDataJSON": "!"}}', "[]"])
def test_an_answer_that_names_no_challenge_answers_none(app: Flask, text: str) -> None:
    challenge = asked(app)
    form = {passkeys.FIELD: text}
    with app.test_request_context(method="POST", data=form, environ_base=BROWSER):
        cookie["passkey_challenges"] = [challenge]
        answer = passkeys.device_answer()
    assert answer is not None
    assert answer.challenge != bytes.fromhex(challenge)


def device_says(challenge: str) -> str:
    """What a device answers, as far as the challenge goes."""
    content = json.dumps({"challenge": bytes_to_base64url(bytes.fromhex(challenge))}).encode()
    return json.dumps({"response": {"clientDataJSON": bytes_to_base64url(content)}})


def asked(app: Flask) -> str:
    """The challenge of a page that was opened now."""
    with app.test_request_context(environ_base=BROWSER):
        passkeys.request_options(None)
        return str(cookie["passkey_challenges"][-1])


def answered(app: Flask, challenge: str) -> bool:
    """Whether an answer counts as one to this challenge."""
    form = {passkeys.FIELD: device_says(challenge)}
    with app.test_request_context(method="POST", data=form, environ_base=BROWSER):
        cookie["passkey_challenges"] = [challenge]
        answer = passkeys.device_answer()
    return answer is not None and answer.challenge == bytes.fromhex(challenge)


def test_a_sign_in_that_was_over_stays_over_when_the_role_is_taken_away(
    app: Flask, olga: Person, committing: Committing
) -> None:
    browser = half_way(app, olga)
    sets_up(browser)
    with later(clock.now(), hours=5):
        assert browser.get("/mijn/acties").location.startswith("/inloggen?")
        with committing() as session:
            grant = session.scalars(select(RoleGrant)).one()
            roles.revoke_role(session, grant_id=grant.id, actor=SYSTEM)
        assert browser.get("/mijn/acties").location.startswith("/inloggen?")


def test_a_role_lets_links_go_nowhere_that_were_mailed_before(
    resident: Person, committing: Committing
) -> None:
    with committing() as session:
        signin.make_link(
            session,
            email=resident.email,
            next_path=None,
            lasts=timedelta(days=7),
            actor=SYSTEM,
        )
        roles.grant_role(session, person_id=resident.id, role=Role.STAFF, actor=SYSTEM)
    with committing() as session:
        assert session.scalars(select(SignInLink)).all() == []


def test_an_admission_that_holds_no_more_is_told_and_ends_what_was_there(
    app: Flask, resident: Person, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    admission = signin.Admission(resident.id, 99)
    monkeypatch.setattr(signin, "use_password", lambda *_, **__: admission)
    form = {"email": resident.email, "password": str(uuid4())}
    answer = client.post("/inloggen/wachtwoord", data=form)
    assert answer.location.startswith("/inloggen")
    assert "Log opnieuw in." in client.get(answer.location).text
