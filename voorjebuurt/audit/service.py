"""Writing the audit trail and the alerts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.models import Alert, AuditEvent
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id

RECURRENCES_SHOWN = 10
"""Of an alert that happens again and again, the latest so many are kept."""


def record(
    session: Session,
    *,
    actor: Actor,
    action: Action,
    subject: Subject,
    reason: str | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write down one event, in the caller's transaction.

    ``detail`` must be JSON; it is added to that of the subject.
    """
    session.add(
        AuditEvent(
            at=clock.now(),
            actor_kind=actor.kind,
            actor_id=actor.person_id,
            action=action.value,
            subject_kind=subject.kind.value,
            subject_id=subject.id,
            municipality_id=subject.municipality_id,
            reason=reason,
            detail={**subject.detail, **(detail or {})},
        )
    )


def raise_alert(
    session: Session,
    *,
    key: str,
    kind: AlertKind,
    detail: dict[str, Any],
    occurrence: str | None = None,
) -> bool:
    """Ask for a person's eye, unless an alert with this ``key`` is open; whether it is new.

    The open one keeps that it happened again, and this ``detail``. After it is closed the next call
    opens another. What is only heard of again, as by asking the provider once more, names its
    ``occurrence``: closed for that, it stays closed.
    """
    statement = (
        insert(Alert)
        .values(
            id=new_id(),
            key=key,
            occurrence=occurrence,
            kind=kind.value,
            detail=detail,
            raised_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(Alert.id)
    )
    if session.execute(statement).scalar() is not None:
        return True
    _note_again(session, key=key, detail=detail, occurrence=occurrence)
    return False


def _note_again(
    session: Session, *, key: str, detail: dict[str, Any], occurrence: str | None
) -> None:
    """Write at the open alert that it happened again, unless it is about this very occurrence.

    Nobody waits for an alert, who may hold what others wait for: of two at once one is written.
    """
    alert = session.scalar(
        select(Alert)
        .where(Alert.key == key, Alert.resolved_at.is_(None))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if alert is None or (occurrence is not None and alert.occurrence == occurrence):
        return
    now = clock.now()
    latest = {"at": now.isoformat(), "detail": detail}
    alert.times, alert.last_at = alert.times + 1, now
    alert.recurrences = [*alert.recurrences, latest][-RECURRENCES_SHOWN:]


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
        action=Action.ALERT_RESOLVED,
        subject=Subject(SubjectKind.ALERT, alert.id),
        reason=resolution,
    )
