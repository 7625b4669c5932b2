"""The sandbox's pages in a real browser: accessible, and usable with a keyboard alone."""

from collections.abc import Callable, Iterator

import pytest
from mollie.api.client import Client
from playwright.sync_api import Page, expect

from tests.support.browser.axe import axe_violations
from tests.support.sandbox_process import SandboxProcess

PageAt = Callable[..., Page]
Visit = Callable[..., Page]


@pytest.fixture
def visit(page_at: PageAt, sandbox: SandboxProcess) -> Iterator[Visit]:
    """Opens a page; it may ask nothing of any other address, and write no error."""
    wrong: list[str] = []

    def note_request(url: str) -> None:
        if not url.startswith(sandbox.url):
            wrong.append(url)

    def open_page(url: str, width: int = 390) -> Page:
        page = page_at(width)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda request: note_request(request.url))
        page.goto(url)
        return page

    yield open_page
    assert wrong == []


@pytest.fixture
def checkout_url(mollie: Client, sandbox: SandboxProcess) -> str:
    """A payment that comes back to the sandbox's own page for people."""
    payment = mollie.payments.create(
        {
            "amount": {"value": "52.00", "currency": "EUR"},
            "description": "Een pluktuin achter het Wijkhuis",
            "redirectUrl": f"{sandbox.url}/control/ui?q=betaald",
            "cancelUrl": f"{sandbox.url}/control/ui?q=terug",
        }
    )
    return str(payment.checkout_url)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_each_page_is_accessible_and_fits(
    visit: Visit,
    mollie: Client,
    sandbox: SandboxProcess,
    checkout_url: str,
    width: int,
) -> None:
    payment = mollie.payments.create(
        {
            "amount": {"value": "12.50", "currency": "EUR"},
            "description": "Muziek",
            "redirectUrl": f"{sandbox.url}/control/ui",
            "locale": "en_GB",
        }
    )
    sandbox.pay(payment.checkout_url)
    sandbox.refund(payment.id, value="1.00")
    sandbox.charge_back(payment.id, value="2.00")
    sandbox.switch("drop_webhook", count=3)
    for url in (checkout_url, payment.checkout_url):
        page = visit(url, width)
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page = visit(f"{sandbox.url}/control/ui", width)
    page.locator("summary").first.click()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_person_pays_with_the_keyboard(
    visit: Visit, sandbox: SandboxProcess, mollie: Client, checkout_url: str
) -> None:
    page = visit(checkout_url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="iDEAL | Wero")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Uw bank")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Creditcard")).to_be_checked()
    expect(page.get_by_label("Uw bank")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/control/ui?q=betaald")
    (payment,) = mollie.payments.list()
    assert (payment.status, payment.method) == ("paid", "creditcard")


def test_a_person_cancels(visit: Visit, mollie: Client, checkout_url: str) -> None:
    page = visit(checkout_url)
    page.get_by_role("button", name="Annuleer").click()
    page.wait_for_url("**/control/ui?q=terug")
    (payment,) = mollie.payments.list()
    assert payment.status == "canceled"
    page.goto(checkout_url)
    expect(page.get_by_role("heading", name="Geannuleerd")).to_be_visible()
    page.get_by_role("link", name="Terug naar").click()
    page.wait_for_url("**/control/ui?q=terug")


def test_a_person_lets_a_late_payment_be_paid(
    visit: Visit, sandbox: SandboxProcess, mollie: Client, checkout_url: str
) -> None:
    sandbox.pay(checkout_url, "expired")
    page = visit(f"{sandbox.url}/control/ui")
    page.get_by_text("Laat iets gebeuren").click()
    page.get_by_role("button", name="Toch nog betaald").click()
    expect(page.get_by_text("Betaald", exact=True)).to_be_visible()
    (payment,) = mollie.payments.list()
    assert payment.is_paid()
