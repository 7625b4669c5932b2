"""What the provider tells of refunds and chargebacks, where we do not understand it."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import alerts, give_back, jobs_of, own_refund, paid, refund_facts, taken
from voorjebuurt.payments.gateway import RefundFacts
from voorjebuurt.payments.models import Chargeback, Payment, Refund
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.refunds import take_chargeback_facts, take_refund_facts


@pytest.fixture
def payment(session: Session) -> Payment:
    """A gift of € 52 that was paid, of which everything is ordered back."""
    gift, payment = paid(session, CampaignFactory(status="live"))
    give_back(session, gift)
    return payment


def tell(session: Session, payment: Payment, *facts: RefundFacts) -> None:
    take_refund_facts(session, payment=locked_payment(session, payment.id), facts=facts)
    session.flush()


def test_a_status_that_we_do_not_know_is_reported_and_changes_nothing(
    session: Session, payment: Payment
) -> None:
    refund = own_refund(session, payment)
    for _ in range(2):
        tell(session, payment, refund_facts("on_the_moon", refund=refund))
    assert (refund.status, refund.provider_id) == ("asked", "re_1")
    assert alerts(session) == ["refund_status_unknown"]
    assert jobs_of(session, "pledges.book_refund") == 0
    tell(session, payment, refund_facts("refunded", refund=refund))
    assert (refund.status, payment.refunded_cents) == ("refunded", 5200)


def test_old_news_of_a_refund_changes_nothing(session: Session, payment: Payment) -> None:
    refund = own_refund(session, payment)
    tell(session, payment, refund_facts("refunded", refund=refund))
    tell(session, payment, refund_facts("pending", refund=refund))
    assert refund.status == "refunded"
    assert jobs_of(session, "pledges.book_refund") == 1


@pytest.mark.parametrize(
    "facts",
    [
        refund_facts("on_the_moon", 1000, number=2),
        replace(refund_facts("pending", number=2), amount_cents=None),
    ],
    ids=["unknown status", "not in euros"],
)
def test_a_refund_of_the_dashboard_that_can_not_be_booked_is_not_taken(
    session: Session, payment: Payment, facts: RefundFacts
) -> None:
    tell(session, payment, facts)
    (refund,) = session.scalars(select(Refund).where(Refund.payment_id == payment.id))
    assert (refund.reason, refund.status) == ("donor", "asked")


def test_a_chargeback_without_an_amount_in_euros_is_not_taken(
    session: Session, payment: Payment
) -> None:
    row = locked_payment(session, payment.id)
    unclear = replace(taken(number=1), amount_cents=None)
    take_chargeback_facts(session, payment=row, facts=[unclear, taken(1200, number=2)])
    session.flush()
    (chargeback,) = session.scalars(select(Chargeback))
    assert (chargeback.provider_id, row.charged_back_cents) == ("chb_2", 1200)


def test_a_chargeback_that_is_told_again_is_taken_once(session: Session, payment: Payment) -> None:
    row = locked_payment(session, payment.id)
    for _ in range(2):
        take_chargeback_facts(
            session, payment=row, facts=[taken(1200, number=1), taken(300, number=2)]
        )
        session.flush()
    assert (len(session.scalars(select(Chargeback)).all()), row.charged_back_cents) == (2, 1500)
    assert jobs_of(session, "pledges.book_chargeback") == 2
