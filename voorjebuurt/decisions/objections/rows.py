"""An objection's row: held with its case, and what is read of it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.steps_of import course_of_objection
from voorjebuurt.decisions.rules.proceedings import (
    Course,
)
from voorjebuurt.decisions.rulings.rows import Case, locked_decision
from voorjebuurt.kernel.errors import DomainError, NotFoundError

TRANSITION_ACTIONS: Mapping[str, Action] = {
    "uphold": Action.OBJECTION_UPHELD,
    "uphold_in_part": Action.OBJECTION_PARTLY_UPHELD,
    "reject": Action.OBJECTION_REJECTED,
    "declare_inadmissible": Action.OBJECTION_DECLARED_INADMISSIBLE,
    "withdraw": Action.OBJECTION_WITHDRAWN,
    "reopen": Action.OBJECTION_REOPENED,
}
"""What the trail calls each transition of ``OBJECTION_TRANSITIONS``."""

TEXT_MAX = 12_000
"""Characters that fit in a report of a hearing, an advice or the reason of a decision."""


def locked_objection(session: Session, objection_id: UUID) -> tuple[Case, Objection]:
    """Hold the case of an objection, then the objection. Raises ``NotFoundError``."""
    decision_id = session.scalar(select(Objection.decision_id).where(Objection.id == objection_id))
    if decision_id is None:
        raise NotFoundError("objection_not_found")
    case = locked_decision(session, decision_id)
    objection = session.get_one(
        Objection, objection_id, with_for_update=True, populate_existing=True
    )
    return case, objection


def objection_subject(objection: Objection) -> Subject:
    """The objection, for the trail of its application."""
    return Subject(
        SubjectKind.APPLICATION,
        objection.application_id,
        objection.municipality_id,
        {"objection": str(objection.id), "number": objection.number},
    )


def course(session: Session, objection: Objection) -> Course:
    """How far the objection is."""
    return course_of_objection(session, objection.id)


def text_of(text: str, field: str, missing: str) -> str:
    """A text that must be there and fit. Raises ``DomainError`` at the field."""
    text = text.strip()
    if not text:
        raise DomainError(missing, field=field)
    if len(text) > TEXT_MAX:
        raise DomainError("text_too_long", field=field, maximum=TEXT_MAX)
    return text
