"""Every component in a real browser: axe, narrow screens, large text, no strangers, no scripts."""

import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from werkzeug.serving import make_server

from tests.browser.conftest import PageAt
from tests.support import face_app
from tests.support.browser.axe import axe_violations

TEXT_SPACING = """
*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-block-end:2em!important}
"""
WIDER = """(css) => {
  const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  return document.documentElement.scrollWidth;
}"""


@pytest.fixture(scope="module")
def style_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that shows the style page."""
    app = face_app.create(tmp_path_factory.mktemp("dist"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/", "/?bad=1", "/?lang=en"])
def test_axe_finds_nothing(page_at: PageAt, style_page: str, path: str, width: int) -> None:
    page = page_at(width)
    page.goto(style_page + path)
    assert [str(violation) for violation in axe_violations(page)] == []


@pytest.mark.parametrize("code", [400, 403, 404, 410, 413, 429, 500, 503])
def test_every_error_page_is_sound(page_at: PageAt, style_page: str, code: int) -> None:
    """Those that nobody can call up on the site itself, too."""
    page = page_at(320)
    page.goto(f"{style_page}/errors/{code}")
    assert [str(violation) for violation in axe_violations(page)] == []
    assert page.locator("h1").count() == 1
    assert page.evaluate(WIDER, TEXT_SPACING) <= 320


@pytest.mark.parametrize("path", ["/", "/?bad=1"])
def test_fits_320_pixels_with_wide_text_spacing(
    page_at: PageAt, style_page: str, path: str
) -> None:
    page = page_at(320)
    page.goto(style_page + path)
    assert page.evaluate(WIDER, TEXT_SPACING) <= 320


def test_asks_nothing_of_other_hosts_and_breaks_no_policy(page_at: PageAt, style_page: str) -> None:
    page = page_at(1280)
    hosts, complaints = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(style_page, wait_until="networkidle")
    assert hosts == {"127.0.0.1"}
    assert complaints == []


def test_works_without_scripts_on_a_phone(page_at: PageAt, style_page: str) -> None:
    page = page_at(390, java_script_enabled=False)
    page.goto(style_page)
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    assert not menu.get_by_role("link", name="Start").is_visible()
    menu.get_by_text("Menu", exact=True).click()
    assert menu.get_by_role("link", name="Start").is_visible()


def test_error_summary_has_the_focus_and_leads_to_its_field(
    page_at: PageAt, style_page: str
) -> None:
    page = page_at(390)
    page.goto(f"{style_page}/?bad=1")
    summary = page.get_by_role("alert")
    assert summary.evaluate("element => element === document.activeElement")
    summary.get_by_role("link", name="Vul uw naam in.").click()
    assert page.evaluate("document.activeElement.id") == "name"


def test_a_chosen_amount_stays_visible_in_forced_colours(page_at: PageAt, style_page: str) -> None:
    page = page_at(390, forced_colors="active")
    page.goto(style_page)
    choice = page.get_by_role("radio", name="€ 25")
    assert choice.is_checked()
    assert choice.evaluate("element => getComputedStyle(element).appearance") == "auto"
