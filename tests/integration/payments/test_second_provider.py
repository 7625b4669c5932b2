"""A second provider is one class and one line in the registry: from the form to the ledger."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from tests.support.jobs import run_jobs
from tests.support.second_provider import NAME, SecondProvider
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.payments import providers
from voorjebuurt.payments.gateway import GatewayUnclearError
from voorjebuurt.payments.models import Payment
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.security import content_policy

TYPED = {
    "amount": "other",
    "other": "12,50",
    "tip": "1,25",
    "name": "Noor Visser",
    "email": "noor@voorbeeld.example",
    "name_public": "yes",
    "consent": "y",
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The first provider can't be reached: what goes to it goes nowhere."""
    return replace(settings, sandbox_url="http://127.0.0.1:9")


@pytest.fixture
def second_in_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The second provider is known, and new payments still go to the first."""
    monkeypatch.setitem(providers.PROVIDERS, NAME, SecondProvider)
    monkeypatch.setattr(SecondProvider, "opened", [])
    yield
    providers.connect.cache_clear()


@pytest.fixture
def second_for_new_payments(second_in_registry: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """New payments go to the second provider."""
    monkeypatch.setattr(providers, "NEW_PAYMENTS", NAME)


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="live")


def path_of(address: str) -> str:
    return urlsplit(address).path


def begin(client: FlaskClient, campaign: Campaign) -> str:
    """Enter the form and press the button; where the browser is sent."""
    gift = client.post(f"/acties/{campaign.slug}/geef", data=TYPED).headers["Location"]
    return client.post(f"{gift}/betalen").headers["Location"]


def test_a_gift_from_form_to_booking(
    second_for_new_payments: None,
    client: FlaskClient,
    campaign: Campaign,
    fresh_database: Database,
    settings: Settings,
) -> None:
    assert begin(client, campaign) == "https://provider.example/checkout"
    (gateway,) = SecondProvider.opened
    gateway.pay(lambda address, **body: client.post(path_of(address), **body))
    assert "payments.take_webhook" in run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        payment, pledge = session.scalars(select(Payment)).one(), session.scalars(select(Pledge))
        assert path_of(payment.webhook_url) == f"/hooks/{NAME}/{payment.webhook_token}"
        assert certain(payment.provider_id).startswith(SecondProvider.id_prefix)
        assert (payment.status, payment.booked_as) == ("paid", "contribution")
        assert pledge.one().status == "booked"
        assert balance(session, held(campaign.id)) == 1250
        assert all(check.passed for check in check_books(session, in_flight_max_days=1))


def test_a_payment_stays_with_the_provider_that_it_began_with(
    second_for_new_payments: None,
    client: FlaskClient,
    campaign: Campaign,
    fresh_database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin(client, campaign)
    monkeypatch.setattr(providers, "NEW_PAYMENTS", "mollie")
    (gateway,) = SecondProvider.opened
    gateway.pay(lambda address, **body: client.post(path_of(address), **body))
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        assert session.scalars(select(Payment)).one().status == "paid"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"payment": {"number": "tr_abcdefgh"}}'])
def test_a_webhook_that_names_no_payment_of_its_own_is_dropped(
    second_in_registry: None,
    client: FlaskClient,
    fresh_database: Database,
    settings: Settings,
    body: bytes,
) -> None:
    answer = client.post(f"/hooks/{NAME}/{'t' * 43}", data=body, content_type="application/json")
    assert answer.status_code == 200
    assert run_jobs(fresh_database, settings) == []


def test_the_webhook_of_one_provider_says_nothing_about_anothers_payment(
    second_in_registry: None,
    client: FlaskClient,
    campaign: Campaign,
    fresh_database: Database,
    settings: Settings,
) -> None:
    begin(client, campaign)
    with fresh_database.reading() as session:
        token = session.scalars(select(Payment)).one().webhook_token
    body = {"payment": {"number": "flor-000001"}}
    assert client.post(f"/hooks/{NAME}/{token}", json=body).status_code == 200
    assert run_jobs(fresh_database, settings) == ["payments.take_webhook"]
    assert SecondProvider.opened == []


def test_a_provider_that_nobody_knows(client: FlaskClient, settings: Settings) -> None:
    assert client.post(f"/hooks/{NAME}/{'t' * 43}", data={"id": "tr_abcdefgh"}).status_code == 404
    with pytest.raises(GatewayUnclearError, match=NAME):
        providers.connect(settings, NAME)


def test_browsers_may_be_sent_to_every_providers_checkout(
    second_in_registry: None, settings: Settings
) -> None:
    policy = content_policy(replace(settings, mollie_api_key="test_" + "a" * 30))
    origins = "https://*.mollie.com https://betaal.florijn.example"
    assert f"form-action 'self' {origins}; frame-ancestors 'none'" in policy
