"""Keeping a way of looking at the work list, and throwing it away."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.decisions.filters.models import WorkFilter
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.service import locked_person

MOST_FILTERS = 20
TITLE_MAX_LENGTH = 60


def filters_of(session: Session, person_id: UUID) -> Sequence[WorkFilter]:
    """What somebody kept, by name."""
    statement = select(WorkFilter).where(WorkFilter.person_id == person_id)
    return session.scalars(statement.order_by(func.lower(WorkFilter.title), WorkFilter.id)).all()


def save_filter(session: Session, *, person_id: UUID, title: str, query: str) -> None:
    """Keep it by this name. Raises ``DomainError`` at ``title``: none, taken, or too many kept."""
    title = title.strip()
    if not title:
        raise DomainError("filter_title_missing", field="title")
    # Of two at once one waits, so that the number of them is right.
    locked_person(session, person_id)
    filters = filters_of(session, person_id)
    if len(filters) >= MOST_FILTERS:
        raise DomainError("too_many_filters", field="title", maximum=MOST_FILTERS)
    if any(each.title.casefold() == title.casefold() for each in filters):
        raise DomainError("filter_title_taken", field="title")
    session.execute(
        insert(WorkFilter).values(
            id=new_id(), person_id=person_id, title=title, query=query, saved_at=clock.now()
        )
    )


def remove_filter(session: Session, *, person_id: UUID, filter_id: UUID) -> None:
    """Throw one of one's own away. What is not there, or is another's, stays as it is."""
    session.execute(
        delete(WorkFilter).where(WorkFilter.id == filter_id, WorkFilter.person_id == person_id)
    )


def forget_filters(session: Session, person_id: UUID) -> None:
    """Throw away all that somebody kept, when who they are is erased."""
    session.execute(delete(WorkFilter).where(WorkFilter.person_id == person_id))
