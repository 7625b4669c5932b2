"""The second step of signing in, as a browser without JavaScript meets it."""

import re
from uuid import uuid4

from flask import Flask
from lxml.html import document_fromstring

from tests.support.certain import certain
from tests.support.factories.people import actor_of
from tests.support.fixtures_site import BROWSER, Committing, SignIn
from tests.support.pages import elements, words
from tests.support.second_factor import (
    FROM_HERE,
    STALE,
    half_way,
    later,
    practice_code,
    sets_up,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.people.factors import service as factors
from voorjebuurt.people.factors.codes import code_at
from voorjebuurt.people.models import Passkey, Person
from voorjebuurt.people.queries import roles_of
from voorjebuurt.people.rules import WRONG_CODES


def test_a_role_is_used_after_an_app_is_tied_and_the_page_wanted_comes_next(
    app: Flask, olga: Person
) -> None:
    browser = half_way(app, olga)
    answer = browser.get("/beheer/meldingen?a=1")
    assert answer.location == "/mijn/tweede-stap?volgende=/beheer/meldingen?a%3D1"
    page = browser.get(answer.location)
    assert "<svg" in page.text
    code = practice_code(words(page))
    assert "klopt niet" in words(browser.post("/mijn/tweede-stap", data={"code": "000000"}))
    assert browser.post("/mijn/tweede-stap", data={"code": code}).location == "/mijn/herstelcodes"
    again = browser.post("/mijn/tweede-stap", data={"code": code})
    assert again.location == "/mijn/herstelcodes", "a double click"
    first, second = (browser.get("/mijn/herstelcodes").text for _ in range(2))
    codes = re.findall(r"<li><code>([A-Z0-9-]{29})", first)
    assert len(set(codes)) == 10
    assert re.findall(r"<li><code>([A-Z0-9-]{29})", second) == codes
    assert browser.post("/mijn/herstelcodes").location == "/beheer/meldingen?a=1"
    assert browser.get("/mijn/herstelcodes").location == "/mijn/beveiliging"
    assert browser.get("/beheer/meldingen").status_code == 200


def test_codes_that_were_renewed_elsewhere_are_shown_no_more(app: Flask, olga: Person) -> None:
    first = half_way(app, olga)
    code = practice_code(words(first.get("/mijn/tweede-stap")))
    first.post("/mijn/tweede-stap", data={"code": code})
    assert "<li><code>" in first.get("/mijn/herstelcodes").text
    with later(clock.now(), minutes=2):
        other = half_way(app, olga)
        page = words(other.get("/inloggen/tweede-stap"))
        other.post("/inloggen/tweede-stap", data={"code": practice_code(page)})
        other.post("/mijn/herstelcodes/nieuw", data={"x": "x"})
        assert "<li><code>" in other.get("/mijn/herstelcodes").text
        answer = first.get("/mijn/herstelcodes", follow_redirects=True)
    assert answer.request.path == "/mijn/beveiliging"
    assert "Deze herstelcodes werken niet meer." in words(answer)
    assert "<li><code>" not in answer.text


def test_the_next_sign_in_asks_for_a_code_or_a_recovery_code(app: Flask, olga: Person) -> None:
    recovery_codes = sets_up(half_way(app, olga))
    with later(clock.now(), minutes=2):
        browser = half_way(app, olga)
        answer = browser.get("/beheer")
        assert answer.location == "/inloggen/tweede-stap?volgende=/beheer"
        page = words(browser.get(answer.location))
        code = practice_code(page)
        wrong = browser.post(answer.location, data={"code": "1", "volgende": "/beheer"})
        assert "Deze code klopt niet" in words(wrong)
        right = browser.post(answer.location, data={"code": code, "volgende": "/beheer"})
        assert right.location == "/beheer"
        assert browser.get("/beheer").status_code == 200
        other = half_way(app, olga)
        assert other.post(answer.location, data={"code": recovery_codes[0]}).location == "/beheer"
        assert other.get("/beheer").status_code == 200


def test_who_guesses_is_signed_out(app: Flask, olga: Person) -> None:
    sets_up(half_way(app, olga))
    browser = half_way(app, olga)
    for _ in range(WRONG_CODES - 1):
        assert browser.post("/inloggen/tweede-stap", data={"code": "000000"}).status_code == 200
    last = browser.post("/inloggen/tweede-stap", data={"code": "000000", "volgende": "/beheer"})
    assert last.location == "/inloggen?volgende=/beheer"
    assert "klopte te vaak niet" in browser.get(last.location).text
    assert browser.get("/beheer").location.startswith("/inloggen?")


def test_a_resident_who_has_a_second_step_is_asked_for_it_too(app: Flask, resident: Person) -> None:
    sets_up(half_way(app, resident))
    browser = half_way(app, resident)
    assert browser.get("/mijn/acties").location.startswith("/inloggen/tweede-stap")
    assert browser.get("/").status_code == 200


def test_giving_a_role_asks_for_a_new_code_and_loses_nothing(
    app: Flask, olga: Person, resident: Person, committing: Committing
) -> None:
    browser = half_way(app, olga)
    sets_up(browser)
    path, form = f"/beheer/mensen/{resident.id}/rollen", {"role": "coach"}
    with later(clock.now(), seconds=STALE.total_seconds()):
        page = browser.post(path, data=form, headers=FROM_HERE)
        assert page.status_code == 401
        with committing() as session:
            assert roles_of(session, resident.id) == frozenset()
        tree = document_fromstring(page.text)
        fields = {
            str(each.get("name")): str(each.get("value"))
            for each in elements(tree, "//main//input[@type='hidden']")
        }
        assert fields["role"] == "coach"
        assert elements(tree, "//main//form")[0].get("action") is None, "it goes back to the same"
        wrong = browser.post(path, data={**fields, "second_factor_code": "1"}, headers=FROM_HERE)
        assert wrong.status_code == 401
        assert "Deze code klopt niet" in wrong.text
        code = practice_code(re.sub(r"<[^>]+>", " ", wrong.text))
        right = browser.post(path, data={**fields, "second_factor_code": code}, headers=FROM_HERE)
        assert right.location == f"/beheer/mensen/{resident.id}"
        with committing() as session:
            assert roles_of(session, resident.id) == frozenset({"coach"})
        once_more = browser.post(path, data={"role": "auditor"}, headers=FROM_HERE)
        assert once_more.status_code == 302, "the code of a moment ago is fresh"


def test_a_form_from_elsewhere_asks_nobody_for_a_code(
    app: Flask, olga: Person, resident: Person, committing: Committing
) -> None:
    browser = half_way(app, olga)
    sets_up(browser)
    path = f"/beheer/mensen/{resident.id}/rollen"
    with later(clock.now(), seconds=STALE.total_seconds()):
        answer = browser.post(
            path, data={"role": "coach"}, headers={"Origin": "https://kwaad.example"}
        )
        assert answer.location == "/inloggen/tweede-stap"
        with committing() as session:
            assert roles_of(session, resident.id) == frozenset()


def test_a_form_sent_half_way_is_carried_over_the_second_step(
    app: Flask, olga: Person, resident: Person, committing: Committing
) -> None:
    sets_up(half_way(app, olga))
    with later(clock.now(), minutes=2):
        browser = half_way(app, olga)
        path = f"/beheer/mensen/{resident.id}/blokkeren"
        page = browser.post(path, data={"reason": "Scheldt in drie mails."}, headers=FROM_HERE)
        assert page.status_code == 401
        assert "Scheldt in drie mails." in page.text
        code = practice_code(re.sub(r"<[^>]+>", " ", page.text))
        data = {"reason": "Scheldt in drie mails.", "second_factor_code": code}
        assert browser.post(path, data=data, headers=FROM_HERE).status_code == 302
        with committing() as session:
            assert certain(session.get(Person, resident.id)).blocked_at is not None


def test_signing_out_ends_every_copy_of_the_cookie(app: Flask, olga: Person) -> None:
    browser = half_way(app, olga)
    sets_up(browser)
    copy = app.test_client()
    copy.environ_base.update(BROWSER)
    with browser.session_transaction() as cookie:
        values = dict(cookie)
    with copy.session_transaction() as cookie:
        cookie.update(values)
    assert copy.get("/beheer").status_code == 200
    browser.post("/uitloggen")
    assert copy.get("/beheer").location.startswith("/inloggen?")


def test_devices_are_listed_and_ended_one_by_one(
    app: Flask, resident: Person, olga: Person, signed_in: SignIn
) -> None:
    here, there, strange = signed_in(resident), signed_in(resident), signed_in(olga)
    tree = document_fromstring(here.get("/mijn/beveiliging").text)
    forms = elements(tree, "//form[contains(@action, '/apparaten/')]")
    paths = [str(form.get("action")) for form in forms]
    assert len(paths) == 2
    assert strange.post(paths[0]).status_code == 404
    text = words(here.get("/mijn/beveiliging"))
    assert text.count("(dit apparaat)") == 1
    own = elements(tree, "//tr[contains(., 'dit apparaat')]//form")[0].get("action")
    (other,) = set(paths) - {own}
    for _ in range(2):
        assert here.post(other).location == "/mijn/beveiliging"
    assert there.get("/mijn/beveiliging").location.startswith("/inloggen?")
    assert here.post(own).location == "/inloggen"
    assert here.get("/mijn/beveiliging").location.startswith("/inloggen?")


def test_staff_let_somebody_begin_again(
    app: Flask, olga: Person, resident: Person, signed_in: SignIn
) -> None:
    theirs = half_way(app, resident)
    sets_up(theirs)
    staff = signed_in(olga)
    page = words(staff.get(f"/beheer/mensen/{resident.id}"))
    assert "Laat deze persoon de tweede stap opnieuw instellen" in page
    path = f"/beheer/mensen/{resident.id}/tweede-stap"
    assert staff.post(path, data={"reason": ""}).status_code == 200
    assert staff.post(path, data={"reason": "Telefoon kwijt, teruggebeld."}).status_code == 302
    assert "Niet ingesteld" in words(staff.get(f"/beheer/mensen/{resident.id}"))
    assert theirs.get("/mijn/acties").location.startswith("/inloggen?")


def test_the_practice_mailbox_shows_the_codes_of_now(app: Flask, olga: Person) -> None:
    sets_up(half_way(app, olga))
    text = words(app.test_client().get("/postbus"))
    assert re.search(rf"{re.escape(olga.email)} \d{{6}}", text)


def test_who_has_no_role_may_take_the_second_step_away(app: Flask, resident: Person) -> None:
    browser = half_way(app, resident)
    sets_up(browser)
    assert "Haal de app voor codes weg" in words(browser.get("/mijn/beveiliging"))
    browser.post("/mijn/tweede-stap/weg")
    assert "Stel de tweede stap in" in words(browser.get("/mijn/beveiliging"))


def test_a_button_without_any_field_waits_on_the_page_that_asks(
    app: Flask, olga: Person, resident: Person
) -> None:
    browser = half_way(app, olga)
    sets_up(browser)
    path = f"/beheer/mensen/{resident.id}/rollen/{uuid4()}/intrekken"
    with later(clock.now(), seconds=STALE.total_seconds()):
        page = browser.post(path, data={"csrf_token": "of its page"}, headers=FROM_HERE)
        assert page.status_code == 401
        assert "Er is nog niets gedaan." in page.text
        code = practice_code(re.sub(r"<[^>]+>", " ", page.text))
        data = {"csrf_token": "of this page", "second_factor_code": code}
        assert browser.post(path, data=data, headers=FROM_HERE).status_code in (302, 404)


def test_an_app_beside_a_passkey_leaves_the_recovery_codes_as_they_are(
    app: Flask, resident: Person, committing: Committing
) -> None:
    with committing() as session:
        session.add(
            Passkey(
                id=uuid4(),
                person_id=resident.id,
                credential_id=b"x",
                public_key=b"x",
                sign_count=0,
                label="Laptop",
                created_at=clock.now(),
            )
        )
        codes = factors.replace_recovery_codes(session, resident.id)
        secret = factors.new_secret()
        new_codes = factors.add_totp(
            session,
            person_id=resident.id,
            secret=secret,
            code=code_at(secret, clock.now()),
            sealer=Sealer(("a key of at least thirty-two characters",)),
            actor=actor_of(resident),
        )
        assert new_codes == []
        assert factors.use_code(
            session, person_id=resident.id, code=codes[0], sealer=Sealer(("x" * 32,))
        )
