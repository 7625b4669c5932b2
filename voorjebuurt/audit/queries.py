"""Reading the audit trail and the alerts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.models import Alert, AuditEvent


def trail(session: Session, subject_kind: str, subject_id: UUID) -> Sequence[AuditEvent]:
    """Every deed on one subject, oldest first."""
    statement = (
        select(AuditEvent)
        .where(AuditEvent.subject_kind == subject_kind, AuditEvent.subject_id == subject_id)
        .order_by(AuditEvent.at, AuditEvent.id)
    )
    return session.scalars(statement).all()


def recent_events(session: Session, *, limit: int, offset: int = 0) -> Sequence[AuditEvent]:
    """The latest deeds, newest first."""
    statement = select(AuditEvent).order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    return session.scalars(statement.limit(limit).offset(offset)).all()


def open_alerts(session: Session) -> Sequence[Alert]:
    """Alerts that nobody closed yet, oldest first."""
    statement = select(Alert).where(Alert.resolved_at.is_(None)).order_by(Alert.raised_at)
    return session.scalars(statement).all()
