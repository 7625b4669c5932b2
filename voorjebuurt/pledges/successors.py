"""Pledges that one donor made after each other for one gift: of all of them one is paid.

A pledge whose payment came to nothing can be corrected. With another total it becomes another
pledge, for news may still come that the first attempt was paid, and then it must fit.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus


def family_id(pledge: Pledge) -> UUID:
    """The first pledge of the gift."""
    return pledge.first_id or pledge.id


def successor(session: Session, pledge: Pledge) -> Pledge | None:
    """The last pledge of the same gift, when that is a later one."""
    statement = select(Pledge).where(_same_gift(pledge), Pledge.created_at > pledge.created_at)
    return session.scalars(statement.order_by(Pledge.created_at.desc()).limit(1)).first()


def is_paid_by_another(session: Session, pledge: Pledge) -> bool:
    """Whether another pledge of the same gift counts. Who books holds the campaign meanwhile."""
    return counting_token(session, pledge) is not None


def counting_token(session: Session, pledge: Pledge) -> str | None:
    """The token of another pledge of the same gift that counts, if there is one."""
    statement = select(Pledge.token).where(
        _same_gift(pledge), Pledge.id != pledge.id, Pledge.status == PledgeStatus.BOOKED
    )
    return session.scalar(statement.limit(1))


def _same_gift(pledge: Pledge) -> ColumnElement[bool]:
    first_id = family_id(pledge)
    return or_(Pledge.id == first_id, Pledge.first_id == first_id)
