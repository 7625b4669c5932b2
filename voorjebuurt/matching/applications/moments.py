"""The moment of receipt of an application: every one of a fund has its own, so that there is order.

Who came first is provable (ABRvS 2018:2310): of what comes in on the site by the clock, of what
comes on paper by the day and the time that are known of it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application

_MILLISECOND = timedelta(milliseconds=1)


def moment_now(session: Session, fund_id: UUID) -> datetime:
    """This moment to the millisecond; later than every one before it.

    The number's lock lets one application in at a time. Two in one millisecond, or a clock that
    was put back, must not undo the order: then it is one millisecond after the last.
    """
    now = clock.now()
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    last = session.scalar(
        select(func.max(Application.received_at)).where(Application.fund_id == fund_id)
    )
    return now if last is None else max(now, last + _MILLISECOND)


def free_moment(session: Session, fund_id: UUID, moment: datetime) -> datetime:
    """The first millisecond from ``moment`` on that no application to this fund has."""
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    later = select(Application.received_at).where(
        Application.fund_id == fund_id, Application.received_at >= moment
    )
    held_moments = set(session.scalars(later))
    while moment in held_moments:
        moment += _MILLISECOND
    return moment


def later_numbers(session: Session, fund_id: UUID, moment: datetime) -> list[str]:
    """The numbers of applications to a fund that came in after a moment, the first one first."""
    statement = select(Application.number).where(
        Application.fund_id == fund_id, Application.received_at > moment
    )
    return list(session.scalars(statement.order_by(Application.received_at)))


def earlier_count(session: Session, fund_id: UUID, moment: datetime) -> int:
    """How many applications to a fund came in before a moment, or at it."""
    statement = select(func.count()).where(
        Application.fund_id == fund_id, Application.received_at <= moment
    )
    return session.scalar(statement) or 0
