"""Imports of figures that were rolled back, and the decisions that rest on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.reports.imports_used import DecisionUsing, decisions_using
from voorjebuurt.places.models import PlaceImport


@dataclass(frozen=True)
class Undone:
    """An import that does not count any more, with the decisions that used it, latest first."""

    import_id: UUID
    filename: str
    source: str
    vintage: int
    rolled_back_at: datetime
    reason: str
    decisions: Sequence[DecisionUsing]


def undone_imports(
    session: Session,
    municipality_ids: Collection[UUID],
    *,
    application_id: UUID | None = None,
) -> list[Undone]:
    """Those that decisions of these municipalities used, or only those on one application.

    The last one to be rolled back comes first.
    """
    statement = select(PlaceImport).where(PlaceImport.rolled_back_at.is_not(None))
    found = []
    for one in session.scalars(statement.order_by(PlaceImport.rolled_back_at.desc())):
        decisions = [
            decision
            for decision in decisions_using(session, one.id)
            if decision.municipality_id in municipality_ids
            and application_id in (None, decision.application_id)
        ]
        if decisions and one.rolled_back_at is not None:
            found.append(_undone(one, one.rolled_back_at, decisions))
    return found


def _undone(one: PlaceImport, at: datetime, decisions: Sequence[DecisionUsing]) -> Undone:
    return Undone(
        import_id=one.id,
        filename=one.filename,
        source=one.source,
        vintage=one.vintage,
        rolled_back_at=at,
        reason=one.rollback_reason,
        decisions=decisions,
    )
