"""Two people at one page, and one person in two tabs, in real browsers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import PageAt
from tests.support.browser.axe import axe_violations
from tests.support.browser.mail_scene import sign_in_path
from tests.support.browser.practice import Practice, takes_second_step
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.funds import desk, draft
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.matching.models import Fund
from voorjebuurt.people.models import Person

CONFLICT = "Terwijl deze pagina openstond, is dit veranderd"
REASON = "De raad wil dat het fonds op 1 maart open is."
STORY = "Wij willen een moestuin, met bakken op hoogte."

BUTTON = "#page-form button[type=submit]"
"""Of the first form of a page."""

SignedInPage = Callable[[Person, int], Page]


@pytest.fixture
def page_of(practice: Practice, page_at: PageAt) -> SignedInPage:
    """Opens a browser of a width, in which somebody is signed in."""

    def open_page(person: Person, width: int) -> Page:
        page = page_at(width)
        sign_in(practice, page, person)
        return page

    return open_page


def sign_in(practice: Practice, page: Page, person: Person) -> None:
    """Use a mailed link."""
    with practice.database.writing() as session:
        link = sign_in_path(session, person)
    page.goto(practice.site + link)
    page.get_by_role("main").get_by_role("button").click()
    takes_second_step(page)


def press(page: Page) -> None:
    """The only button of the page's form."""
    page.locator(BUTTON).click()


def test_two_officers_at_one_fund(practice: Practice, page_of: SignedInPage) -> None:
    with practice.database.writing() as session, building_in(session):
        at = desk()
        fund: Fund = draft(session, at)
    anna, bram = page_of(at.anna, 390), page_of(at.bram, 1280)
    address = f"{practice.site}/gemeente/fondsen/{fund.id}"
    bram.goto(f"{address}/publiceren")
    reason = bram.locator("[name=unrehearsed_reason]")
    reason.fill(REASON)

    anna.goto(f"{address}/gegevens")
    anna.get_by_label("Naam van het fonds").fill("Fonds voor alles")
    press(anna)
    press(bram)

    expect(bram.get_by_text(CONFLICT)).to_be_visible()
    expect(reason).to_have_value(REASON)
    bram.get_by_text("Bekijk wat er nu staat").click()
    expect(bram.get_by_role("definition").filter(has_text="Fonds voor alles").first).to_be_visible()
    for width in (390, 1280):
        bram.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(bram) == []
    with practice.database.reading() as session:
        assert session.get_one(Fund, fund.id).status == "draft"
    press(bram)
    with practice.database.reading() as session:
        assert session.get_one(Fund, fund.id).status == "published"


def test_two_colleagues_at_one_alarm(practice: Practice, page_of: SignedInPage) -> None:
    with practice.database.writing() as session, building_in(session):
        live: Campaign = CampaignFactory(status="live")
        staff = [PersonFactory(name=name) for name in ("Sem", "Saskia")]
        for person in staff:
            RoleGrantFactory(person_id=person.id, role="staff")
    pages = [page_of(person, 390) for person in staff]
    for page in pages:
        page.goto(f"{practice.site}/beheer/acties/{live.id}/stilzetten")
        page.locator("[name=reason]").fill("Melding van oplichting.")
    pages[0].locator(BUTTON).dblclick()
    press(pages[1])
    for page in pages:
        expect(page).to_have_url(f"{practice.site}/beheer/acties/{live.id}")
    with practice.database.reading() as session:
        stopped_at = select(Campaign.pledges_stopped_at).where(Campaign.id == live.id)
        assert session.scalar(stopped_at) is not None


def test_one_person_in_two_tabs_and_another_language(
    practice: Practice, page_of: SignedInPage
) -> None:
    with practice.database.writing() as session, building_in(session):
        pitch: Campaign = CampaignFactory(status="draft", story="Het eerste verhaal.")
        initiator = session.get_one(Person, pitch.initiator_id)
    tab = page_of(initiator, 390)
    tab.goto(f"{practice.site}/mijn/acties/{pitch.id}/verhaal")
    story = tab.locator("textarea[name=story]")
    story.fill(STORY)
    other_tab = tab.context.new_page()
    other_tab.goto(f"{practice.site}/mijn/beveiliging")
    other_tab.get_by_role("main").get_by_role("button", name="Uitloggen op alle").click()
    sign_in(practice, other_tab, initiator)

    tab.get_by_role("button", name="ga verder").click()
    expect(tab.get_by_text("Wat u typte, staat er nog.")).to_be_visible()
    expect(story).to_have_value(STORY)
    assert axe_violations(tab) == []
    tab.get_by_role("button", name="English").click()
    expect(tab.locator("html")).to_have_attribute("lang", "en")
    expect(story).to_have_value(STORY)
    tab.get_by_role("button", name="Nederlands").click()
    expect(story).to_have_value(STORY)
    tab.get_by_role("button", name="ga verder").click()
    expect(tab.get_by_role("heading", level=1)).not_to_have_text("Uw verhaal")
    assert story_of(practice, pitch) == STORY


def test_words_survive_the_end_of_a_session(practice: Practice, page_of: SignedInPage) -> None:
    with practice.database.writing() as session, building_in(session):
        pitch: Campaign = CampaignFactory(status="draft", story="Het eerste verhaal.")
        initiator = session.get_one(Person, pitch.initiator_id)
    tab = page_of(initiator, 390)
    tab.goto(f"{practice.site}/mijn/acties/{pitch.id}/verhaal")
    tab.locator("textarea[name=story]").fill(STORY)
    tab.context.clear_cookies()
    tab.get_by_role("button", name="ga verder").click()
    expect(tab.get_by_text("U bent niet meer ingelogd.")).to_be_visible()
    expect(tab.get_by_text(STORY)).to_be_visible()
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(tab) == []
    sign_in(practice, tab.context.new_page(), initiator)
    tab.get_by_role("button", name="Verstuur het nog een keer").click()
    expect(tab.locator("textarea[name=story]")).to_have_value(STORY)
    tab.get_by_role("button", name="ga verder").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Controleren en versturen")
    assert story_of(practice, pitch) == STORY


def story_of(practice: Practice, pitch: Campaign) -> str:
    with practice.database.reading() as session:
        return session.get_one(Campaign, pitch.id).story


def test_a_button_between_rows_comes_back_to_its_place(
    practice: Practice, page_of: SignedInPage
) -> None:
    with practice.database.writing() as session, building_in(session):
        pitch: Campaign = CampaignFactory(status="draft")
        initiator = session.get_one(Person, pitch.initiator_id)
    page = page_of(initiator, 390)
    page.goto(f"{practice.site}/mijn/acties/{pitch.id}/begroting?controle=1")
    rows = page.get_by_role("group", name="Regel")
    before = rows.count()
    page.get_by_role("button", name="Regel erbij").click()
    expect(rows).to_have_count(before + 1)
    expect(rows.last).to_be_in_viewport()
    assert "controle=1" in page.url
