"""The front page and that of a municipality in a browser: at every width, and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.support.browser.axe import axe_violations
from tests.support.browser.practice import Practice
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.kept_sums import count_sums
from tests.support.place_files import LIMITS
from tests.support.updates import publish_update
from voorjebuurt.kernel import clock
from voorjebuurt.local.demo.places import load_places, place_named
from voorjebuurt.places.models import Neighbourhood

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
PAGES = ("/", "/gemeenten/waterlanden", "/gemeenten/duinmeer", "/?taal=en")


@pytest.fixture
def lively(practice: Practice) -> Practice:
    """Two municipalities with campaigns that run, succeeded, and told what came of it."""
    with practice.database.writing() as session, building_in(session):
        load_places(session, LIMITS)
        for name, status in (
            ("Molenwijk", "live"),
            ("De Vaart", "live"),
            ("De Vaart", "succeeded"),
            ("Vuurtorenbuurt", "paid_out"),
        ):
            place = session.get(Neighbourhood, place_named(session, name)[1])
            campaign = CampaignFactory(
                status=status,
                title=f"Een plan voor iedereen in {name}",
                neighbourhood=place,
                decided_at=clock.now() if status != "live" else None,
            )
            PledgeFactory(campaign=campaign, amount_cents=90_000)
            if status == "succeeded":
                publish_update(session, campaign)
        count_sums(session)
    return practice


def opened(practice: Practice, page: Page, path: str) -> Page:
    answer = page.goto(practice.site + path)
    assert answer is not None
    assert answer.status == 200, path
    return page


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_pages_are_sound_on_a_phone_and_on_a_desk(
    lively: Practice, page_at: PageAt, width: int
) -> None:
    page = page_at(width)
    for path in PAGES:
        opened(lively, page, path)
        assert axe_violations(page) == [], path
        assert not page.evaluate(TOO_WIDE), path


def test_the_map_is_walked_by_keyboard(lively: Practice, page_at: PageAt) -> None:
    page = opened(lively, page_at(390, java_script_enabled=False), "/gemeenten/waterlanden")
    near = page.get_by_role("link", name="Oost 2 acties")
    near.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Oost")).to_be_visible()
    spot = page.get_by_role("group", name="Kaart van Oost").get_by_role(
        "link", name="Molenwijk: 1 actie"
    )
    page.get_by_role("link", name="Zuid en polder 0 acties").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.locator("*:focus").get_attribute("aria-label") == "Molenwijk: 1 actie":
            break
    expect(spot).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Een plan voor iedereen in Molenwijk")).to_be_visible()


def test_a_spot_on_a_phone_is_pressed_by_a_thumb(lively: Practice, page_at: PageAt) -> None:
    page = opened(lively, page_at(390), "/gemeenten/waterlanden")
    box = page.locator("a.vjb-spot .vjb-spot__area").first.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    page.locator("a.vjb-spot").first.click()
    expect(page.get_by_role("heading", name="1 actie gevonden")).to_be_visible()
