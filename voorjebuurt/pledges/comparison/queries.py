"""Reading how far campaigns that made it were."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.pledges.comparison.models import ComparisonPoint
from voorjebuurt.pledges.comparison.rules import size_of


@dataclass(frozen=True)
class Comparison:
    """What half of the campaigns that made it had at least, of their goal, from neighbours.

    ``is_near``: they are of this municipality; ``is_alike``: of this size.
    """

    day: int
    campaigns: int
    percent: int
    is_near: bool
    is_alike: bool


def comparison_of(
    session: Session, *, kind: str, goal_cents: int, municipality_id: UUID, day: int
) -> Comparison | None:
    """That of the campaigns most like this one; None where there are too few of any."""
    point = ComparisonPoint
    statement = (
        select(point)
        .where(
            point.kind == kind,
            point.day == day,
            or_(point.size.is_(None), point.size == size_of(goal_cents).value),
            or_(point.municipality_id.is_(None), point.municipality_id == municipality_id),
        )
        .order_by(point.municipality_id.nulls_last(), point.size.nulls_last())
        .limit(1)
    )
    row = session.scalar(statement)
    if row is None:
        return None
    return Comparison(
        day=row.day,
        campaigns=row.campaigns,
        percent=row.permille // 10,
        is_near=row.municipality_id is not None,
        is_alike=row.size is not None,
    )
