"""Private notes of officers on a case; what was written stays."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.models import CaseNote
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applications.rows import (
    application_subject,
    locked_application,
)
from voorjebuurt.matching.applications.service import written


def add_note(session: Session, *, application_id: UUID, body: str, actor: Actor) -> None:
    """Write a note for colleagues. Raises ``DomainError`` at ``note`` without words."""
    _, application = locked_application(session, application_id)
    author_id = officer_of(session, municipality_id=application.municipality_id, actor=actor)
    session.add(
        CaseNote(
            application_id=application.id,
            municipality_id=application.municipality_id,
            author_id=author_id,
            body=written(body, "note", "note_missing"),
            at=clock.now(),
        )
    )
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_NOTED,
        subject=application_subject(application),
    )
