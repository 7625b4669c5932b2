"""Reading payments and refunds."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.rules import (
    REFUND_UNDECIDED,
    UNDECIDED,
    UNPAID_FINAL,
    PaymentSequence,
    PaymentStatus,
)

LATE_NEWS_DAYS = 3
"""For so long after it failed, was cancelled or expired, a payment is still looked at."""


DISPUTE_DAYS = 180
"""For so long after paying a card or Wero payment can be charged back."""


def provider_of_sql(
    webhook_url: SQLColumnExpression[str] | InstrumentedAttribute[str],
) -> SQLColumnExpression[str]:
    """The same as ``rules.provider_of`` in a query."""
    return func.split_part(webhook_url, "/", -2)


def locked_payment(session: Session, payment_id: UUID) -> Payment:
    """The payment's row, held until the commit. Raises ``NotFoundError``."""
    payment = session.get(Payment, payment_id, with_for_update=True, populate_existing=True)
    if payment is None:
        raise NotFoundError("payment_not_found")
    return payment


def payment_by_token(session: Session, webhook_token: str) -> Payment | None:
    """The payment that carries this secret in its webhook address."""
    return session.scalar(select(Payment).where(Payment.webhook_token == webhook_token))


def payment_by_provider_id(session: Session, provider_id: str) -> Payment | None:
    """The payment that the provider calls so."""
    return session.scalar(select(Payment).where(Payment.provider_id == provider_id))


def statuses_by_provider_id(session: Session, provider_ids: Collection[str]) -> dict[str, str]:
    """What we know of payments, by what the provider calls them; unknown ones are not there."""
    statement = select(Payment.provider_id, Payment.status)
    rows = session.execute(statement.where(Payment.provider_id.in_(provider_ids)))
    return {row.provider_id: row.status for row in rows if row.provider_id is not None}


def payments_of_pledge(session: Session, pledge_id: UUID) -> Sequence[Payment]:
    """All attempts to pay a pledge, oldest first."""
    statement = (
        select(Payment)
        .where(Payment.pledge_id == pledge_id)
        .order_by(Payment.created_at, Payment.id)
    )
    return session.scalars(statement).all()


def refunds_of_payment(session: Session, payment_id: UUID) -> Sequence[Refund]:
    """All refunds of a payment, oldest first."""
    statement = select(Refund).where(Refund.payment_id == payment_id).order_by(Refund.asked_at)
    return session.scalars(statement).all()


def payments_to_sync(session: Session, *, limit: int) -> Sequence[UUID]:
    """Payments at the provider whose news may have been lost, longest unseen first.

    An undecided one is looked at again when a tenth of its age (at least three minutes) has
    passed since the last look; one that ended unpaid twice a day for three days, because
    ``paid`` may still follow; one with an undecided refund every hour.
    """
    now = clock.now()
    last_look = func.coalesce(Payment.fetched_at, Payment.created_at)
    awaits_outcome = and_(
        Payment.status.in_(sorted(UNDECIDED)),
        last_look < now - timedelta(minutes=3),
        func.date_part("epoch", now - last_look) * 10
        > func.date_part("epoch", now - Payment.created_at),
    )
    ended_unpaid = and_(
        Payment.status.in_(sorted(UNPAID_FINAL)),
        Payment.created_at > now - timedelta(days=LATE_NEWS_DAYS),
        last_look < now - timedelta(hours=12),
    )
    refunding = and_(
        last_look < now - timedelta(hours=1),
        select(Refund.id)
        .where(
            Refund.payment_id == Payment.id,
            Refund.status.in_(sorted(REFUND_UNDECIDED)),
            Refund.provider_id.is_not(None),
        )
        .exists(),
    )
    statement = (
        select(Payment.id)
        .where(Payment.provider_id.is_not(None), or_(awaits_outcome, ended_unpaid, refunding))
        .order_by(last_look)
        .limit(limit)
    )
    return session.scalars(statement).all()


def paid_to_revisit(session: Session, *, limit: int) -> Sequence[UUID]:
    """Paid payments to look at once a week for as long as they can be disputed, oldest look first.

    A refund made in the provider's dashboard, or a chargeback, is told by a webhook only, and
    webhooks get lost.
    """
    now = clock.now()
    statement = (
        select(Payment.id)
        .where(
            Payment.status == PaymentStatus.PAID,
            Payment.paid_at > now - timedelta(days=DISPUTE_DAYS),
            Payment.fetched_at < now - timedelta(days=7),
        )
        .order_by(Payment.fetched_at)
        .limit(limit)
    )
    return session.scalars(statement).all()


def payments_without_answer(session: Session, *, before: datetime, limit: int) -> Sequence[UUID]:
    """Payments committed before that moment of which we never heard whether they were made.

    But those that are collected: whoever made them asks on until there is an answer.
    """
    statement = (
        select(Payment.id)
        .where(
            Payment.status == PaymentStatus.CREATING,
            Payment.provider_id.is_(None),
            Payment.sequence != PaymentSequence.RECURRING,
            Payment.created_at < before,
        )
        .order_by(Payment.created_at)
        .limit(limit)
    )
    return session.scalars(statement).all()


def paid_unbooked(session: Session, *, before: datetime, limit: int) -> Sequence[UUID]:
    """Paid payments that are not in the ledger yet, of which the news is older than ``before``."""
    statement = (
        select(Payment.id)
        .where(
            Payment.status == PaymentStatus.PAID,
            Payment.booked_at.is_(None),
            Payment.fetched_at < before,
        )
        .order_by(Payment.paid_at)
        .limit(limit)
    )
    return session.scalars(statement).all()


def refunds_to_send(session: Session, *, before: datetime, limit: int) -> Sequence[UUID]:
    """Refunds asked before that moment that never reached the provider, as far as we know."""
    statement = (
        select(Refund.id)
        .where(Refund.status == "asked", Refund.asked_at < before)
        .order_by(Refund.asked_at)
        .limit(limit)
    )
    return session.scalars(statement).all()
