"""Money on its way back: refunds done and failed, by us and by colleagues."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import (
    alerts,
    balances,
    give_back,
    mails,
    own_refund,
    paid,
    pledge,
    refund_facts,
    tell,
    tell_refund,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.ledger.rules import (
    PROVIDER,
    REFUNDS_IN_FLIGHT,
    SUSPENSE,
    UNCLAIMED,
    held,
    tips_deferred,
)
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.service import twin_payment
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import Pledge


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


@pytest.fixture
def gift(session: Session, campaign: Campaign) -> tuple[Pledge, Payment]:
    return paid(session, campaign)


def test_a_refund_from_order_to_done(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    assert give_back(session, promise)
    accounts = (PROVIDER, held(campaign.id), tips_deferred(campaign.id), REFUNDS_IN_FLIGHT)
    assert balances(session, *accounts) == (5200, 0, 0, 5200)
    for status in ("queued", "pending", "processing"):
        tell_refund(session, payment, refund_facts(status, refund=own_refund(session, payment)))
        assert promise.status == "refunding"
    tell_refund(session, payment, refund_facts("refunded"))
    assert promise.status == "refunded"
    assert balances(session, *accounts) == (0, 0, 0, 0)
    tell_refund(session, payment, refund_facts("pending"))
    assert promise.status == "refunded", "stale news changes nothing"
    assert mails(session) == ["campaign_mark", "first_gift", "receipt", "refund_asked", "refunded"]


@pytest.mark.parametrize("end", ["failed", "canceled"])
def test_a_refund_that_fails_is_owed_to_the_donor(
    session: Session, gift: tuple[Pledge, Payment], end: str
) -> None:
    promise, payment = gift
    give_back(session, promise)
    tell_refund(session, payment, refund_facts(end, refund=own_refund(session, payment)))
    assert promise.status == "unclaimed"
    assert balances(session, PROVIDER, REFUNDS_IN_FLIGHT, UNCLAIMED) == (5200, 0, 5200)
    assert alerts(session) == ["refund_failed"]


def test_a_refund_that_comes_back_after_it_was_done(
    session: Session, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    give_back(session, promise)
    for status in ("refunded", "failed"):
        tell_refund(session, payment, refund_facts(status, refund=own_refund(session, payment)))
    assert promise.status == "unclaimed"
    assert balances(session, PROVIDER, REFUNDS_IN_FLIGHT, UNCLAIMED) == (5200, 0, 5200)


def test_a_gift_goes_back_once(session: Session, gift: tuple[Pledge, Payment]) -> None:
    promise, _ = gift
    assert give_back(session, promise)
    assert not give_back(session, promise)
    assert session.scalar(select(func.count()).select_from(Refund)) == 1


def test_the_money_of_a_won_campaign_does_not_go_back(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    campaign.status = "succeeded"
    with pytest.raises(DomainError, match="refund_after_success"):
        give_back(session, gift[0])


def test_a_booked_pledge_without_a_payment_is_a_defect(
    session: Session, campaign: Campaign
) -> None:
    promise = pledge(session, campaign)
    promise.status, promise.booked_at = "booked", clock.now()
    session.flush()
    with pytest.raises(InvariantError):
        give_back(session, promise)


def test_a_second_refund_under_our_name_is_not_ours(
    session: Session, gift: tuple[Pledge, Payment]
) -> None:
    """Made twice by whatever accident: both amounts left, and both are booked."""
    promise, payment = gift
    give_back(session, promise)
    refund = own_refund(session, payment)
    tell_refund(session, payment, refund_facts("refunded", refund=refund))
    tell_refund(session, payment, refund_facts("refunded", number=2, refund=refund))
    assert balances(session, PROVIDER, SUSPENSE) == (-5200, -5200)
    assert alerts(session) == ["money_unexplained"]


def test_all_of_it_refunded_in_the_dashboard(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    tell_refund(session, payment, refund_facts("refunded"))
    assert (promise.status, promise.refund_reason) == ("refunded", "dashboard")
    accounts = (PROVIDER, held(campaign.id), tips_deferred(campaign.id))
    assert balances(session, *accounts) == (0, 0, 0)
    assert mails(session) == ["campaign_mark", "first_gift", "receipt", "refunded"]


def test_a_part_refunded_in_the_dashboard_then_the_rest_by_us(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    tell_refund(session, payment, refund_facts("refunded", cents=1000))
    assert promise.status == "booked"
    assert balances(session, held(campaign.id)) == (4000,)
    give_back(session, promise)
    refund = own_refund(session, payment)
    assert (refund.from_campaign_cents, refund.from_tip_cents) == (4000, 200)
    tell_refund(session, payment, refund_facts("refunded", 4200, number=2, refund=refund))
    assert promise.status == "refunded"
    assert balances(session, PROVIDER, held(campaign.id), REFUNDS_IN_FLIGHT) == (0, 0, 0)


def test_a_dashboard_refund_of_a_second_payment_leaves_the_gift_alone(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    twin = twin_of(session, payment)
    book_payment(session, payment_id=twin.id)
    tell_refund(session, twin, refund_facts("refunded"))
    assert promise.status == "booked"
    assert balances(session, held(campaign.id), SUSPENSE) == (5000, -5200)
    assert alerts(session) == ["money_unexplained"]


def twin_of(session: Session, payment: Payment) -> Payment:
    """A second payment that the provider made of the same question, paid as well."""
    twin = twin_payment(session, payment=payment, provider_id="tr_twin000001")
    ours = {"payment_id": str(payment.id), "pledge_id": str(payment.pledge_id)}
    return tell(session, twin, metadata=ours)
