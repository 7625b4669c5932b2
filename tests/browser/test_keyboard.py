"""Giving with a keyboard alone, and in forced colours: nobody needs a mouse or our colours."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.support.browser.practice import Practice, Visitor

MOST_STEPS = 60
FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const seen = (one) => [null, '::before', '::after'].some((part) => {
    const style = getComputedStyle(one, part);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none';
  });
  const label = node.labels && node.labels[0];
  const box = node.getBoundingClientRect();
  return {
    name: (label || node).innerText.trim().split('\\n')[0].replaceAll('\\u00a0', ' '),
    id: node.id,
    type: node.type || node.tagName.toLowerCase(),
    seen: seen(node) || Boolean(label && seen(label)) || seen(node.closest('article') || node),
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.fixture
def campaign_path(practice: Practice) -> str:
    """The page of a campaign that runs."""
    return f"/acties/{practice.campaign(title='Een bank', slug='een-bank').slug}"


def tab_to(page: Page, is_goal: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """Press Tab until the focus is where it is wanted; it must be visible at every stop."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            continue
        assert focus["seen"], f"no focus to be seen on {focus}"
        assert focus["inside"], f"out of sight: {focus}"
        if is_goal(focus):
            return dict(focus)
    raise AssertionError(f"never reached on {page.url}")


def tab_to_name(page: Page, name: str) -> None:
    """The same, by what it is called."""
    tab_to(page, lambda focus: focus["name"].startswith(name))


def tab_to_id(page: Page, name: str) -> None:
    """The same, by its id."""
    tab_to(page, lambda focus: focus["id"] == name)


def test_a_guest_gives_with_the_keyboard_alone(
    practice: Practice, page_at: PageAt, campaign_path: str
) -> None:
    page = page_at(390)
    visitor = Visitor(page, practice.site).go(campaign_path)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    tab_to_name(page, "Geef aan deze actie")
    page.keyboard.press("Enter")
    visitor.sees_heading("Geef aan Een bank")

    tab_to_name(page, "Controleer uw gift")
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    for link in summary.get_by_role("link").all():
        target = str(link.get_attribute("href"))
        expect(page.locator(target)).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "amount"

    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="€ 25")).to_be_checked()
    tab_to_id(page, "email")
    page.keyboard.type("gever@buurt.example")
    tab_to_id(page, "name")
    page.keyboard.type("Gever")
    tab_to(page, lambda focus: focus["id"].startswith("name_public"))
    page.keyboard.press("Space")
    tab_to_id(page, "consent")
    page.keyboard.press("Space")
    expect(page.locator("#consent")).to_be_checked()
    page.keyboard.press("Enter")
    visitor.sees_heading("Controleer uw gift")

    tab_to_name(page, "Betaal € 25")
    page.keyboard.press("Enter")
    page.wait_for_url("**/betaalsandbox/checkout/**")
    tab_to_name(page, "Betaal € 25,00")
    page.keyboard.press("Enter")
    page.wait_for_url("**/giften/**")
    practice.work()
    page.reload()
    visitor.sees_heading("Bedankt voor uw gift!")


def test_every_stop_of_the_keyboard_is_seen_in_forced_colours(
    practice: Practice, page_at: PageAt, campaign_path: str
) -> None:
    page = page_at(1280, forced_colors="active")
    for path in ("/", "/acties", campaign_path, f"{campaign_path}/geef", "/inloggen"):
        page.goto(practice.site + path)
        stops = []
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            if focus is None:
                break
            assert focus["seen"], f"no focus to be seen on {focus} of {path}"
            stops.append(focus["name"])
        assert len(stops) > 5
    page.goto(f"{practice.site}{campaign_path}/geef")
    page.get_by_text("€ 50", exact=True).click()
    choice = page.get_by_role("radio", name="€ 50")
    expect(choice).to_be_checked()
    assert choice.evaluate("element => getComputedStyle(element).appearance") == "auto"
    border = "element => getComputedStyle(element).borderTopWidth"
    button = page.get_by_role("button", name="Controleer uw gift")
    assert button.evaluate(border) not in ("", "0px")
