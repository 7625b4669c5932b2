"""An objection's row: held with its case, and written down."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.rulings.rows import Case, locked_decision
from voorjebuurt.kernel.errors import NotFoundError

TRANSITION_ACTIONS: Mapping[str, Action] = {
    "uphold": Action.OBJECTION_UPHELD,
    "reject": Action.OBJECTION_REJECTED,
    "declare_inadmissible": Action.OBJECTION_DECLARED_INADMISSIBLE,
    "withdraw": Action.OBJECTION_WITHDRAWN,
}
"""What the trail calls each transition of ``OBJECTION_TRANSITIONS``."""


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
