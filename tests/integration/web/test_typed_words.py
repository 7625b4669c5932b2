"""What somebody typed is never lost: the form comes back with it, and says why."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person
from voorjebuurt.web.limits import LIMITS

STORY = "Wij willen een moestuin, met bakken op hoogte."
OWN = {"Origin": "http://localhost"}
ELSEWHERE = {"Origin": "https://evil.example"}


@pytest.fixture(autouse=True)
def asks_for_tokens(app: Flask) -> Iterator[None]:
    """As in production."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def pitch(committing: Committing) -> Campaign:
    with committing():
        campaign: Campaign = CampaignFactory(status="draft", story="Het eerste verhaal.")
    return campaign


@pytest.fixture
def initiator(pitch: Campaign, fresh_database: Database) -> Person:
    with fresh_database.reading() as session:
        return session.get_one(Person, pitch.initiator_id)


def story_of(database: Database, pitch: Campaign) -> str:
    with database.reading() as session:
        return session.get_one(Campaign, pitch.id).story


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the first form of the page itself."""
    main = page[page.index("<main") :]
    form = main[main.index("<form") : main.index("</form")]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_a_story_survives_a_sign_in_in_another_tab(
    pitch: Campaign, initiator: Person, signed_in: SignIn, fresh_database: Database
) -> None:
    browser, path = signed_in(initiator), f"/mijn/acties/{pitch.id}/verhaal"
    form = {**form_of(browser.get(path).text), "story": STORY, "worse_off": "Niemand."}
    with browser.session_transaction() as cookie:
        cookie.pop("csrf_token")  # what a sign-in in another tab does to this one

    answer = browser.post(path, data=form, headers=OWN)

    assert answer.status_code == 400
    assert STORY in answer.text
    assert "Wat u typte, staat er nog." in answer.text
    assert story_of(fresh_database, pitch) == "Het eerste verhaal."
    again = {**form, **form_of(answer.text)}
    assert browser.post(path, data=again, headers=OWN).status_code == 302
    assert story_of(fresh_database, pitch) == STORY


@pytest.mark.parametrize("headers", [ELSEWHERE, {}, {"Referer": "https://evil.example/x"}])
def test_a_form_of_another_site_shows_nothing_to_press(
    pitch: Campaign, initiator: Person, signed_in: SignIn, headers: dict[str, str]
) -> None:
    browser = signed_in(initiator)
    for path in (f"/mijn/acties/{pitch.id}/verhaal", "/mijn/profiel"):
        answer = browser.post(path, data={"story": STORY}, headers=headers)
        assert answer.status_code == 400
        assert STORY not in answer.text
        assert "csrf_token" not in answer.text[answer.text.index("<main") :]


def test_words_survive_the_end_of_a_session(
    pitch: Campaign,
    initiator: Person,
    client: FlaskClient,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    path = f"/mijn/acties/{pitch.id}/verhaal"
    version = form_of(signed_in(initiator).get(path).text)["version"]
    fields = {"story": STORY, "worse_off": "Niemand.", "version": version}
    answer = client.post(path, data={**fields, "csrf_token": "of the session that is over"})
    assert answer.status_code == 302, "of nobody knows where: to signing in, without the words"

    answer = client.post(path, data={**fields, "csrf_token": "of before"}, headers=OWN)
    assert answer.status_code in (400, 401)
    assert STORY in answer.text
    assert "U bent niet meer ingelogd." in answer.text
    assert 'href="/inloggen"' in answer.text

    browser = signed_in(initiator)
    answer = browser.post(path, data=form_of(answer.text), headers=OWN)
    assert STORY in answer.text, "signed in again: the page of the form itself"
    again = {**fields, **form_of(answer.text)}
    assert browser.post(path, data=again, headers=OWN).status_code == 302
    assert story_of(fresh_database, pitch) == STORY


def test_another_language_keeps_what_was_typed(
    pitch: Campaign, initiator: Person, signed_in: SignIn, fresh_database: Database
) -> None:
    browser, path = signed_in(initiator), f"/mijn/acties/{pitch.id}/verhaal"
    page = browser.get(path).text
    assert 'id="page-form"' in page
    assert re.search(r'<button [^>]*form="page-form" name="taal" value="en"', page)
    form = {**form_of(page), "story": STORY, "worse_off": "Niemand.", "taal": "en"}

    answer = browser.post(path, data=form, headers=OWN)

    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
    assert STORY in answer.text
    assert "error-summary" not in answer.text
    assert story_of(fresh_database, pitch) == "Het eerste verhaal."
    assert '<html lang="en"' in browser.get(path).text, "and it stays"


def test_the_language_of_a_page_that_was_posted_to_is_a_link_that_works(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        coach: Person = PersonFactory()
        RoleGrantFactory(person_id=coach.id, role="coach")
        pitch = CampaignFactory(status="submitted")
    browser, path = signed_in(coach), f"/coach/acties/{pitch.id}"
    form = form_of(browser.get(path).text)
    answer = browser.post(f"{path}/terugsturen", data={**form, "body": ""}, headers=OWN)
    for href in re.findall(r'href="([^"]+taal=\w+)"', answer.text):
        assert browser.get(href).status_code == 200
    page = browser.post(f"{path}/terugsturen", data={"body": "x"})
    (href,) = re.findall(r'href="([^"]+taal=en)"', page.text)
    assert browser.get(href).status_code == 200


def test_words_survive_a_limit(client: FlaskClient, fresh_database: Database) -> None:
    path = "/mijn/acties/nieuw"
    rate = LIMITS["resident.start_campaign"][0].rate
    form = form_of(client.get(path).text)
    for _time in range(int(rate.split()[0])):
        assert client.post(path, data={**form, "title": ""}, headers=OWN).status_code == 200
    answer = client.post(path, data={**form, "title": "Moestuin Zuid"}, headers=OWN)
    assert answer.status_code == 429
    assert 'value="Moestuin Zuid"' in answer.text
    assert "over 60 minuten nog een keer" in words_of(answer.text)


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", page)


def test_words_survive_a_defect(
    pitch: Campaign,
    initiator: Person,
    signed_in: SignIn,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser, path = signed_in(initiator), f"/mijn/acties/{pitch.id}/verhaal"
    form = {**form_of(browser.get(path).text), "story": STORY, "worse_off": "Niemand."}
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    with monkeypatch.context() as patch:
        patch.setattr("voorjebuurt.campaigns.pitch.save_story", lambda *_, **__: 1 / 0)
        answer = browser.post(path, data=form, headers=OWN)
    assert answer.status_code == 500
    assert STORY in answer.text
    again = {**form, **form_of(answer.text)}
    assert browser.post(path, data=again, headers=OWN).status_code == 302


def test_a_secret_is_never_shown_again(client: FlaskClient) -> None:
    form = {"email": "x@voorbeeld.example", "password": "geheim woord", "csrf_token": "x"}
    answer = client.post("/inloggen/wachtwoord", data=form, headers=OWN)
    assert answer.status_code == 400
    assert "geheim woord" not in answer.text


def test_words_that_come_back_later_overwrite_nothing(
    pitch: Campaign,
    initiator: Person,
    client: FlaskClient,
    signed_in: SignIn,
    committing: Committing,
    fresh_database: Database,
) -> None:
    """What the first page showed comes along, through the end of the session and a sign-in."""
    browser, path = signed_in(initiator), f"/mijn/acties/{pitch.id}/verhaal"
    form = {**form_of(browser.get(path).text), "story": STORY, "worse_off": "Niemand."}
    with committing() as session:
        session.get_one(Campaign, pitch.id).story = "Van de telefoon."
    page = client.post(path, data=form, headers=OWN).text
    answer = browser.post(path, data=form_of(page), headers=OWN)
    again = {**form, **form_of(answer.text)}
    answer = browser.post(path, data=again, headers=OWN)
    assert "Terwijl deze pagina openstond" in answer.text
    assert STORY in answer.text
    assert story_of(fresh_database, pitch) == "Van de telefoon."


def test_a_form_that_does_not_say_what_its_page_showed_changes_nothing(
    pitch: Campaign, initiator: Person, signed_in: SignIn, fresh_database: Database
) -> None:
    browser, path = signed_in(initiator), f"/mijn/acties/{pitch.id}/verhaal"
    form = {**form_of(browser.get(path).text), "story": STORY, "worse_off": "Niemand."}
    del form["version"]
    assert "Terwijl deze pagina openstond" in browser.post(path, data=form, headers=OWN).text
    assert story_of(fresh_database, pitch) == "Het eerste verhaal."


def test_an_origin_that_is_no_address_breaks_nothing(client: FlaskClient) -> None:
    for headers in ({"Origin": "http://["}, {"Referer": "http://["}):
        assert client.get("/bestaat-niet", headers=headers).status_code == 404
        assert client.post("/mijn/profiel", data={"name": "x"}, headers=headers).status_code in (
            302,
            400,
        )


def test_a_wrong_token_signs_nobody_out(initiator: Person, signed_in: SignIn) -> None:
    browser = signed_in(initiator)
    answer = browser.post("/uitloggen", data={"csrf_token": "wrong", "x": "een twee"}, headers=OWN)
    assert answer.status_code == 400
    assert browser.get("/mijn/profiel").status_code == 200


def test_a_button_without_words_leads_through_signing_in_back_to_its_page(
    client: FlaskClient, pitch: Campaign
) -> None:
    page = f"/mijn/acties/{pitch.id}"
    headers = {**OWN, "Referer": f"http://localhost{page}"}
    form = {"csrf_token": "x", "version": "1;title=x"}
    answer = client.post(f"{page}/indienen", data=form, headers=headers)
    assert answer.status_code == 302
    assert answer.location == f"/inloggen?volgende={page}"
