"""Reading imports: the list of them, one with its report, and what a file was read for before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.people.models import Person
from voorjebuurt.places.models import (
    AddressArea,
    AreaFigure,
    AreaShape,
    Neighbourhood,
    PlaceImport,
)

_asker, _undoer = aliased(Person), aliased(Person)


class ImportRow(NamedTuple):
    """An import as lists and its own page show it."""

    id: UUID
    kind: str
    vintage: int
    source: str
    filename: str
    sha256: str
    status: str
    progress: int
    report: dict[str, Any]
    asked_at: datetime
    asker: str | None
    finished_at: datetime | None
    rolled_back_at: datetime | None
    undoer: str | None
    rollback_reason: str

    @property
    def under_way(self) -> bool:
        """Whether something will still change by itself."""
        return self.status in ("waiting", "running")

    @property
    def counts(self) -> bool:
        """Whether what it brought is in use."""
        return self.status == "done" and self.rolled_back_at is None


_rows = (
    select(
        PlaceImport.id,
        PlaceImport.kind,
        PlaceImport.vintage,
        PlaceImport.source,
        PlaceImport.filename,
        PlaceImport.sha256,
        PlaceImport.status,
        PlaceImport.progress,
        PlaceImport.report,
        PlaceImport.asked_at,
        _asker.name,
        PlaceImport.finished_at,
        PlaceImport.rolled_back_at,
        _undoer.name,
        PlaceImport.rollback_reason,
    )
    .outerjoin(_asker, _asker.id == PlaceImport.asked_by)
    .outerjoin(_undoer, _undoer.id == PlaceImport.rolled_back_by)
)


def imports(session: Session, *, limit: int = 25, offset: int = 0) -> Sequence[ImportRow]:
    """The imports, the one asked for last first."""
    statement = _rows.order_by(PlaceImport.asked_at.desc(), PlaceImport.id.desc())
    rows = session.execute(statement.limit(limit).offset(offset))
    return [ImportRow(*row) for row in rows]


def import_by_id(session: Session, import_id: UUID) -> ImportRow | None:
    """One import, or None."""
    row = session.execute(_rows.where(PlaceImport.id == import_id)).one_or_none()
    return ImportRow(*row) if row else None


def covered(session: Session, running: PlaceImport) -> dict[str, datetime]:
    """The municipalities for which the same file counts already, and since when."""
    earlier = session.execute(
        select(PlaceImport.scope, PlaceImport.finished_at).where(
            PlaceImport.kind == running.kind,
            PlaceImport.vintage == running.vintage,
            PlaceImport.sha256 == running.sha256,
            PlaceImport.status == "done",
            PlaceImport.rolled_back_at.is_(None),
        )
    )
    return {code: row.finished_at for row in earlier for code in row.scope.split()}


def stale_imports(session: Session, *, before: datetime) -> Sequence[UUID]:
    """Imports that were asked for before this moment and did not come to an end."""
    under_way = PlaceImport.status.in_(["waiting", "running"])
    return session.scalars(
        select(PlaceImport.id).where(under_way, PlaceImport.asked_at < before)
    ).all()


def brought(session: Session, import_id: UUID) -> dict[str, int]:
    """How much of an import would count no more if it were rolled back."""
    return {
        name: session.scalar(
            select(func.count()).select_from(table).where(table.import_id == import_id)
        )
        or 0
        for name, table in (
            ("figures", AreaFigure),
            ("addresses", AddressArea),
            ("shapes", AreaShape),
            ("neighbourhoods", Neighbourhood),
        )
    }
