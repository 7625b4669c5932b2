"""The audit trail only grows: the database refuses to change what it says."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.certain import constraint_of
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.service import record
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.ids import new_id


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit_events SET reason = 'anders'",
        "UPDATE audit_events SET actor_id = NULL, actor_kind = 'system'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "TRUNCATE audit_events CASCADE",
    ],
)
def test_the_audit_trail_only_grows(session: Session, attack: str) -> None:
    alert = Subject(SubjectKind.ALERT, new_id())
    record(session, actor=SYSTEM, action=Action.ALERT_RESOLVED, subject=alert)
    session.flush()
    with pytest.raises(DBAPIError) as error, session.begin_nested():
        session.execute(text(attack))
    assert constraint_of(error.value) == "append_only_audit_events"
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == 1
