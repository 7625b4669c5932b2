"""What every page of the site has: languages, headers, errors, health."""

import hashlib
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from tests.support.production import PRODUCTION
from voorjebuurt import __version__
from voorjebuurt import settings as application_settings
from voorjebuurt.app import create_app
from voorjebuurt.kernel import clock, heartbeat, jobs
from voorjebuurt.kernel.db import Database
from voorjebuurt.settings import Settings, SettingsError
from voorjebuurt.web import guards
from voorjebuurt.web.kit.access import PUBLIC


def language(page: TestResponse) -> str:
    return page.text.partition('<html lang="')[2][:2]


def test_dutch_unless_the_browser_prefers_english(client: FlaskClient) -> None:
    assert language(client.get("/inloggen")) == "nl"
    english = {"Accept-Language": "en-GB,en;q=0.9,nl;q=0.5"}
    assert language(client.get("/inloggen", headers=english)) == "en"
    assert language(client.get("/inloggen", headers={"Accept-Language": "fr"})) == "nl"


def test_a_choice_is_remembered_and_goes_before_everything_else(
    client: FlaskClient, signed_in: SignIn, committing: Committing
) -> None:
    assert language(client.get("/inloggen?taal=en")) == "en"
    assert language(client.get("/inloggen", headers={"Accept-Language": "nl"})) == "en"
    assert language(client.get("/inloggen?taal=xx")) == "en"
    with committing():
        person = PersonFactory(locale="en")
    browser = signed_in(person)
    assert language(browser.get("/mijn/profiel", headers={"Accept-Language": "nl"})) == "en"
    browser.post("/mijn/profiel", data={"name": "Iris", "locale": "nl"})
    assert language(browser.get("/mijn/profiel")) == "nl"


def test_every_page_is_offered_in_the_other_language(client: FlaskClient) -> None:
    """By a link; where a form stands by its button, so that what was typed comes along."""
    page = client.get("/acties?thema=groen&pagina=2").text
    assert 'href="/acties?thema=groen&amp;pagina=2&amp;taal=en"' in page
    page = client.get("/inloggen?volgende=/mijn").text
    assert 'form="page-form" name="taal" value="en"' in page


def test_answers_carry_the_headers_of_a_careful_site(client: FlaskClient) -> None:
    headers = client.get("/inloggen").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    for part in ("frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
        assert part in policy
    assert "form-action 'self'" in policy
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_request_has_an_id_that_a_proxy_may_give(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "abcd-1234"}).headers[
        "X-Request-ID"
    ] == ("abcd-1234")
    assert (
        "\n" not in client.get("/healthz", headers={"X-Request-ID": "a b"}).headers["X-Request-ID"]
    )


@pytest.fixture
def production(fresh_database_url: str, tmp_path: Path) -> Settings:
    """Settings that production accepts."""
    return application_settings.load(
        {
            **PRODUCTION,
            "VJB_HOME": str(tmp_path),
            "DATABASE_URL": fresh_database_url,
            "TRUSTED_PROXIES": "1",
        }
    )


def test_in_production_cookies_and_hosts_are_strict_and_practice_pages_are_gone(
    production: Settings, fresh_database: Database
) -> None:
    app = create_app(production, fresh_database)
    client = app.test_client()
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    answer = client.get("/inloggen", headers=headers)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    (language,) = client.get("/?taal=en", headers=headers).headers.getlist("Set-Cookie")[:1]
    for each in (cookie, language):
        assert each.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(each.split("; "))
        assert "Domain" not in each
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "https://*.mollie.com" in answer.headers["Content-Security-Policy"]
    assert client.get("/postbus").status_code == 404
    assert client.get("/betaalsandbox/control/ui").status_code == 404
    assert "postbus" not in answer.text


@pytest.mark.parametrize("name", ["evil.example", "voorjebuurt.example.evil.example", "127.0.0.1"])
def test_in_public_the_site_answers_to_its_own_name_only(
    production: Settings, fresh_database: Database, name: str
) -> None:
    """What a cache keeps must not be made of a name that a visitor claimed."""
    client = create_app(production, fresh_database).test_client()
    for headers in ({"Host": name}, {"X-Forwarded-Host": name}):
        answer = client.get("/inloggen", headers={"X-Forwarded-Proto": "https", **headers})
        assert answer.status_code == 421
        assert "https://voorjebuurt.example" in answer.text
        assert name not in answer.text.replace("voorjebuurt.example", "")
        assert client.get("/healthz", headers=headers).status_code == 200
    own = {"X-Forwarded-Proto": "https", "Host": "VoorJeBuurt.example:443"}
    assert client.get("/inloggen", headers=own).status_code == 200


