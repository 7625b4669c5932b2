"""Reading numbers of visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.visits.models import DayVisits, VisitBatch
from voorjebuurt.campaigns.visits.rules import VisitSource


@dataclass(frozen=True)
class VisitsOfDays:
    """The visits of some days: of each day its number, of each source its sum."""

    days: Sequence[tuple[date, int]]
    sources: Sequence[tuple[VisitSource, int]]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(number for _, number in self.days)


def visits_of(session: Session, campaign_id: UUID, *, first: date, last: date) -> VisitsOfDays:
    """The visits from ``first`` up to and including ``last``; a day without any has 0.

    What was not added up yet counts too. One statement: nothing is seen twice, or not at all.
    """
    parts = [
        select(table.day, table.source, table.visits).where(
            table.campaign_id == campaign_id, table.day.between(first, last)
        )
        for table in (DayVisits, VisitBatch)
    ]
    both = union_all(*parts).subquery()
    statement = select(both.c.day, both.c.source, func.sum(both.c.visits)).group_by(
        both.c.day, both.c.source
    )
    days = dict.fromkeys(
        (first + timedelta(days=number) for number in range((last - first).days + 1)), 0
    )
    sources = dict.fromkeys(VisitSource, 0)
    for day, source, number in session.execute(statement):
        days[day] += int(number)
        sources[VisitSource(source)] += int(number)
    return VisitsOfDays(list(days.items()), [pair for pair in sources.items() if pair[1]])
