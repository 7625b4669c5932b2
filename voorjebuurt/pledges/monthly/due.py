"""Which monthly gifts there is something to do about now: most of them rest for most of a month.

One statement for all of them, so that a thousand gifts that rest cost the timetable nothing more.
It names at least every gift that ``collecting.advance`` would change, and few others.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rules import (
    GRACE_DAYS,
    NOTICE_DAYS,
    UNDER_WAY,
    CollectionState,
    MonthlyStatus,
    month_of,
    next_due,
)
from voorjebuurt.pledges.rules import PledgeStatus


def due_gifts(session: Session) -> Sequence[UUID]:
    """Those of which something may have to be done today, by id."""
    months = func.array_agg(MonthlyCollection.month)
    statement = (
        select(
            MonthlyGift.id,
            MonthlyGift.status,
            MonthlyGift.day,
            MonthlyGift.until_on,
            select(months)
            .where(MonthlyCollection.monthly_gift_id == MonthlyGift.id)
            .scalar_subquery(),
            or_(_first_moved(), _has_news(), _must_end()),
        )
        .join(Campaign, Campaign.id == MonthlyGift.campaign_id)
        .where(
            MonthlyGift.released_at.is_(None),
            or_(_first_moved(), _has_news(), _must_end(), _has_no_next()),
        )
        .order_by(MonthlyGift.id)
    )
    return [row[0] for row in session.execute(statement) if row[5] or _is_next_near(*row[1:5])]


def _is_next_near(status: str, day: int, until_on: date, months: Sequence[date] | None) -> bool:
    """Whether the next collection is to be announced, or there is none left."""
    today = clock.today()
    due = next_due(day=day, until_on=until_on, today=today, months=months or ())
    if due is None:
        return True
    return status == MonthlyStatus.RUN and due <= today + timedelta(days=NOTICE_DAYS)


def _first_moved() -> ColumnElement[bool]:
    """SQL for: the first payment came to something, or can't any more."""
    rests = select(Pledge.id).where(
        Pledge.id == MonthlyGift.first_pledge_id,
        Pledge.status == PledgeStatus.OPEN.value,
        Pledge.email.is_not(None),
    )
    is_live = Campaign.status == CampaignStatus.LIVE.value
    return and_(MonthlyGift.status == MonthlyStatus.FIRST.value, ~and_(rests.exists(), is_live))


def _has_news() -> ColumnElement[bool]:
    """SQL for: a collection is at the bank, is another thing than its gift, or was not made."""
    last_on = func.least(MonthlyCollection.due_on + GRACE_DAYS, MonthlyGift.until_on)
    is_late = and_(MonthlyCollection.state == CollectionState.PLAN.value, last_on < clock.today())
    open_ones = [PledgeStatus.OPEN.value, PledgeStatus.CHARGED_BACK.value]
    is_other = or_(
        and_(
            MonthlyCollection.state == CollectionState.ARRIVAL.value, Pledge.status.in_(open_ones)
        ),
        and_(
            MonthlyCollection.state == CollectionState.FAILURE.value,
            Pledge.status.not_in(open_ones),
        ),
    )
    at_bank = MonthlyCollection.state == CollectionState.WAY.value
    return (
        select(MonthlyCollection.id)
        .outerjoin(Pledge, Pledge.id == MonthlyCollection.pledge_id)
        .where(MonthlyCollection.monthly_gift_id == MonthlyGift.id, or_(at_bank, is_late, is_other))
        .exists()
    )


def _must_end() -> ColumnElement[bool]:
    """SQL for: its campaign takes nothing more, or nobody is known any more who gives it."""
    donors = (
        select(MonthlyCollection.id)
        .join(Pledge, Pledge.id == MonthlyCollection.pledge_id)
        .where(
            MonthlyCollection.monthly_gift_id == MonthlyGift.id,
            Pledge.booked_at.is_not(None),
            Pledge.email.is_not(None),
            Pledge.erased_as.is_(None),
        )
    )
    is_over = or_(Campaign.status != CampaignStatus.LIVE.value, Campaign.closes_at <= clock.now())
    return and_(_is_begun(), or_(is_over, ~donors.exists()))


def _has_no_next() -> ColumnElement[bool]:
    """SQL for: nothing is announced or at the bank, and the month that can be told of is free.

    Also where that month is taken, when the one after it may be the last or too late.
    """
    horizon = month_of(clock.today() + timedelta(days=NOTICE_DAYS))
    two_on = MonthlyCollection.month + literal_column("interval '2 months'")
    open_states = [CollectionState.PLAN.value, CollectionState.WAY.value]
    later = select(MonthlyCollection.id).where(
        MonthlyCollection.monthly_gift_id == MonthlyGift.id,
        or_(
            MonthlyCollection.state.in_(open_states),
            and_(MonthlyCollection.month >= horizon, MonthlyGift.until_on >= two_on),
        ),
    )
    return and_(_is_begun(), ~later.exists())


def _is_begun() -> ColumnElement[bool]:
    states = sorted(UNDER_WAY - {MonthlyStatus.FIRST})
    return MonthlyGift.status.in_(states)
