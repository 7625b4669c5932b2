"""Writing down numbers of visits, adding them up, and throwing old ones away."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.visits.buffer import VisitKey
from voorjebuurt.campaigns.visits.models import DayVisits, VisitBatch
from voorjebuurt.kernel import clock

_AT_ONCE = 5_000
_PATIENCE = text("SET LOCAL statement_timeout = '2s'")


def write_visits(session: Session, counts: Mapping[VisitKey, int]) -> None:
    """Write what a process counted, beside what others wrote: nobody waits for anybody.

    A database that is slow loses these numbers rather than keeping a thread of the site.
    """
    if not counts:
        return
    session.execute(_PATIENCE)
    rows = [{**key._asdict(), "visits": number} for key, number in counts.items()]
    session.execute(insert(VisitBatch), rows)


def add_up_visits(session: Session) -> int:
    """Add what was written to the numbers by day, each row once; returns how many rows that were.

    Two at once take different rows.
    """
    some = select(VisitBatch.id).order_by(VisitBatch.id).limit(_AT_ONCE)
    batches = (
        delete(VisitBatch)
        .where(VisitBatch.id.in_(some.with_for_update(skip_locked=True)))
        .returning(VisitBatch.campaign_id, VisitBatch.day, VisitBatch.source, VisitBatch.visits)
        .cte("batches")
    )
    key = (batches.c.campaign_id, batches.c.day, batches.c.source)
    # In one order for all, so that two at once never wait for each other.
    sums = select(*key, func.sum(batches.c.visits)).group_by(*key).order_by(*key)
    statement = upsert(DayVisits).from_select(["campaign_id", "day", "source", "visits"], sums)
    visits = DayVisits.visits + statement.excluded.visits
    statement = statement.on_conflict_do_update(
        index_elements=["campaign_id", "day", "source"], set_={"visits": visits}
    )
    number = select(func.count()).select_from(batches)
    sums_by_day = statement.returning(DayVisits.day).cte("sums_by_day")
    return int(session.execute(select(number.scalar_subquery()).add_cte(sums_by_day)).scalar_one())


def forget_visits(session: Session, *, days: int) -> None:
    """Throw away numbers of more than ``days`` days ago."""
    session.execute(delete(DayVisits).where(DayVisits.day < clock.today() - timedelta(days=days)))
