"""The steps of an objection as rows, and as facts for the rules."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.objection_models import ObjectionStep
from voorjebuurt.decisions.rules.proceedings import Course, StepFact, StepKind, course_of


def steps_of(session: Session, objection_id: UUID) -> Sequence[ObjectionStep]:
    """The steps, in the order in which they were written down."""
    statement = select(ObjectionStep).where(ObjectionStep.objection_id == objection_id)
    return session.scalars(statement.order_by(ObjectionStep.at, ObjectionStep.id)).all()


def course_of_objection(session: Session, objection_id: UUID) -> Course:
    """How far an objection is."""
    return course_of(
        StepFact(StepKind(step.kind), step.on, step.until, step.detail, step.body, step.place)
        for step in steps_of(session, objection_id)
    )
