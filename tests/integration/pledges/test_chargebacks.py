"""What banks take back, and give back after all."""

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import (
    alerts,
    attempt,
    balances,
    close,
    give_back,
    own_refund,
    paid,
    pledge,
    refund_facts,
    taken,
    tell,
    tell_chargeback,
    tell_refund,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import (
    BANK,
    PROVIDER,
    SUSPENSE,
    TIPS,
    chargeback_receivable,
    credit,
    debit,
    held,
    payable,
    tips_deferred,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.refunds import take_chargeback_facts
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import RefundReason


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


@pytest.fixture
def gift(session: Session, campaign: Campaign) -> tuple[Pledge, Payment]:
    return paid(session, campaign)


def test_a_chargeback_before_the_decision(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    tell_chargeback(session, payment, taken())
    assert promise.status == "charged_back"
    accounts = (PROVIDER, held(campaign.id), tips_deferred(campaign.id), SUSPENSE)
    assert balances(session, *accounts) == (0, 0, 0, 0)
    tell_chargeback(session, payment, taken(given_back=True))
    assert promise.status == "booked"
    assert balances(session, *accounts) == (5200, 5000, 200, 0)
    assert alerts(session) == ["chargeback"]


def test_a_partial_chargeback_leaves_the_rest_of_the_gift(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    tell_chargeback(session, payment, taken(4000))
    assert promise.status == "booked"
    assert balances(session, PROVIDER, held(campaign.id), tips_deferred(campaign.id)) == (
        1200,
        1000,
        200,
    )
    give_back(session, promise, RefundReason.CAMPAIGN_FAILED)
    assert own_refund(session, payment).amount_cents == 1200
    assert balances(session, held(campaign.id), tips_deferred(campaign.id)) == (0, 0)


def test_a_chargeback_after_success_takes_the_tip_from_our_income(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    close(session, campaign)
    tell_chargeback(session, payment, taken())
    assert promise.status == "charged_back"
    receivable = chargeback_receivable(campaign.id)
    assert balances(session, payable(campaign.id), TIPS, receivable) == (0, 0, 0)


def test_a_chargeback_after_the_payout_is_owed_by_the_initiator(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    _, payment = gift
    close(session, campaign)
    pay_out(session, campaign)
    tell_chargeback(session, payment, taken())
    receivable = chargeback_receivable(campaign.id)
    assert balances(session, receivable, payable(campaign.id), TIPS) == (5000, 0, 0)


def test_given_back_after_success_goes_on_to_the_initiator(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    _, payment = gift
    paid(session, campaign)
    tell_chargeback(session, payment, taken())
    close(session, campaign)
    tell_chargeback(session, payment, taken(given_back=True))
    assert balances(session, held(campaign.id), payable(campaign.id), TIPS) == (0, 10_000, 400)


def test_given_back_after_the_rest_was_refunded_waits_for_a_person(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    tell_chargeback(session, payment, taken(4000))
    give_back(session, promise)
    tell_chargeback(session, payment, taken(4000, given_back=True))
    assert balances(session, held(campaign.id), SUSPENSE) == (0, 4000)
    assert alerts(session) == ["chargeback", "money_unexplained"]


def test_a_chargeback_of_a_refunded_gift_is_not_explained(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    other, _ = paid(session, campaign)
    give_back(session, promise)
    tell_refund(session, payment, refund_facts("refunded", refund=own_refund(session, payment)))
    tell_chargeback(session, payment, taken())
    assert (promise.status, other.status) == ("refunded", "booked")
    assert balances(session, held(campaign.id), SUSPENSE) == (5000, -5200)


def test_news_of_a_chargeback_before_that_of_the_payment_is_booked(
    session: Session, campaign: Campaign
) -> None:
    """Both came at once, and the second job was faster."""
    promise = pledge(session, campaign)
    payment = tell(session, attempt(session, promise))
    tell_chargeback(session, payment, taken())
    assert promise.status == "charged_back"
    assert balances(session, PROVIDER, held(campaign.id), SUSPENSE) == (0, 0, 0)


def pay_out(session: Session, campaign: Campaign) -> None:
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key="test:payout",
        entries=[debit(payable(campaign.id), 5000), credit(BANK, 5000)],
    )
    campaign.status = "paid_out"


def test_what_was_taken_is_booked_before_the_rest_is_returned(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    """The news is there and its booking job still waits: no more is sent than there is."""
    promise, payment = gift
    take_chargeback_facts(session, payment=locked_payment(session, payment.id), facts=[taken(4000)])
    give_back(session, promise, RefundReason.CAMPAIGN_FAILED)
    assert own_refund(session, payment).amount_cents == 1200
    accounts = (held(campaign.id), tips_deferred(campaign.id), SUSPENSE)
    assert balances(session, *accounts) == (0, 0, 0)


def test_nothing_is_left_to_return_of_what_was_taken_whole(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    take_chargeback_facts(session, payment=locked_payment(session, payment.id), facts=[taken()])
    assert not give_back(session, promise, RefundReason.CAMPAIGN_FAILED)
    assert promise.status == "charged_back"
