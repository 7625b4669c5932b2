"""The checklist of an application: every item of its fund with the last finding on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import ChecklistMark
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Application, Fund


@dataclass(frozen=True)
class Finding:
    """One item; ``met`` is None while nobody looked at it."""

    item: str
    met: bool | None
    note: str = ""
    at: datetime | None = None
    by: UUID | None = None


def refuse_open_items(session: Session, application: Application) -> None:
    """Raises ``DomainError`` ``checklist_open`` with what is not met."""
    open_items = [check.item for check in checklist_of(session, application) if not check.met]
    if open_items:
        raise DomainError("checklist_open", items="; ".join(open_items))


def checklist_of(session: Session, application: Application) -> list[Finding]:
    """Every item in the order of the fund's checklist."""
    items = session.scalar(select(Fund.checklist).where(Fund.id == application.fund_id)) or []
    marks = session.scalars(
        select(ChecklistMark)
        .where(ChecklistMark.application_id == application.id)
        .order_by(ChecklistMark.at, ChecklistMark.id)
    )
    last = {mark.item: mark for mark in marks}
    return [
        Finding(item, mark.met, mark.note, mark.at, mark.by)
        if (mark := last.get(item)) is not None
        else Finding(item, None)
        for item in items
    ]
