"""From the provider's facts to the ledger: what is booked, where, and once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import attempt, balances, jobs_of, paid, pledge, tell
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.ledger.queries import posting_by_key
from voorjebuurt.ledger.rules import (
    PROVIDER,
    REFUNDS_IN_FLIGHT,
    SUSPENSE,
    TIPS,
    held,
    payable,
    tips_deferred,
)
from voorjebuurt.payments.rules import PaymentStatus
from voorjebuurt.pledges.booking import book_payment


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


def test_a_paid_gift_is_held_with_its_tip_apart(session: Session, campaign: Campaign) -> None:
    gift, payment = paid(session, campaign)
    assert gift.status == "booked"
    assert (payment.booked_as, payment.received_cents) == ("contribution", 5200)
    assert posting_by_key(session, f"mollie:{payment.provider_id}:paid") == {
        "mollie": 5200,
        held(campaign.id).code: -5000,
        tips_deferred(campaign.id).code: -200,
    }


def test_booking_again_changes_nothing(session: Session, campaign: Campaign) -> None:
    _, payment = paid(session, campaign)
    version = campaign.version
    book_payment(session, payment_id=payment.id)
    assert campaign.version == version
    assert balances(session, PROVIDER) == (5200,)


def test_the_public_page_is_told(session: Session, campaign: Campaign) -> None:
    before = campaign.version
    paid(session, campaign)
    assert campaign.version > before


@pytest.mark.parametrize("status", sorted(set(PaymentStatus) - {PaymentStatus.PAID}))
def test_what_is_not_paid_is_not_booked(
    session: Session, campaign: Campaign, status: PaymentStatus
) -> None:
    payment = attempt(session, pledge(session, campaign))
    payment.status = status.value
    book_payment(session, payment_id=payment.id)
    assert payment.booked_at is None
    assert balances(session, PROVIDER) == (0,)


def test_a_late_payment_is_booked_and_goes_back_in_one_go(
    session: Session, campaign: Campaign
) -> None:
    gift = pledge(session, campaign)
    payment = tell(session, attempt(session, gift), paid_at=campaign.closes_at)
    book_payment(session, payment_id=payment.id)
    assert (gift.status, gift.refund_reason) == ("refunding", "late")
    accounts = (PROVIDER, held(campaign.id), tips_deferred(campaign.id), REFUNDS_IN_FLIGHT)
    assert balances(session, *accounts) == (5200, 0, 0, 5200)
    assert jobs_of(session, "payments.send_refund") == 1


@pytest.mark.parametrize("status", ["succeeded", "paid_out"])
def test_in_time_for_a_campaign_that_was_decided_without_it(
    session: Session, campaign: Campaign, status: str
) -> None:
    gift = pledge(session, campaign)
    in_time = certain(campaign.closes_at) - timedelta(seconds=1)
    payment = tell(session, attempt(session, gift), paid_at=in_time)
    campaign.status = status
    book_payment(session, payment_id=payment.id)
    assert gift.status == "booked"
    assert balances(session, held(campaign.id), payable(campaign.id), TIPS) == (0, 5000, 200)


@pytest.mark.parametrize(
    ("facts", "anomaly", "suspense"),
    [
        ({"amount_cents": 5199}, "amount", 5199),
        ({"currency": "USD", "settlement_cents": 4800}, "currency", 4800),
        ({"currency": "USD", "settlement_cents": None}, "currency", 0),
        ({"metadata": {}}, "metadata", 5200),
        ({"metadata": {"payment_id": "x", "pledge_id": "y"}}, "metadata", 5200),
        ({"mode": "live"}, "mode", 0),
    ],
)
def test_money_that_is_not_as_asked_counts_nowhere(
    session: Session, campaign: Campaign, facts: dict[str, Any], anomaly: str, suspense: int
) -> None:
    gift = pledge(session, campaign)
    payment = tell(session, attempt(session, gift), **facts)
    book_payment(session, payment_id=payment.id)
    assert payment.anomaly == anomaly
    assert gift.status == "open"
    assert balances(session, PROVIDER, held(campaign.id), SUSPENSE) == (suspense, 0, suspense)


def test_a_payment_that_does_not_match_its_gift_is_a_defect(
    session: Session, campaign: Campaign
) -> None:
    gift = pledge(session, campaign)
    payment = tell(session, attempt(session, gift))
    gift.amount_cents += 1
    with pytest.raises(InvariantError):
        book_payment(session, payment_id=payment.id)


def test_paid_and_partly_sent_back_before_we_heard_of_it(
    session: Session, campaign: Campaign
) -> None:
    """A late payment of which a colleague returned a part already: nobody guesses the rest."""
    gift = pledge(session, campaign)
    payment = tell(session, attempt(session, gift), paid_at=campaign.closes_at)
    payment.refunded_cents = 1000
    book_payment(session, payment_id=payment.id)
    assert payment.booked_as == "suspense"
    assert balances(session, held(campaign.id), SUSPENSE) == (0, 5200)


@pytest.mark.parametrize("before", ["paid"])
@pytest.mark.parametrize(
    "stale", ["open", "pending", "authorized", "failed", "canceled", "expired", "gone_fishing"]
)
def test_stale_or_strange_news_changes_nothing(
    session: Session, campaign: Campaign, before: str, stale: str
) -> None:
    gift, payment = paid(session, campaign)
    tell(session, payment, stale)
    assert payment.status == before
    assert gift.status == "booked"


@pytest.mark.parametrize("last", ["failed", "canceled", "expired"])
@pytest.mark.parametrize("stale", ["open", "pending", "authorized"])
def test_stale_news_of_an_ended_payment_changes_nothing(
    session: Session, campaign: Campaign, last: str, stale: str
) -> None:
    payment = tell(session, attempt(session, pledge(session, campaign)), last)
    tell(session, payment, stale)
    assert payment.status == last


def test_the_news_is_passed_on_once(session: Session, campaign: Campaign) -> None:
    payment = attempt(session, pledge(session, campaign))
    for status in ("open", "expired", "expired", "paid", "paid", "expired"):
        tell(session, payment, status)
    assert jobs_of(session, "pledges.note_unpaid") == 1
    assert jobs_of(session, "pledges.book_payment") == 1
