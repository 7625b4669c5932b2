"""The rows of monthly gifts: locked, moved and written into the trail in one way.

The row of the monthly gift comes before all others in the order of locks, but for a pledge that is
not paid yet and is being corrected: who books a payment or
closes a campaign never waits for it.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rules import (
    MONTHLY_TRANSITIONS,
    CollectionState,
    MonthlyStatus,
    OverReason,
)


def locked_monthly(session: Session, monthly_id: UUID) -> MonthlyGift:
    """Its row, held until the commit."""
    return session.get_one(MonthlyGift, monthly_id, with_for_update=True, populate_existing=True)


def locked_by_token(session: Session, token: str) -> MonthlyGift:
    """The same by its secret link. Raises ``NotFoundError``."""
    statement = select(MonthlyGift).where(MonthlyGift.token == token)
    monthly = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if monthly is None:
        raise NotFoundError("monthly_not_found")
    return monthly


def collections_of(session: Session, monthly_id: UUID) -> Sequence[MonthlyCollection]:
    """Its months, the first first."""
    statement = (
        select(MonthlyCollection)
        .where(MonthlyCollection.monthly_gift_id == monthly_id)
        .order_by(MonthlyCollection.month)
    )
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def donor_pledge(session: Session, monthly: MonthlyGift) -> Pledge | None:
    """The newest of its gifts that was paid and says who gives; None when nobody is known."""
    statement = (
        select(Pledge)
        .join(MonthlyCollection, MonthlyCollection.pledge_id == Pledge.id)
        .where(
            MonthlyCollection.monthly_gift_id == monthly.id,
            Pledge.booked_at.is_not(None),
            Pledge.email.is_not(None),
            Pledge.erased_as.is_(None),
        )
        .order_by(MonthlyCollection.month.desc())
        .limit(1)
    )
    return session.scalar(statement)


def move(monthly: MonthlyGift, action: str, *, reason: OverReason | None = None) -> None:
    """Let ``action`` happen to it; ``reason`` when nothing is collected any more after it."""
    monthly.status = MONTHLY_TRANSITIONS.after(MonthlyStatus(monthly.status), action).value
    monthly.version += 1
    if reason is not None:
        monthly.over_at, monthly.reason = clock.now(), reason.value


def pass_over_planned(session: Session, monthly: MonthlyGift) -> None:
    """Let what was announced and not begun not be collected."""
    for collection in collections_of(session, monthly.id):
        if collection.state == CollectionState.PLAN:
            collection.state = CollectionState.SKIP.value


def note(
    session: Session, monthly: MonthlyGift, action: Action, actor: Actor = SYSTEM, **detail: object
) -> None:
    """Write it into the trail of the first gift."""
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(SubjectKind.PLEDGE, monthly.first_pledge_id, monthly.municipality_id),
        detail={"monthly_gift_id": str(monthly.id), **detail},
    )
