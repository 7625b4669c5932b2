"""Reading the audit trail and the alerts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action, texts_of
from voorjebuurt.audit.models import Alert, AuditEvent
from voorjebuurt.audit.subjects import SubjectKind


@dataclass(frozen=True)
class EventFilter:
    """Which deeds to show; what is empty does not narrow. ``until`` is not included.

    ``topic`` is the first part of an action: ``payout`` of ``payout.released``.
    """

    topic: str = ""
    actor_id: UUID | None = None
    subject_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    municipality_ids: Collection[UUID] | None = None
    """Only deeds in these municipalities, where it is not None."""
    topics: Collection[str] | None = None
    """Only deeds of these topics, where it is not None."""


def find_events(
    session: Session, filters: EventFilter, *, limit: int, offset: int = 0
) -> Sequence[AuditEvent]:
    """Audit events that meet the filter, newest first."""
    statement = select(AuditEvent).order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    if filters.topic:
        statement = statement.where(is_one_of(a for a in Action if a.topic == filters.topic))
    if filters.actor_id is not None:
        statement = statement.where(AuditEvent.actor_id == filters.actor_id)
    if filters.subject_id is not None:
        statement = statement.where(AuditEvent.subject_id == filters.subject_id)
    if filters.topics is not None:
        statement = statement.where(is_one_of(a for a in Action if a.topic in filters.topics))
    if filters.municipality_ids is not None:
        statement = statement.where(AuditEvent.municipality_id.in_(filters.municipality_ids))
    if filters.since is not None:
        statement = statement.where(AuditEvent.at >= filters.since)
    if filters.until is not None:
        statement = statement.where(AuditEvent.at < filters.until)
    return session.scalars(statement.limit(limit).offset(offset)).all()


def is_one_of(actions: Iterable[Action]) -> ColumnElement[bool]:
    """SQL for: the row says one of these actions, in its text of today or of before."""
    return AuditEvent.action.in_(sorted(texts_of(actions)))


def trail(session: Session, subject_kind: SubjectKind, subject_id: UUID) -> Sequence[AuditEvent]:
    """Every deed on one subject, oldest first."""
    statement = (
        select(AuditEvent)
        .where(AuditEvent.subject_kind == subject_kind.value, AuditEvent.subject_id == subject_id)
        .order_by(AuditEvent.at, AuditEvent.id)
    )
    return session.scalars(statement).all()


def last_event(
    session: Session, subject_kind: SubjectKind, subject_id: UUID, *, since: datetime
) -> AuditEvent | None:
    """The last deed on a subject at or after ``since``, if there was one."""
    statement = (
        select(AuditEvent)
        .where(AuditEvent.subject_kind == subject_kind.value, AuditEvent.subject_id == subject_id)
        .where(AuditEvent.at >= since)
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    return session.scalars(statement.limit(1)).first()


def open_alerts(session: Session) -> Sequence[Alert]:
    """Alerts that nobody closed yet, oldest first."""
    statement = select(Alert).where(Alert.resolved_at.is_(None)).order_by(Alert.raised_at)
    return session.scalars(statement).all()


def alert_by_id(session: Session, alert_id: UUID) -> Alert | None:
    """One alert, open or closed."""
    return session.get(Alert, alert_id)


def resolved_alerts(session: Session, *, limit: int, offset: int = 0) -> Sequence[Alert]:
    """Alerts that somebody dealt with, the latest first."""
    statement = (
        select(Alert)
        .where(Alert.resolved_at.is_not(None))
        .order_by(Alert.resolved_at.desc(), Alert.id.desc())
    )
    return session.scalars(statement.limit(limit).offset(offset)).all()


def open_alert_count(session: Session) -> int:
    """How many alerts nobody closed yet."""
    return session.scalar(select(func.count()).where(Alert.resolved_at.is_(None))) or 0
