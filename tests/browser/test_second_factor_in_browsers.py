"""The second step of signing in, in a real browser: every page of it, and a form that waits."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import update

from tests.browser.conftest import PageAt
from tests.support.browser.axe import axe_violations
from tests.support.browser.every_page import Look, faults
from tests.support.browser.mail_scene import sign_in_path
from tests.support.browser.practice import Practice
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person, SignIn, TotpFactor
from voorjebuurt.people.queries import roles_of


def uses_link(practice: Practice, page: Page, person: Person) -> None:
    with practice.database.writing() as session:
        link = sign_in_path(session, person)
    page.goto(practice.site + link)
    page.get_by_role("main").get_by_role("button").click()


def enters_code(page: Page, button: str) -> None:
    """With the keyboard alone: the code stands on the page, as people practise here."""
    note = page.get_by_text("Oefensite:").inner_text()
    page.get_by_label("Code", exact=True).fill(certain(re.search(r"\b\d{6}\b", note))[0])
    page.get_by_role("button", name=button, exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_colleague_sets_it_up_comes_back_and_is_asked_again(
    practice: Practice, page_at: PageAt
) -> None:
    with practice.database.writing() as session, building_in(session):
        olga, rik = PersonFactory(name="Olga"), PersonFactory(name="Rik")
        RoleGrantFactory(person_id=olga.id, role="staff")
    page = page_at(390)
    page.goto(f"{practice.site}/inloggen")
    page.get_by_label("E-mailadres").fill(olga.email)
    with page.expect_navigation():
        page.get_by_role("button", name="Mail mij een link").click()
    mail_sent = Look("auth.show_link_sent", "/inloggen/verstuurd")
    assert faults(page, practice.site, mail_sent) == []
    uses_link(practice, page, olga)
    set_up = Look("auth.set_up_second_factor", "/mijn/tweede-stap")
    assert faults(page, practice.site, set_up) == []
    enters_code(page, "Stel de tweede stap in")
    codes = Look("recovery codes", "/mijn/herstelcodes")
    assert faults(page, practice.site, codes) == []
    assert page.get_by_role("main").locator("code").count() == 10
    page.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen en apparaten")
    page.goto(f"{practice.site}/beheer")
    expect(page).to_have_url(f"{practice.site}/beheer")

    other = page_at(1280)
    uses_link(practice, other, olga)
    code_page = Look("second factor", "/inloggen/tweede-stap")
    assert faults(other, practice.site, code_page) == []
    enters_code(other, "Controleer de code")
    with practice.database.writing() as session:
        session.execute(update(SignIn).values(factor_at=clock.now() - timedelta(hours=1)))
        session.execute(update(TotpFactor).values(last_interval=0))  # as if an hour went by
    other.goto(f"{practice.site}/beheer/mensen/{rik.id}")
    other.get_by_label("Rol", exact=True).select_option("coach")
    other.get_by_role("button", name="Rol geven").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Vul uw code in")
    code = other.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    code.fill("000000")
    other.get_by_role("button", name="Controleer de code en ga door").click()
    expect(other.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    with practice.database.writing() as session:
        assert roles_of(session, rik.id) == frozenset()
    for width in (390, 1280):
        other.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(other) == []
    enters_code(other, "Controleer de code en ga door")
    expect(other.get_by_role("main")).to_contain_text("De rol is gegeven.")
    with practice.database.writing() as session:
        assert roles_of(session, rik.id) == frozenset({"coach"})
