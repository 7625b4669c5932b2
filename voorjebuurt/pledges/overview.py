"""Gifts with what became of their money, for staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.pledges.models import Pledge


@dataclass(frozen=True)
class GiftRow:
    """A gift, the payment that counts for it, and the refund we ordered (eurocents)."""

    id: UUID
    name: str
    email: str | None
    name_public: bool
    amount_cents: int
    tip_cents: int
    status: str
    created_at: datetime
    booked_at: datetime | None
    refund_reason: str | None
    provider_id: str | None
    refund_status: str | None


_COUNTING = (
    select(Payment.id)
    .where(Payment.pledge_id == Pledge.id, Payment.booked_at.is_not(None))
    .order_by(Payment.booked_as, Payment.booked_at)
    .limit(1)
    .correlate(Pledge)
    .scalar_subquery()
)
"""The contribution, or else the payment that was sent back first."""


_GIFTS: Select[*tuple[Any, ...]] = (
    select(
        Pledge.id,
        Pledge.name,
        Pledge.email,
        Pledge.name_public,
        Pledge.amount_cents,
        Pledge.tip_cents,
        Pledge.status,
        Pledge.created_at,
        Pledge.booked_at,
        Pledge.refund_reason,
        Payment.provider_id,
        Refund.status,
    )
    .outerjoin(Payment, Payment.id == _COUNTING)
    .outerjoin(Refund, and_(Refund.payment_id == Payment.id, Refund.reason != "dashboard"))
)


def gifts_of_campaign(
    session: Session, campaign_id: UUID, *, limit: int, offset: int = 0
) -> list[GiftRow]:
    """A campaign's gifts, the latest first."""
    latest = _GIFTS.where(Pledge.campaign_id == campaign_id).order_by(
        Pledge.created_at.desc(), Pledge.id.desc()
    )
    return [GiftRow(*row) for row in session.execute(latest.limit(limit).offset(offset))]


def gift_by_id(session: Session, pledge_id: UUID) -> GiftRow | None:
    """One gift."""
    row = session.execute(_GIFTS.where(Pledge.id == pledge_id)).one_or_none()
    return GiftRow(*row) if row else None


def gift_count(session: Session, campaign_id: UUID) -> int:
    """How many gifts were made to a campaign, paid or not."""
    return session.scalar(select(func.count()).where(Pledge.campaign_id == campaign_id)) or 0


def gift_campaign_id(session: Session, pledge_id: UUID) -> UUID | None:
    """The campaign that a gift was made to."""
    return session.scalar(select(Pledge.campaign_id).where(Pledge.id == pledge_id))
