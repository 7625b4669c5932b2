"""Reading which letters go by post."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.posting.models import PostedLetter
from voorjebuurt.matching.models import Application


@dataclass(frozen=True)
class Posting:
    """A letter to post, or that was posted: where to, and when."""

    id: UUID
    kind: str
    subject_id: UUID
    application_id: UUID
    number: str
    address: str
    due_at: datetime
    posted_at: datetime | None
    posted_by: UUID | None


def with_postings(cases: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Those of these applications with a letter to post, with its id, kind, number and moment."""
    return (
        cases.add_columns(
            PostedLetter.id.label("letter_id"),
            PostedLetter.kind.label("letter_kind"),
            PostedLetter.number.label("letter_number"),
            PostedLetter.due_at,
        )
        .join(PostedLetter, PostedLetter.application_id == Application.id)
        .where(PostedLetter.posted_at.is_(None))
    )


def posting_by_id(session: Session, letter_id: UUID) -> Posting | None:
    """One letter on paper."""
    rows = _postings(session, PostedLetter.id == letter_id)
    return rows[0] if rows else None


def postings_of(session: Session, subject_id: UUID) -> list[Posting]:
    """The letters of one decision, objection, step or paper that go by post."""
    return _postings(session, PostedLetter.subject_id == subject_id)


def postings_of_case(session: Session, application_id: UUID) -> list[Posting]:
    """All letters of a case that go by post, the oldest first."""
    return _postings(session, PostedLetter.application_id == application_id)


def letter_municipality_id(session: Session, letter_id: UUID) -> UUID | None:
    """The municipality that posts a letter; None for one that is not there."""
    statement = select(PostedLetter.municipality_id).where(PostedLetter.id == letter_id)
    return session.scalar(statement)


def _postings(session: Session, condition: ColumnElement[bool]) -> list[Posting]:
    table: Any = PostedLetter
    columns = [getattr(table, field.name) for field in fields(Posting)]
    statement = select(*columns).where(condition).order_by(PostedLetter.due_at, PostedLetter.id)
    return [Posting(*row) for row in session.execute(statement)]
