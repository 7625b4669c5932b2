"""Numbers of visits to the pages of campaigns, and what those that made it had on each day."""

from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.campaigns.visits.buffer import VisitKey
from voorjebuurt.campaigns.visits.rules import VisitSource
from voorjebuurt.campaigns.visits.service import add_up_visits, write_visits
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.comparison.service import renew_comparison

_DAYS = 30


def visit_pages(session: Session, *, seed: int, today: date) -> None:
    """Visits of the last days of each campaign that was live; for a demo that is otherwise done.

    The first days of a campaign are busy, and Sundays. The same ``seed`` gives the same numbers.
    """
    chance = Random(seed)
    counts: dict[VisitKey, int] = {}
    statement = select(Campaign.id, Campaign.opened_at, Campaign.deadline_on).where(
        Campaign.status.in_([status.value for status in PUBLIC])
    )
    for campaign_id, opened_at, deadline_on in session.execute(statement.order_by(Campaign.slug)):
        if opened_at is None or deadline_on is None:
            continue
        first, last = clock.local(opened_at).date(), min(today, deadline_on)
        for ago in range(min(_DAYS, (last - first).days + 1)):
            day = last - timedelta(days=ago)
            weight = 3 if (day - first).days < 3 or day.weekday() == 6 else 1
            for source, most in zip(VisitSource, (14, 6, 3), strict=True):
                number = chance.randint(0, most * weight)
                if number:
                    counts[VisitKey(campaign_id, day, source)] = number
    write_visits(session, counts)
    while add_up_visits(session):
        pass
    renew_comparison(session)
