"""No address, no form and no page of ours leads anybody to another site."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, redirect
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.mailed_links import mailed_path
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import signin

ELSEWHERE = (
    *("//evil.example", "/\\evil.example", "/%5Cevil.example/", "/\t/evil.example"),
    *("\\\\evil.example", "https://evil.example", "https://localhost@evil.example/"),
    *("javascript:alert(1)", "/%09/evil.example"),
)
PATHS = ("/\\evil.example/", "//evil.example/", "/\\evil.example", "//evil.example/acties/")


CARRIED = re.compile(r'name="volgende"[^>]*value="[^"]+"')


def places(page: str) -> list[str]:
    """Everything that a page leads to."""
    return [unescape(text) for text in re.findall(r'(?:href|action|formaction)="([^"]*)"', page)]


def stays(target: str) -> bool:
    """Whether a browser that takes a backslash for a slash stays on the site."""
    bare = "".join(c for c in target if c not in "\t\r\n").replace("\\", "/")
    whole = urlsplit(urljoin("http://localhost/x", bare))
    return whole.scheme == "mailto" or whole.netloc == "localhost"


@pytest.mark.parametrize("path", PATHS)
def test_a_page_that_does_not_exist_links_only_to_pages_that_do(
    client: FlaskClient, path: str
) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": path})
    assert answer.headers.get("Location", "/").startswith("/")
    for target in (*places(answer.text), answer.headers.get("Location", "/")):
        assert stays(target), target


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_form_carries_an_address_elsewhere(
    client: FlaskClient, committing: Committing, signed_in: SignIn, target: str
) -> None:
    with committing():
        person = PersonFactory()
    query = {"volgende": target}
    for path in ("/inloggen", "/inloggen/wachtwoord"):
        assert not CARRIED.findall(client.get(path, query_string=query).text)
        leads = signed_in(person).get(path, query_string=query)
        assert leads.headers["Location"] == "/"
    assert not CARRIED.findall(signed_in(person).get("/mijn/profiel", query_string=query).text)
    form = {"volgende": target, "name": "Els", "locale": "nl"}
    assert signed_in(person).post("/mijn/profiel", data=form).headers["Location"] == "/mijn/profiel"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_link_that_was_mailed_leads_nowhere_else_either(
    client: FlaskClient, fresh_database: Database, target: str
) -> None:
    with fresh_database.writing() as session:
        signin.request_link(
            session, email="els@voorbeeld.example", next_path=target, locale="nl", actor=GUEST
        )
        session.flush()
        path = mailed_path(session, session.scalars(select(MailMessage)).one())
    leads = client.post(path).headers["Location"]
    assert leads in ("/", "/mijn/profiel")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_what_a_view_slips_is_stopped(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.setitem(app.view_functions, "public.show_about", lambda: redirect(target))
    assert client.get("/over").headers["Location"] == "/"
