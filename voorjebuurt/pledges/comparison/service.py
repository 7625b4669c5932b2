"""Finding out how far campaigns that made it were on each of their days."""

from datetime import datetime, timedelta

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.comparison.models import ComparisonPoint
from voorjebuurt.pledges.comparison.rules import (
    FEWEST,
    LARGE_CENTS,
    LATELY_DAYS,
    MIDDLE_CENTS,
    MOST_DAYS,
    Size,
)
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.queries import COUNTS

_COLUMNS = ("kind", "size", "municipality_id", "day", "campaigns", "permille", "computed_at")
_HALF: ColumnElement[object] = literal_column("0.5")
# Two at once follow one after the other; who reads the page waits for neither.
_ALONE = text("LOCK TABLE comparison_points IN SHARE ROW EXCLUSIVE MODE")


def renew_comparison(session: Session) -> None:
    """Compute all points anew; who reads sees the old ones until they are all there."""
    session.execute(_ALONE)
    session.execute(delete(ComparisonPoint))
    session.execute(insert(ComparisonPoint).from_select(_COLUMNS, _points(clock.now())))


def _points(now: datetime) -> Select[tuple[object, ...]]:
    """The middle one of the shares of each group of campaigns, on each day on which all ran."""
    shares = _shares(_winners(now))
    kind, size, town, day = shares.c.kind, shares.c.size, shares.c.municipality_id, shares.c.day
    groups = func.grouping_sets(
        tuple_(kind, size, town, day), tuple_(kind, size, day), tuple_(kind, day)
    )
    number = func.count()
    middle = func.percentile_disc(_HALF).within_group(shares.c.permille)
    return (
        select(kind, size, town, day, number, middle, literal(now))
        .group_by(groups)
        .having(number >= FEWEST)
    )


def _winners(now: datetime) -> CTE:
    """Campaigns that made it lately, with how many days they ran."""
    first, last = _day(Campaign.opened_at), Campaign.deadline_on
    size = case(
        (Campaign.goal_cents >= LARGE_CENTS, Size.LARGE.value),
        (Campaign.goal_cents >= MIDDLE_CENTS, Size.MIDDLE.value),
        else_=Size.SMALL.value,
    )
    return (
        select(
            Campaign.id,
            Campaign.kind,
            size.label("size"),
            Campaign.municipality_id,
            Campaign.goal_cents,
            first.label("first"),
            func.least(last - first + 1, MOST_DAYS).label("length"),
        )
        .where(
            Campaign.status.in_([status.value for status in WON]),
            Campaign.decided_at > now - timedelta(days=LATELY_DAYS),
        )
        .cte("winners")
    )


def _shares(winners: CTE) -> CTE:
    """Of each of them, on each of its days: the permille of its goal from neighbours by then."""
    day = _day(Pledge.booked_at) - winners.c.first + 1
    gifts = (
        select(winners.c.id, day.label("day"), func.sum(Pledge.amount_cents).label("cents"))
        .join(Pledge, Pledge.campaign_id == winners.c.id)
        .where(COUNTS)
        .group_by(winners.c.id, day)
        .cte("gifts")
    )
    days = select(winners, func.generate_series(1, winners.c.length).label("day")).cte("days")
    so_far = func.sum(func.coalesce(gifts.c.cents, 0)).over(
        partition_by=days.c.id, order_by=days.c.day
    )
    permille = func.floor(so_far * 1000 / days.c.goal_cents)
    return (
        select(
            days.c.kind, days.c.size, days.c.municipality_id, days.c.day, permille.label("permille")
        )
        .select_from(days)
        .outerjoin(gifts, (gifts.c.id == days.c.id) & (gifts.c.day == days.c.day))
        .cte("shares")
    )


def _day(moment: InstrumentedAttribute[datetime | None]) -> ColumnElement[object]:
    """SQL for the day in Amsterdam on which that was."""
    return cast(func.timezone("Europe/Amsterdam", moment), Date)
