"""Reading monthly gifts, as their donors see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rows import collections_of
from voorjebuurt.pledges.monthly.rules import OVER, MonthlyStatus, next_due


@dataclass(frozen=True)
class MonthRow:
    """One month (eurocents); ``gift_token`` where something was collected."""

    due_on: date
    cents: int
    state: str
    gift_token: str | None


@dataclass(frozen=True)
class Monthly:
    """A monthly gift (eurocents). ``next_on``: when is collected next; None for never."""

    id: UUID
    token: str
    status: str
    reason: str | None
    title: str
    slug: str
    amount_cents: int
    tip_cents: int
    day: int
    most: int
    until_on: date
    next_on: date | None
    next_cents: int
    is_announced: bool
    months: Sequence[MonthRow]
    first_token: str
    first_id: UUID

    @property
    def total_cents(self) -> int:
        """Gift and tip together, each month."""
        return self.amount_cents + self.tip_cents

    @property
    def most_cents(self) -> int:
        """All of it at most, the first payment included, at the present amount."""
        return self.most * self.total_cents

    @property
    def is_over(self) -> bool:
        """Whether nothing is collected any more."""
        return self.status in OVER


def monthly_by_token(session: Session, token: str) -> Monthly | None:
    """The monthly gift behind its secret link."""
    row = session.scalar(select(MonthlyGift).where(MonthlyGift.token == token))
    return None if row is None else _view(session, row)


def monthly_of_gift(session: Session, pledge_id: UUID) -> Monthly | None:
    """The one that a gift is a part of, unless it was replaced before it began."""
    part = select(MonthlyCollection.monthly_gift_id).where(MonthlyCollection.pledge_id == pledge_id)
    statement = select(MonthlyGift).where(
        or_(
            MonthlyGift.id.in_(part),
            (MonthlyGift.first_pledge_id == pledge_id) & MonthlyGift.over_at.is_(None),
        )
    )
    row = session.scalar(statement.order_by(MonthlyGift.created_at.desc()).limit(1))
    return None if row is None else _view(session, row)


def monthly_of_donor(session: Session, *, email: str, person_id: UUID | None) -> Sequence[Monthly]:
    """Those of a donor that were begun, the newest first."""
    is_theirs = Pledge.email == email
    if person_id is not None:
        is_theirs = or_(is_theirs, Pledge.donor_id == person_id)
    part = (
        select(MonthlyCollection.monthly_gift_id)
        .join(Pledge, Pledge.id == MonthlyCollection.pledge_id)
        .where(is_theirs, Pledge.erased_as.is_(None))
    )
    statement = select(MonthlyGift).where(MonthlyGift.id.in_(part))
    rows = session.scalars(statement.order_by(MonthlyGift.created_at.desc())).all()
    return [_view(session, row) for row in rows]


def _view(session: Session, row: MonthlyGift) -> Monthly:
    collections = collections_of(session, row.id)
    campaign = session.get_one(Campaign, row.campaign_id)
    next_one = next((c for c in collections if c.state == "plan"), None)
    due = next_one.due_on if next_one else _due(row, collections)
    gift_ids = [c.pledge_id for c in collections if c.pledge_id is not None]
    gifts = select(Pledge).where(Pledge.id.in_([*gift_ids, row.first_pledge_id]))
    tokens = {pledge.id: pledge.token for pledge in session.scalars(gifts)}
    return Monthly(
        id=row.id,
        token=row.token,
        status=row.status,
        reason=row.reason,
        title=campaign.title,
        slug=campaign.slug,
        amount_cents=row.amount_cents,
        tip_cents=row.tip_cents,
        day=row.day,
        most=row.most,
        until_on=row.until_on,
        next_on=due if row.status == MonthlyStatus.RUN else None,
        next_cents=next_one.amount_cents + next_one.tip_cents
        if next_one
        else row.amount_cents + row.tip_cents,
        is_announced=next_one is not None,
        months=[
            MonthRow(
                due_on=collection.due_on,
                cents=collection.amount_cents + collection.tip_cents,
                state=collection.state,
                gift_token=tokens.get(collection.pledge_id) if collection.pledge_id else None,
            )
            for collection in collections
        ],
        first_token=tokens[row.first_pledge_id],
        first_id=row.first_pledge_id,
    )


def _due(row: MonthlyGift, collections: Sequence[MonthlyCollection]) -> date | None:
    months = [collection.month for collection in collections]
    return next_due(day=row.day, until_on=row.until_on, today=clock.today(), months=months)
