"""The main pages of everybody in a language that goes from right to left.

Nothing is wider than the screen and no text lies over another, on a phone and on a desk. That no
text is left untranslated is held for every page in ``test_pseudo_locale_pages``.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PageAt
from tests.conftest import CloneFactory
from tests.support.browser.every_page import WIDTHS
from tests.support.browser.mail_scene import sign_in_path
from tests.support.faults.world import served
from tests.support.pseudo_locale import PSEUDO
from tests.support.pseudo_town import PseudoTown, pseudo_town
from tests.support.untranslated import untranslated

MAIN = {
    "visitor": (
        *("public.show_home", "public.list_campaigns", "public.show_campaign"),
        *("public.start_pledge", "public.show_gift", "public.list_funds", "public.show_fund"),
        "auth.show_sign_in",
    ),
    "resident": (
        *("resident.edit_idea", "resident.edit_place", "resident.edit_budget"),
        *("resident.edit_story", "resident.check_pitch", "resident.show_campaign"),
        *("resident.show_match", "auth.show_profile"),
    ),
    "coach": ("coach.list_reviews", "coach.show_review"),
    "officer": (
        *("officer.show_desk", "officer.show_application", "officer.show_decision"),
        *("officer.show_fund", "officer.edit_rules", "officer.show_rehearsal"),
    ),
    "staff": ("staff.show_desk", "staff.show_payout", "staff.show_ledger", "staff.show_rehearsal"),
}
FACE = """() => {
  const width = document.documentElement.clientWidth;
  const faults = [];
  const seen = (node) => node.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const style = (node) => getComputedStyle(node);
  const scrolls = (node) => node && node !== document.body
    && (style(node).overflowX !== 'visible' || style(node).clipPath !== 'none'
        || style(node).position === 'fixed' || scrolls(node.parentElement));
  const show = (node) => node.outerHTML.slice(0, 160);
  if (document.documentElement.scrollWidth > width) faults.push('scrolls sideways');
  for (const node of document.querySelectorAll('body *')) {
    const box = node.getBoundingClientRect();
    if (box.width && (box.left < -1 || box.right > width + 1) && seen(node) && !scrolls(node))
      faults.push(`outside the screen: ${show(node)}`);
  }
  const boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, holder = node.parentElement;
    if (!node.data.trim() || holder.closest('svg, select, textarea') || !seen(holder)
        || scrolls(holder)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1) boxes.push({box, node});
  }
  boxes.sort((one, other) => one.box.top - other.box.top);
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      if (other.box.top >= one.box.bottom) break;
      const across = Math.min(one.box.right, other.box.right)
        - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      const least = Math.min(one.box.height, other.box.height);
      if (one.node !== other.node && across > 2 && down > least * 0.4)
        faults.push(`${one.node.data.trim().slice(0, 60)} lies over `
          + `${other.node.data.trim().slice(0, 60)} in ${show(other.node.parentElement)}`);
    }
  });
  return faults;
}"""
"""What is wider than the screen, and which lines of text lie over those of another text."""


@pytest.fixture(scope="module")
def town(clone: CloneFactory, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PseudoTown]:
    """Served; nobody changes anything in it: one for all."""
    home = tmp_path_factory.mktemp("pseudo")
    with pseudo_town(clone, home) as town, served(town.app, town.settings):
        yield town


def signed_in(browser: Browser, town: PseudoTown, who: str) -> Page:
    """A page of somebody who chose the pseudo-locale."""
    page = browser.new_context(viewport={"width": WIDTHS[0], "height": 900}).new_page()
    page.goto(f"{town.settings.base_url}/?taal={PSEUDO}")
    if who in town.scene.people:
        with town.database.writing() as session:
            path = sign_in_path(session, town.scene.people[who])
        page.goto(town.settings.base_url + path)
        page.get_by_role("main").get_by_role("button").click()
    return page


@pytest.mark.parametrize("who", MAIN)
def test_pages_hold_together_from_right_to_left(
    town: PseudoTown, browser: Browser, who: str
) -> None:
    page, faults = signed_in(browser, town, who), []
    adapter = town.app.url_map.bind("localhost")
    for endpoint in MAIN[who]:
        values = town.scene.values.get(endpoint, [{}])[0]
        page.goto(town.settings.base_url + adapter.build(endpoint, values))
        root = page.locator("html")
        assert (root.get_attribute("dir"), root.get_attribute("lang")) == ("rtl", PSEUDO)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            faults += [f"{endpoint} at {width}: {fault}" for fault in page.evaluate(FACE)]
        faults += [f"{endpoint}: {text}" for text in untranslated(page.content(), town.words)]
    page.context.close()
    assert not faults, "\n".join(faults)


def test_the_check_sees_what_lies_over_another_or_outside(page_at: PageAt) -> None:
    page = page_at(WIDTHS[0])
    page.set_content(
        "<!doctype html><p>one</p><p style='margin-block-start: -2.1em'>two</p><p>three</p>"
        "<p style='position: absolute; inset-inline-start: 350px; inline-size: 60px'>four</p>"
    )
    faults = [fault.split(": ")[0].split(" in ")[0] for fault in page.evaluate(FACE)]
    assert sorted(faults) == ["one lies over two", "outside the screen", "scrolls sideways"]
