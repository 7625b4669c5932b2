"""Paying on the screen: attempts, waiting, and honest pages on return."""

import time
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from tests.support.gift_screens import FORM, Page, SendForm, form_of, page_of, pay, plain, rows
from tests.support.jobs import run_jobs
from tests.support.sandbox_process import SandboxProcess
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.settings import Settings


@pytest.fixture
def settings(settings: Settings, sandbox: SandboxProcess) -> Settings:
    return replace(settings, sandbox_url=sandbox.url)


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen op het plein")


@pytest.fixture
def form(client: FlaskClient, campaign: Campaign) -> SendForm:
    return form_of(client, campaign)


@pytest.fixture
def gift(form: SendForm) -> str:
    """The address of a gift's own page."""
    return form().headers["Location"]


@pytest.fixture
def page(client: FlaskClient) -> Page:
    return page_of(client)


@pytest.mark.parametrize(
    ("result", "heading", "button"),
    [
        ("failed", "Your payment didn’t succeed", "Try again with €13.75"),
        ("canceled", "You have stopped the payment", "Try again with €13.75"),
        ("expired", "The payment took too long", "Try again with €13.75"),
    ],
)
def test_an_attempt_that_did_not_succeed_can_be_made_again(
    client: FlaskClient,
    gift: str,
    page: Page,
    sandbox: SandboxProcess,
    settings: Settings,
    fresh_database: Database,
    result: str,
    heading: str,
    button: str,
) -> None:
    checkout = pay(client, gift).headers["Location"]
    sandbox.pay(checkout, result)
    back = client.get(f"{gift}/terug")
    run_jobs(fresh_database, settings)
    words = page(back.headers["Location"])
    assert heading in words
    assert "No money has been taken from your bank account" in words
    assert button in words

    sandbox.pay(pay(client, gift).headers["Location"])
    client.get(f"{gift}/terug")
    run_jobs(fresh_database, settings)
    words = page(gift)
    assert "Thank you for your gift!" in words
    assert "Receipt" in words
    assert [payment.status for payment in rows(fresh_database, Payment)] == [result, "paid"]


def test_waiting_looks_again_by_itself_for_a_while(
    client: FlaskClient, gift: str, sandbox: SandboxProcess
) -> None:
    pay(client, gift)
    first = client.get(f"{gift}/terug", follow_redirects=True)
    assert first.headers["Refresh"] == f"4; url={gift}?terug=1"
    assert "Refresh" not in client.get(f"{gift}?terug=12").headers
    assert "Refresh" not in client.get(gift).headers


def test_a_payment_that_takes_days(
    client: FlaskClient,
    gift: str,
    page: Page,
    sandbox: SandboxProcess,
    settings: Settings,
    fresh_database: Database,
) -> None:
    sandbox.pay(pay(client, gift).headers["Location"], "pending")
    client.get(f"{gift}/terug")
    run_jobs(fresh_database, settings)
    assert "Your bank is working on it" in page(gift)
    answer = pay(client, gift)
    assert answer.status_code == 409
    assert "You don’t need to pay again" in plain(answer.text)


def test_the_provider_is_down(
    client: FlaskClient,
    gift: str,
    page: Page,
    sandbox: SandboxProcess,
    fresh_database: Database,
) -> None:
    sandbox.switch("error", "create_payment", status=503)
    assert pay(client, gift).headers["Location"] == gift
    words = page(gift)
    assert "The payment page can’t be reached right now. Please try again." in words
    assert "Pay €13.75" in words
    assert "Change something" not in words
    assert "/checkout/" in pay(client, gift).headers["Location"]
    assert len(rows(fresh_database, Payment)) == 1


def test_on_return_the_page_knows_at_once_that_it_was_paid(
    client: FlaskClient, gift: str, page: Page, sandbox: SandboxProcess
) -> None:
    sandbox.pay(pay(client, gift).headers["Location"])
    words = page(client.get(f"{gift}/terug").headers["Location"])
    assert "Your payment has arrived" in words
    assert "The payment provider says that you paid €13.75" in words
    assert "We don’t know yet" not in words


@pytest.mark.parametrize("result", ["failed", "canceled", "expired"])
def test_on_return_the_page_knows_at_once_that_it_was_not_paid(
    client: FlaskClient,
    gift: str,
    page: Page,
    sandbox: SandboxProcess,
    result: str,
) -> None:
    sandbox.pay(pay(client, gift).headers["Location"], result)
    words = page(client.get(f"{gift}/terug").headers["Location"])
    assert "No money has been taken from your bank account" in words
    assert "We don’t know yet" not in words


@pytest.mark.parametrize(
    ("behaviour", "values"), [("error", {"status": 503}), ("delay", {"seconds": 8})]
)
def test_a_provider_that_does_not_answer_holds_no_page_up(
    client: FlaskClient,
    gift: str,
    page: Page,
    sandbox: SandboxProcess,
    settings: Settings,
    fresh_database: Database,
    behaviour: str,
    values: dict[str, int],
) -> None:
    sandbox.pay(pay(client, gift).headers["Location"])
    sandbox.switch(behaviour, "get_payment", **values)
    begin = time.monotonic()
    back = client.get(f"{gift}/terug")
    assert time.monotonic() - begin < 5
    assert "We don’t know yet whether you have paid" in page(back.headers["Location"])
    sandbox.behave()
    run_jobs(fresh_database, settings)
    assert "Thank you for your gift!" in page(gift)


def test_a_payment_that_somebody_else_looks_at_holds_no_page_up(
    client: FlaskClient, gift: str, sandbox: SandboxProcess, fresh_database: Database
) -> None:
    sandbox.pay(pay(client, gift).headers["Location"])
    (payment,) = rows(fresh_database, Payment)
    with fresh_database.writing() as session:
        locked_payment(session, payment.id)
        begin = time.monotonic()
        assert client.get(f"{gift}/terug").status_code == 302
        assert time.monotonic() - begin < 5


@pytest.mark.parametrize(("other", "number"), [("12,50", 1), ("20", 2)])
def test_a_gift_can_be_corrected_after_a_payment_that_failed(
    client: FlaskClient,
    campaign: Campaign,
    gift: str,
    page: Page,
    sandbox: SandboxProcess,
    fresh_database: Database,
    other: str,
    number: int,
) -> None:
    """Of another total a new gift is made: the old payment may still turn out to be paid."""
    sandbox.pay(pay(client, gift).headers["Location"], "failed")
    assert "Change something" in page(client.get(f"{gift}/terug").headers["Location"])
    address = f"/acties/{campaign.slug}/geef?gift={gift.rpartition('/')[2]}"
    assert 'value="Noor Visser"' in client.get(address).text
    answer = client.post(address, data={**FORM, "other": other, "message": "Toch maar"})
    assert (answer.headers["Location"] == gift) is (number == 1)
    pledges = rows(fresh_database, Pledge)
    assert len(pledges) == number
    assert "Toch maar" in {pledge.message for pledge in pledges}
    assert {pledge.amount_cents for pledge in pledges} >= {1250}
