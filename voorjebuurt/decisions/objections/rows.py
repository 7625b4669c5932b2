"""An objection's row and its steps: held with its case, moved, and written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import ObjectionStep
from voorjebuurt.decisions.objections.steps_of import course_of_objection
from voorjebuurt.decisions.rules.proceedings import (
    Course,
    StepKind,
    decide_by_after,
)
from voorjebuurt.decisions.rulings.rows import Case, locked_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
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


@dataclass(frozen=True)
class StepNote:
    """What is written down of one step; what each holds depends on its kind."""

    on: date
    until: date | None = None
    detail: str = ""
    place: str = ""
    body: str = ""


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


def add_step(
    session: Session, objection: Objection, kind: StepKind, note: StepNote, actor: Actor
) -> ObjectionStep:
    """Write a step of a held objection, and what it does to the last day to decide."""
    step = ObjectionStep(
        objection_id=objection.id,
        application_id=objection.application_id,
        municipality_id=objection.municipality_id,
        kind=kind.value,
        on=note.on,
        until=note.until,
        detail=note.detail,
        place=note.place,
        body=note.body,
        at=clock.now(),
        by=actor.person_id,
    )
    session.add(step)
    session.flush()
    if objection.first_decide_by is not None and objection.clock_from is not None:
        facts = course_of_objection(session, objection.id).facts
        objection.decide_by = decide_by_after(
            objection.first_decide_by, objection.clock_from, facts
        )
    return step


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
