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
class UndoneImport:
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
) -> list[UndoneImport]:
    """Rolled-back imports whose figures were used by decisions of these municipalities, or by
    decisions on one application.

    The last one to be rolled back comes first.
    """
    statement = select(PlaceImport).where(PlaceImport.rolled_back_at.is_not(None))
    undone_list = []
    for place_import in session.scalars(statement.order_by(PlaceImport.rolled_back_at.desc())):
        decisions = [
            decision
            for decision in decisions_using(session, place_import.id)
            if decision.municipality_id in municipality_ids
            and application_id in (None, decision.application_id)
        ]
        if decisions and place_import.rolled_back_at is not None:
            undone_list.append(_undone_import(place_import, place_import.rolled_back_at, decisions))
    return undone_list


def _undone_import(
    place_import: PlaceImport, at: datetime, decisions: Sequence[DecisionUsing]
) -> UndoneImport:
    return UndoneImport(
        import_id=place_import.id,
        filename=place_import.filename,
        source=place_import.source,
        vintage=place_import.vintage,
        rolled_back_at=at,
        reason=place_import.rollback_reason,
        decisions=decisions,
    )
