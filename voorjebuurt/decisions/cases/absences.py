"""Who stands in for whom, and the officers of a municipality."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Delegation
from voorjebuurt.kernel import clock


def _standing() -> ColumnElement[bool]:
    today = clock.today()
    return and_(
        Delegation.from_on <= today, Delegation.until_on >= today, Delegation.ended_at.is_(None)
    )


def absent_officers(session: Session, stand_in_id: UUID, municipality_id: UUID) -> frozenset[UUID]:
    """For whom an officer stands in today."""
    statement = select(Delegation.absent_id).where(
        Delegation.stand_in_id == stand_in_id,
        Delegation.municipality_id == municipality_id,
        _standing(),
    )
    return frozenset(session.scalars(statement))


def delegations(session: Session, municipality_id: UUID) -> Sequence[Delegation]:
    """The arrangements of a municipality that are not over, the first to begin first."""
    statement = select(Delegation).where(
        Delegation.municipality_id == municipality_id,
        Delegation.until_on >= clock.today(),
        Delegation.ended_at.is_(None),
    )
    return session.scalars(statement.order_by(Delegation.from_on, Delegation.id)).all()
