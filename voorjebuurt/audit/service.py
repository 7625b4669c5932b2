"""Writing the audit trail and the alerts."""

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit.models import Alert, AuditEvent
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id


def record(
    session: Session,
    *,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: UUID,
    municipality_id: UUID | None = None,
    reason: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down one deed, in the caller's transaction. ``detail`` must be JSON."""
    session.add(
        AuditEvent(
            at=clock.now(),
            actor_kind=actor.kind,
            actor_id=actor.person_id,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            municipality_id=municipality_id,
            reason=reason,
            detail=detail or {},
        )
    )


def raise_alert(session: Session, *, key: str, kind: str, detail: dict[str, Any]) -> bool:
    """Ask for a person's eye, once per ``key``; returns whether the alert is new."""
    statement = (
        insert(Alert)
        .values(id=new_id(), key=key, kind=kind, detail=detail, raised_at=clock.now())
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Alert.id)
    )
    return session.execute(statement).scalar() is not None


def resolve_alert(session: Session, *, alert_id: UUID, resolution: str, actor: Actor) -> None:
    """Close an alert with what was done about it."""
    alert = session.get(Alert, alert_id, with_for_update=True)
    if alert is None:
        raise NotFoundError("alert_not_found")
    if alert.resolved_at is not None:
        raise DomainError("alert_already_resolved")
    alert.resolved_at, alert.resolved_by = clock.now(), actor.person_id
    alert.resolution = resolution
    record(
        session,
        actor=actor,
        action="alert.resolved",
        subject_kind="alert",
        subject_id=alert.id,
        reason=resolution,
    )
