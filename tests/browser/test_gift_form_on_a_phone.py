"""The form of a gift on a phone: short, its button in reach, and nothing typed lost in a fold."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.support.browser.axe import axe_violations
from tests.support.browser.practice import Practice, Visitor
from tests.support.factories.base import building_in
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.factories.rewards import RewardFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock

MOST_PIXELS = 1600
"""The whole page, with what a practice site says on top."""
MOST_STEPS = 40
HEIGHT = "document.documentElement.scrollHeight"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
BEHIND_THE_BUTTON = """() => {
    const bar = document.querySelector('.vjb-reach');
    const node = document.activeElement;
    if (!node || node === document.body || bar.contains(node)) return null;
    if (!node.closest('form') || node.getBoundingClientRect().height < 2) return null;
    const box = node.getBoundingClientRect();
    const hidden = box.top + Math.min(box.height, 32) > bar.getBoundingClientRect().top + 1;
    return hidden ? node.id || node.outerHTML : null;
}"""
PICTURES = os.environ.get("VJB_PICTURES")
"""A folder for pictures, for who wants to look."""


@pytest.fixture
def campaigns(practice: Practice) -> dict[str, Campaign]:
    """One with gifts only, with a fund that adds at once, with one that divides, with rewards, and
    one that lasts so long that one may give each month.
    """
    last = clock.today() + timedelta(days=75)
    months = practice.campaign(deadline_on=last, closes_at=clock.end_of_day(last))
    alone, live, later, rewards = (
        practice.campaign(title="Een bank op het plein voor iedereen") for _ in range(4)
    )
    with practice.database.writing() as session, building_in(session):
        for campaign, fund in (
            (live, open_fund({"ceiling_cents": 40_000}, name="Buurtfonds Zuid")),
            (later, closing_fund(name="Rondefonds")),
        ):
            ApplicationFactory(fund=fund, campaign=session.get_one(Campaign, campaign.id))
        for title, delivery in (
            ("Uw naam op een tegel bij de bank", "pickup"),
            ("Een kaart van groep 7", "post"),
            ("Een rondleiding door de moestuin", "pickup"),
        ):
            RewardFactory(campaign_id=rewards.id, campaign=None, title=title, delivery=delivery)
    return {"alone": alone, "live": live, "later": later, "rewards": rewards, "months": months}


def opened(practice: Practice, page: Page, campaign: Campaign) -> Page:
    page.goto(f"{practice.site}/acties/{campaign.slug}/geef")
    return page


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_it_is_short_and_sound_and_its_button_is_in_reach(
    practice: Practice, page_at: PageAt, campaigns: dict[str, Campaign], locale: str
) -> None:
    page = page_at(390, locale=locale)
    for kind, campaign in campaigns.items():
        opened(practice, page, campaign)
        picture(page, f"form-{kind}-{locale}")
        assert page.evaluate("document.documentElement.lang") == locale[:2]
        assert page.evaluate(HEIGHT) <= MOST_PIXELS, kind
        expect(page.locator("main button:visible").last).to_be_in_viewport(ratio=1)
        expect(page.locator("[aria-current=step]")).to_be_in_viewport()
        # At the end of the page the button lies on none of the fields, as it may half-way.
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        assert axe_violations(page) == [], kind
        for fold in page.locator(":is(#more, #rewards, #months, #dedication-fold) > summary").all():
            fold.click()
        assert axe_violations(page) == []
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            picture(page, f"form-{kind}-{locale}-{width}")
            assert not page.evaluate(TOO_WIDE), (kind, width)
        page.set_viewport_size({"width": 390, "height": 900})


@pytest.mark.parametrize("scripts", [True, False])
def test_a_fault_in_the_fold_opens_it_and_what_was_typed_stays(
    practice: Practice, page_at: PageAt, campaigns: dict[str, Campaign], scripts: bool
) -> None:
    page = opened(practice, page_at(390, java_script_enabled=scripts), campaigns["live"])
    visitor = Visitor(page, practice.site)
    fold = page.locator("#more")
    expect(fold).not_to_have_attribute("open", "")
    expect(page.get_by_label("Extra voor het platform")).to_have_value("0")
    page.locator("#more > summary").click()
    visitor.type("Uw postcode", "1234 A").type("Bericht aan de initiatiefnemers", "Mooi plan!")
    visitor.click("Controleer uw gift")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(fold).to_have_attribute("open", "")
    visitor.sees_error("Uw postcode", "een postcode in, bijvoorbeeld 1234 AB.")
    visitor.has("Uw postcode", "1234 A").has("Bericht aan de initiatiefnemers", "Mooi plan!")
    picture(page, "form-fault")


def test_what_was_typed_in_the_fold_is_seen_when_another_field_is_wrong(
    practice: Practice, page_at: PageAt, campaigns: dict[str, Campaign]
) -> None:
    page = opened(practice, page_at(390), campaigns["alone"])
    visitor = Visitor(page, practice.site)
    page.locator("#more > summary").click()
    visitor.type("Extra voor het platform", "2").click("Controleer uw gift")
    expect(page.locator("#more")).to_have_attribute("open", "")
    visitor.has("Extra voor het platform", "2")


def test_a_reward_is_chosen_in_its_fold_where_its_address_can_be_typed(
    practice: Practice, page_at: PageAt, campaigns: dict[str, Campaign]
) -> None:
    page = opened(practice, page_at(390), campaigns["rewards"])
    visitor = Visitor(page, practice.site)
    fold = page.locator("#rewards")
    expect(fold).not_to_have_attribute("open", "")
    fold.locator("> summary").click()
    page.get_by_text("Een kaart van groep 7").click()
    expect(page.get_by_label("Straat en huisnummer")).to_be_visible()
    picture(page, "form-reward-by-post")
    visitor.click("Controleer uw gift")
    expect(fold).to_have_attribute("open", "")
    expect(page.get_by_label("Een kaart van groep 7")).to_be_checked()
    expect(page.get_by_label("Straat en huisnummer")).to_be_visible()


def test_what_has_the_focus_is_never_behind_the_button(
    practice: Practice, page_at: PageAt, campaigns: dict[str, Campaign]
) -> None:
    page = page_at(390)
    page.set_viewport_size({"width": 390, "height": 660})
    opened(practice, page, campaigns["later"])
    page.locator("#more > summary").click()
    page.locator("h1").click()
    stops: set[Any] = set()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        assert page.evaluate(BEHIND_THE_BUTTON) is None
        stops.add(page.evaluate("document.activeElement.id"))
    assert {"email", "name", "message", "postcode", "tip", "consent"} <= stops
