"""The sandbox's pages for people, in process: what they show and what their buttons do."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from voorjebuurt.kernel.catalogues import catalogue
from voorjebuurt.local.sandbox.app import create_app
from voorjebuurt.local.sandbox.balance import available_cents
from voorjebuurt.local.sandbox.context import Sandbox, open_sandbox
from voorjebuurt.local.sandbox.control_ui import ACTIONS, PRESETS
from voorjebuurt.local.sandbox.entities import Payment, Refund
from voorjebuurt.local.sandbox.options import Options
from voorjebuurt.local.sandbox.payments import (
    NewPayment,
    change_status,
    create_payment,
    payment_by_id,
)
from voorjebuurt.local.sandbox.refunds import create_refund
from voorjebuurt.local.sandbox.texts import euros


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = open_sandbox(Options(state=tmp_path / "state"))
    yield sandbox
    sandbox.store.close()


@pytest.fixture
def browser(sandbox: Sandbox) -> FlaskClient:
    return create_app(sandbox).test_client()


def opened(sandbox: Sandbox, **values: Any) -> Payment:
    usual: dict[str, Any] = {
        "amount_cents": 125_000,
        "currency": "EUR",
        "description": "Bankje <b>in</b> de Dorpsstraat",
        "redirect_url": "https://site.example/giften/abc",
        "cancel_url": None,
        "webhook_url": "https://site.example/haakje",
        "methods": [],
        "metadata": {"pledge": "abc"},
        "locale": None,
    }
    return create_payment(sandbox, NewPayment(**usual | values))


def paid(sandbox: Sandbox) -> Payment:
    return change_status(sandbox, opened(sandbox), "paid")


def refunded(sandbox: Sandbox) -> tuple[Payment, Refund]:
    payment = paid(sandbox)
    refund = create_refund(sandbox, payment, cents=1000, description="", metadata=None)
    return payment, refund


def press(browser: FlaskClient, action: str, target: str = "", **more: str) -> str:
    """Press a button; gives the page that follows."""
    answer = browser.post("/control/ui", data={"action": action, "id": target, **more})
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"]
    assert address.startswith(("ui?", "ui#"))
    return browser.get(f"/control/{address}").text


def test_the_checkout_page_says_what_is_paid_and_that_it_is_not_real(
    sandbox: Sandbox, browser: FlaskClient
) -> None:
    page = browser.get(f"/checkout/{opened(sandbox).token}").text
    assert '<html lang="nl">' in page
    assert "Betaalsandbox – er wordt niets afgeschreven" in page
    assert "€\u00a01.250,00" in page
    assert "Bankje &lt;b&gt;in&lt;/b&gt; de Dorpsstraat" in page
    assert re.findall(r'name="method" value="(\w+)"', page) == [
        "ideal",
        "creditcard",
        "bancontact",
    ]


def test_the_checkout_page_is_in_the_language_of_the_payment(
    sandbox: Sandbox, browser: FlaskClient
) -> None:
    page = browser.get(f"/checkout/{opened(sandbox, locale='en_GB').token}").text
    assert '<html lang="en">' in page
    assert "Pay €1,250.00" in page


def test_only_the_methods_that_were_asked_are_offered(
    sandbox: Sandbox, browser: FlaskClient
) -> None:
    payment = opened(sandbox, methods=["bancontact"])
    page = browser.get(f"/checkout/{payment.token}").text
    assert re.findall(r'name="method" value="(\w+)"', page) == ["bancontact"]
    answer = browser.post(f"/checkout/{payment.token}", data={"method": "ideal", "result": "paid"})
    assert answer.status_code == 400
    assert payment_by_id(sandbox, payment.id).status == "open"


@pytest.mark.parametrize("status", ["paid", "failed", "canceled", "expired", "pending"])
def test_afterwards_the_page_says_how_it_went_and_leads_back(
    sandbox: Sandbox, browser: FlaskClient, status: str
) -> None:
    payment = change_status(sandbox, opened(sandbox), status)
    page = browser.get(f"/checkout/{payment.token}").text
    assert catalogue("nl").text("checkout", f"{status}_text") in page
    assert 'href="https://site.example/giften/abc"' in page
    assert "<form" not in page


def test_a_payment_that_does_not_exist_has_a_page_that_says_so(browser: FlaskClient) -> None:
    answer = browser.get("/checkout/nothing")
    assert answer.status_code == 404
    assert catalogue("nl").text("checkout", "missing") in answer.text


def test_a_form_of_another_site_is_refused(sandbox: Sandbox, browser: FlaskClient) -> None:
    payment = opened(sandbox)
    data = {"method": "ideal", "result": "paid"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post(f"/checkout/{payment.token}", data=data, headers=headers).status_code == 403
    assert (
        browser.post("/control/ui", data={"action": "settle"}, headers=headers).status_code == 403
    )
    assert payment_by_id(sandbox, payment.id).status == "open"


@pytest.mark.parametrize("path", ["/checkout/{token}", "/control/ui"])
def test_no_page_asks_for_anything_of_another_address(
    sandbox: Sandbox, browser: FlaskClient, path: str
) -> None:
    payment = opened(sandbox)
    answer = browser.get(path.format(token=payment.token))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', answer.text)
    assert addresses
    assert not [address for address in addresses if address.startswith(("/", "http"))]
    assert "style=" not in answer.text
    assert "<script" not in answer.text


def test_the_style_is_a_file_beside_the_checkout_page(browser: FlaskClient) -> None:
    with browser.get("/checkout/sandbox.css") as answer:
        assert answer.mimetype == "text/css"
        assert "http" not in answer.get_data(as_text=True).replace("https://", "http://")


@pytest.mark.parametrize("status", ["paid", "pending", "failed", "canceled", "expired"])
def test_a_person_can_let_a_payment_go_any_way(
    sandbox: Sandbox, browser: FlaskClient, status: str
) -> None:
    payment = change_status(sandbox, opened(sandbox), "expired")
    page = press(browser, status, payment.id, anchor=payment.id)
    assert payment_by_id(sandbox, payment.id).status == status
    assert f'class="status {status}"' in page


def test_a_person_can_refund_and_let_refunds_come_back(
    sandbox: Sandbox, browser: FlaskClient
) -> None:
    payment, refund = refunded(sandbox)
    assert "onderweg" in press(browser, "refund_processing", refund.id)
    assert "terugbetaald" in press(browser, "refund_refunded", refund.id)
    assert "mislukt" in press(browser, "refund_failed", refund.id)
    press(browser, "refund", payment.id)
    assert available_cents(sandbox) == 0


def test_a_person_can_play_the_bank(sandbox: Sandbox, browser: FlaskClient) -> None:
    payment = paid(sandbox)
    page = press(browser, "chargeback", payment.id)
    assert "Storno" in page
    assert available_cents(sandbox) == 0
    chargeback = re.search(r"chb_\w+", page)
    assert chargeback
    assert "teruggedraaid" in press(browser, "reverse", chargeback[0])
    assert available_cents(sandbox) == 125_000
    press(browser, "copy", payment.id)
    assert available_cents(sandbox) == 250_000
    press(browser, "settle")
    assert available_cents(sandbox) == 0


def test_what_can_not_be_done_is_said(sandbox: Sandbox, browser: FlaskClient) -> None:
    payment = paid(sandbox)
    press(browser, "chargeback", payment.id)
    assert 'role="alert"' in press(browser, "chargeback", payment.id)
    assert 'role="alert"' in press(browser, "paid", "tr_unknown000")
    assert 'role="alert"' in press(browser, "misbehave", "lost", count="0")
    assert browser.post("/control/ui", data={"action": "dance"}).status_code == 400


def test_every_fault_in_the_list_can_be_switched_on_and_off(
    sandbox: Sandbox, browser: FlaskClient
) -> None:
    for name, (label, _) in PRESETS.items():
        assert f"{label}: nog 2 keer" in press(browser, "misbehave", name, count="2")
    assert len(sandbox.switches.all()) == len(PRESETS)
    press(browser, "behave")
    assert sandbox.switches.all() == []


def test_the_buttons_on_the_page_are_all_known(sandbox: Sandbox, browser: FlaskClient) -> None:
    for status in ("open", "pending", "failed", "canceled", "expired"):
        change_status(sandbox, opened(sandbox), status)
    paid(sandbox)
    payment, _ = refunded(sandbox)
    press(browser, "chargeback", payment.id)
    sandbox.clock.stand_at(sandbox.clock.now())
    page = press(browser, "misbehave", "lost")
    assert set(re.findall(r'name="action" value="(\w+)"', page)) == set(ACTIONS) - {"pending"}


def test_payments_are_found_by_their_words_and_pages(
    sandbox: Sandbox, browser: FlaskClient
) -> None:
    for number in range(15):
        opened(sandbox, description=f"Betaling nummer {number}")
    page = browser.get("/control/ui").text
    assert page.count("<h3>") == 12
    older = re.search(r'href="(ui\?[^"]*before=[^"]*)"', page)
    assert older
    rest = browser.get(f"/control/{older[1].replace('&amp;', '&')}").text
    assert re.findall(r"<h3>(.*)</h3>", rest) == [
        f"Betaling nummer {number}" for number in (2, 1, 0)
    ]
    assert browser.get("/control/ui?q=nummer+14").text.count("<h3>") == 1
    assert "Niets gevonden" in browser.get("/control/ui?q=tulpen").text


def test_both_languages_have_the_same_texts() -> None:
    dutch, english = (catalogue(language) for language in ("nl", "en"))
    keys = dutch.keys("checkout")
    assert keys == english.keys("checkout")
    assert all(
        dutch.text("checkout", key).count("{") == english.text("checkout", key).count("{")
        for key in keys
    )


@pytest.mark.parametrize(
    ("cents", "locale", "text"),
    [
        (5, "nl_NL", "€\u00a00,05"),
        (123_456_789, None, "€\u00a01.234.567,89"),
        (123_456_789, "en_US", "€1,234,567.89"),
    ],
)
def test_amounts_are_written_as_people_do(cents: int, locale: str | None, text: str) -> None:
    assert euros(cents, locale) == text