def test_the_session_is_signed_with_sha256(client: FlaskClient, app: Flask) -> None:
    client.get("/inloggen")
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    serializer = certain(interface.get_signing_serializer(app))
    assert serializer.signer_kwargs["digest_method"] is hashlib.sha256
    weak = SecureCookieSessionInterface().get_signing_serializer(app)
    forgery = certain(weak).dumps({"_user_id": "x"})
    assert serializer.loads_unsafe(certain(serializer).dumps({"x": 1})) == (True, {"x": 1})
    assert serializer.loads_unsafe(forgery)[0] is False


def test_errors_have_a_page_in_the_readers_language(client: FlaskClient) -> None:
    missing = client.get("/bestaat-niet")
    assert missing.status_code == 404
    assert "<h1>" in missing.text
    answer = client.delete("/inloggen")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_defect_is_told_without_details(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def break_down(**_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setitem(app.view_functions, "auth.show_sign_in", break_down)
    answer = client.get("/inloggen")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post("/inloggen", data={"email": "x" * (10 * 1024 * 1024 + 1)})
    assert answer.status_code == 413


def test_health_tells_the_process_lives_even_without_a_database(settings: Settings) -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    client = create_app(settings, nowhere).test_client()
    live = client.get("/healthz")
    assert live.status_code == 200
    assert live.json == {"status": "ok", "version": __version__}
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert certain(ready.json)["checks"] == {
        "database": False,
        "migrations": False,
        "worker": False,
    }


def test_without_a_database_even_who_was_signed_in_reads_an_honest_page(
    signed_in: SignIn, committing: Committing, app: Flask
) -> None:
    with committing():
        person = PersonFactory()
    browser = signed_in(person)
    app.extensions["voorjebuurt.database"].dispose()
    app.extensions["voorjebuurt.database"] = Database("postgresql+psycopg://nobody@127.0.0.1:1/x")
    answer = browser.get("/mijn/profiel")
    assert answer.status_code == 503
    assert "<h1>" in answer.text


def test_ready_means_migrated_and_a_worker_seen_lately(
    client: FlaskClient, committing: Committing
) -> None:
    assert certain(client.get("/readyz").json)["checks"] == {
        "database": True,
        "migrations": True,
        "worker": False,
    }
    with committing() as session:
        heartbeat.beat(session, name="test:1")
    assert client.get("/readyz").status_code == 503, "it lives, but takes no jobs"
    with committing() as session:
        for queue in jobs.QUEUES:
            heartbeat.note_taken(session, queue=queue)
    assert client.get("/readyz").status_code == 200
    with committing() as session:
        session.execute(text("UPDATE worker_heartbeats SET seen_at = seen_at - interval '1 hour'"))
    assert client.get("/readyz").status_code == 503
    with committing() as session:
        heartbeat.beat(session, name="test:1")
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert certain(client.get("/readyz").json)["checks"]["migrations"] is False


def test_a_queue_that_nobody_serves_is_named(client: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        heartbeat.beat(session, name="test:1")
        for queue in jobs.QUEUES:
            heartbeat.note_taken(session, queue=queue)
        session.execute(
            text("UPDATE queue_heartbeats SET taken_at = now() - interval '21 minutes'")
        )
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert certain(answer.json)["problems"] == [
        f"worker: nobody took a job from the queue {queue!r} for 0:20:00"
        for queue in sorted(jobs.QUEUES)
    ]


def test_a_database_that_is_ahead_is_told_in_words(
    client: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    (line,) = [each for each in certain(answer.json)["problems"] if "migrations" in each]
    assert "9999" in line
    assert "newer version" in line


def test_the_site_does_not_start_without_a_database(settings: Settings) -> None:
    with pytest.raises(SettingsError):
        create_app(settings)


def test_the_site_does_not_start_with_a_route_that_has_no_guard(
    settings: Settings, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(guards.GUARDS, "auth.sign_out")
    with pytest.raises(guards.GuardTableError, match=r"auth\.sign_out"):
        create_app(settings, fresh_database)


def test_the_site_does_not_start_with_a_guard_that_has_no_route(
    settings: Settings, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(guards.GUARDS, "auth.gone", PUBLIC)
    with pytest.raises(guards.GuardTableError, match=r"auth\.gone"):
        create_app(settings, fresh_database)


def test_a_job_knows_the_request_that_it_follows_from(
    client: FlaskClient, fresh_database: Database, settings: Settings
) -> None:
    client.post(
        "/inloggen",
        data={"email": "iris@voorbeeld.example"},
        headers={"X-Request-ID": "request-0001"},
    )
    with fresh_database.reading() as session:
        arguments = session.execute(text("SELECT args FROM procrastinate_jobs")).scalar()
    assert certain(arguments)["_request"] == "request-0001"
    assert run_jobs(fresh_database, settings) == ["mail.send"]
    with fresh_database.writing() as session:
        jobs.defer(session, "mail.sweep")
        statement = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'mail.sweep'")
        assert session.execute(statement).scalar() == {}


def test_acceptance_says_on_every_page_that_it_is_for_practice(
    production: Settings, fresh_database: Database
) -> None:
    key = PRODUCTION["MOLLIE_API_KEY"].replace("live_", "test_")
    acceptance = replace(production, environment="acceptance", mollie_api_key=key)
    words = "Dit is een oefensite"
    headers = {"X-Forwarded-Proto": "https"}
    for settings, expected in ((acceptance, True), (production, False)):
        answer = create_app(settings, fresh_database).test_client().get("/", headers=headers)
        assert (words in answer.text) is expected
        assert "Strict-Transport-Security" in answer.headers


def test_who_signed_in_stays_so_when_the_key_is_changed(
    committing: Committing, settings: Settings, fresh_database: Database, signed_in: SignIn
) -> None:
    with committing():
        person = PersonFactory()
    browser = signed_in(person)
    assert browser.get("/mijn/profiel").status_code == 200
    cookies = [(cookie.key, cookie.value) for cookie in (browser._cookies or {}).values()]
    for old, status in (((settings.secret_key,), 200), ((), 302)):
        rotation = replace(settings, secret_key="n" * 40, secret_keys_old=old)
        client = create_app(rotation, fresh_database).test_client()
        client.environ_base.update(browser.environ_base)
        for key, value in cookies:
            client.set_cookie(key, value)
        assert client.get("/mijn/profiel").status_code == status


def test_the_pages_say_who_runs_the_site_and_where_to_complain(
    production: Settings, fresh_database: Database
) -> None:
    client = create_app(production, fresh_database).test_client()
    headers = {"X-Forwarded-Proto": "https"}
    for path, words in (
        ("/contact", ("Stichting Buurtgeld", "Kerkstraat 1", "hulp@voorjebuurt.example")),
        ("/privacy", ("Stichting Buurtgeld", "privacy@voorjebuurt.example", "Persoonsgegevens")),
        ("/toegankelijkheid", ("Stichting Buurtgeld", "C: de eerste stappen", "ombudsman")),
    ):
        page = client.get(path, headers=headers).text
        assert [word for word in words if word not in page] == [], path


def test_a_practice_site_names_nobody(client: FlaskClient) -> None:
    assert "mailto:" not in client.get("/contact").text
    assert "mailto:" not in client.get("/privacy").text
    assert "Status:" not in client.get("/toegankelijkheid").text


def test_static_files_are_as_safe_as_pages(production: Settings, fresh_database: Database) -> None:
    client = create_app(production, fresh_database).test_client()
    headers = {"X-Forwarded-Proto": "https"}
    page = client.get("/", headers=headers)
    sheet = re.findall(r'href="(/static/[^"]+\.css)"', page.text)[0]
    file = client.get(sheet, headers=headers)
    assert file.status_code == 200
    for name in (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Strict-Transport-Security",
    ):
        assert file.headers[name] == page.headers[name], name
    assert "immutable" in file.headers["Cache-Control"]
    assert {"Cookie", "Accept-Language"} <= set(page.headers["Vary"].split(", "))
    assert "Cookie" not in file.headers.get("Vary", "")


def test_a_vulnerability_can_be_told_to_somebody(
    production: Settings, fresh_database: Database, client: FlaskClient
) -> None:
    path = "/.well-known/security.txt"
    assert client.get(path).status_code == 404, "a practice site has nobody"
    site = create_app(production, fresh_database).test_client()
    answer = site.get(path, headers={"X-Forwarded-Proto": "https"})
    assert answer.mimetype == "text/plain"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:hulp@voorjebuurt.example"
    assert fields["Canonical"] == f"https://voorjebuurt.example{path}"
    assert clock.now() < datetime.fromisoformat(fields["Expires"]) < clock.now() + timedelta(365)
