"""Passkeys, with a real browser and an authenticator that the browser plays.

A device knows a site by its name, so that this one is asked for as ``localhost``.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page, expect
from sqlalchemy import select, update

from tests.browser.conftest import PageAt
from tests.support.browser.axe import axe_violations, bring_axe
from tests.support.browser.mail_scene import sign_in_path
from tests.support.factories.base import building_in
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.faults.world import free_port, served, world_settings
from tests.support.fixtures_site import Site
from tests.support.recycling import KeptDatabase
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Passkey, Person, SignIn
from voorjebuurt.people.queries import roles_of


@pytest.fixture
def address(kept_database: KeptDatabase, site: Site, tmp_path: Path) -> Iterator[str]:
    """A site that is called localhost, without a payment provider."""
    port = free_port()
    settings = world_settings(tmp_path, port, kept_database.url, "http://127.0.0.1:9")
    settings = replace(settings, base_url=f"http://localhost:{port}")
    with site.on(settings, kept_database.database) as app, served(app, settings):
        assert isinstance(app, Flask)
        yield settings.base_url


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """A device with a fingerprint reader on which every finger is right."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    answer = devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devices, str(answer["authenticatorId"])


def uses_link(shelf: KeptDatabase, page: Page, address: str, person: Person) -> None:
    with shelf.database.writing() as session:
        link = sign_in_path(session, person)
    page.goto(address + link)
    page.get_by_role("main").get_by_role("button").click()


def test_a_passkey_is_made_used_as_second_step_and_alone(
    kept_database: KeptDatabase, address: str, page_at: PageAt
) -> None:
    with kept_database.database.writing() as session, building_in(session):
        olga, rik = PersonFactory(name="Olga"), PersonFactory(name="Rik")
        RoleGrantFactory(person_id=olga.id, role="staff")
    page = page_at(390)
    bring_axe(page.context)
    devices, device = authenticator(page)
    uses_link(kept_database, page, address, olga)
    page.get_by_role("link", name="Maak een passkey op dit apparaat").click()
    assert axe_violations(page) == []
    page.get_by_label("Hoe noemt u deze passkey?").fill("Mijn telefoon")
    page.get_by_role("button", name="Maak een passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaar uw herstelcodes")
    page.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Bewaar uw herstelcodes")
    page.goto(f"{address}/mijn/beveiliging")
    expect(page.get_by_role("main")).to_contain_text("Mijn telefoon")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == []

    # The next sign-in by mail: the passkey is the second step.
    uses_link(kept_database, page, address, olga)
    page.goto(f"{address}/beheer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul uw code in")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Gebruik een passkey").click()
    expect(page).to_have_url(f"{address}/beheer")

    # Without mail at all: it is both steps.
    page.context.clear_cookies()
    page.goto(f"{address}/inloggen?volgende=/beheer")
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page).to_have_url(f"{address}/beheer")

    # Before a role is given, when the last time is long ago.
    with kept_database.database.writing() as session:
        session.execute(update(SignIn).values(factor_at=clock.now() - timedelta(hours=1)))
    page.goto(f"{address}/beheer/mensen/{rik.id}")
    page.get_by_label("Rol", exact=True).select_option("coach")
    page.get_by_role("button", name="Rol geven").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul uw code in")
    page.get_by_role("button", name="Gebruik een passkey").click()
    expect(page.get_by_role("main")).to_contain_text("De rol is gegeven.")
    with kept_database.database.writing() as session:
        assert roles_of(session, rik.id) == frozenset({"coach"})
        assert session.scalars(select(Passkey.sign_count)).one() > 1

    # A device that counts less than it did is a copy, and refused.
    with kept_database.database.writing() as session:
        session.execute(update(Passkey).values(sign_count=10_000))
    page.context.clear_cookies()
    page.goto(f"{address}/inloggen")
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page.get_by_text("Deze passkey werkte hier niet.")).to_be_visible()

    # A device that lets nobody through: the page says so, and nothing is lost.
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{address}/inloggen")
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page.get_by_text("Dat lukte niet.")).to_be_visible()
    expect(page.get_by_role("button", name="Log in met een passkey")).to_be_enabled()


def test_without_scripts_there_is_no_button_and_codes_work(
    kept_database: KeptDatabase, address: str, page_at: PageAt
) -> None:
    page = page_at(390, java_script_enabled=False)
    page.goto(f"{address}/inloggen")
    expect(page.get_by_role("button", name="Log in met een passkey")).to_have_count(0)
    expect(page.get_by_role("button", name="Mail mij een link")).to_be_visible()
