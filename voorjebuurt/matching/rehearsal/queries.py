"""Reading rehearsals: the list without the large texts, one with its outcome."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.matching.models import Rehearsal
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality


class RehearsalRow(NamedTuple):
    """A rehearsal in a list. ``asked_by`` and ``municipality`` are names."""

    id: UUID
    municipality_id: UUID | None
    municipality: str | None
    rules_name: str
    against_name: str
    has_against: bool
    source: str
    facts_name: str
    status: str
    progress: int
    asked_at: datetime
    asked_by: str | None


class RehearsalView(NamedTuple):
    """One rehearsal with its inputs' hashes, and its outcome when it is done."""

    row: RehearsalRow
    ruleset_sha256: str
    against_sha256: str | None
    facts_sha256: str | None
    outcome: dict[str, Any] | None
    failure: str
    faults: list[dict[str, str]]
    finished_at: datetime | None


_COLUMNS = (
    Rehearsal.id,
    Rehearsal.municipality_id,
    Municipality.name,
    Rehearsal.rules_name,
    Rehearsal.against_name,
    Rehearsal.against_sha256.is_not(None),
    Rehearsal.source,
    Rehearsal.facts_name,
    Rehearsal.status,
    Rehearsal.progress,
    Rehearsal.asked_at,
    Person.name,
)
_MORE = (
    Rehearsal.ruleset_sha256,
    Rehearsal.against_sha256,
    Rehearsal.facts_sha256,
    Rehearsal.outcome,
    Rehearsal.failure,
    Rehearsal.faults,
    Rehearsal.finished_at,
)


_municipality = Municipality.id == Rehearsal.municipality_id
_person = Person.id == Rehearsal.asked_by
_rows = (
    select(*_COLUMNS)
    .outerjoin(Municipality, _municipality)
    .outerjoin(Person, _person)
    .order_by(Rehearsal.asked_at.desc(), Rehearsal.id.desc())
)
_views = select(*_COLUMNS, *_MORE).outerjoin(Municipality, _municipality).outerjoin(Person, _person)
_inputs = {"rules": Rehearsal.rules, "against": Rehearsal.against, "facts": Rehearsal.facts}


def rehearsals(
    session: Session,
    *,
    municipality_ids: Collection[UUID] | None = None,
    limit: int,
    offset: int = 0,
) -> Sequence[RehearsalRow]:
    """The latest first; of these municipalities, or (None) of everybody."""
    statement = _rows
    if municipality_ids is not None:
        statement = statement.where(Rehearsal.municipality_id.in_(municipality_ids))
    return [
        RehearsalRow._make(row) for row in session.execute(statement.limit(limit).offset(offset))
    ]


def rehearsal_view(session: Session, rehearsal_id: UUID) -> RehearsalView | None:
    """One rehearsal."""
    row = session.execute(_views.where(Rehearsal.id == rehearsal_id)).first()
    if row is None:
        return None
    own = len(_COLUMNS)
    return RehearsalView._make([RehearsalRow._make(row[:own]), *row[own:]])


def rehearsal_input(session: Session, rehearsal_id: UUID, name: str) -> str | None:
    """The text of ``rules``, ``against`` or ``facts``, as it was hashed; None when there is none.

    Raises ``KeyError`` for another name.
    """
    return session.scalar(select(_inputs[name]).where(Rehearsal.id == rehearsal_id))


def rehearsal_municipality(session: Session, rehearsal_id: UUID) -> UUID | None:
    """Whose rehearsal it is; None for staff's own, or one that does not exist."""
    statement = select(Rehearsal.municipality_id).where(Rehearsal.id == rehearsal_id)
    return session.scalar(statement)
