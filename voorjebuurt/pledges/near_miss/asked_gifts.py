"""Gifts whose donors are asked what must become of them, and those that go back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.models import NearMiss, NearMissAnswer
from voorjebuurt.pledges.rules import NoAnswer, PledgeStatus


def asked_gifts(session: Session, near_miss: NearMiss, *, silent: bool = False) -> Sequence[UUID]:
    """The gifts whose donors are asked; ``silent``: only those that were not answered yet.

    Who paid in a second turn knew the changed plan: that gift is given to it and stays.
    """
    if near_miss.asked_at is None:
        return []
    statement = (
        select(Pledge.id)
        .outerjoin(
            Payment, and_(Payment.pledge_id == Pledge.id, Payment.booked_as == "contribution")
        )
        .where(
            Pledge.campaign_id == near_miss.campaign_id,
            Pledge.status == PledgeStatus.BOOKED,
            or_(
                Payment.paid_at < near_miss.asked_at,
                # Cash of somebody who gave at a desk, and can be asked on paper.
                Payment.id.is_(None) & Pledge.by_hand & (Pledge.booked_at < near_miss.asked_at),
            ),
        )
        .order_by(Pledge.booked_at, Pledge.id)
    )
    if silent:
        statement = statement.where(~_is_answered(near_miss))
    return session.scalars(statement).all()


def gifts_to_return(session: Session, near_miss: NearMiss) -> Sequence[UUID]:
    """The gifts that go back because their donors did not answer, as was said at pledging."""
    silent = asked_gifts(session, near_miss, silent=True)
    statement = select(Pledge.id).where(Pledge.id.in_(silent), Pledge.no_answer == NoAnswer.BACK)
    return session.scalars(statement.order_by(Pledge.booked_at, Pledge.id)).all()


def _is_answered(near_miss: NearMiss) -> ColumnElement[bool]:
    return exists().where(
        NearMissAnswer.near_miss_id == near_miss.id, NearMissAnswer.pledge_id == Pledge.id
    )
