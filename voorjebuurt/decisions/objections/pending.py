"""Objections that wait: for what, until when, and who proposed the decision on them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling, ObjectionStep
from voorjebuurt.decisions.rules.kinds import OPEN, DecisionStatus
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rules.proceedings import NextStep, StepFact, StepKind, course_of


@dataclass(frozen=True)
class Pending:
    """What is due first. ``proposed_by`` proposed the decision; ``approved`` it is sent soon."""

    due_on: date
    proposed_by: UUID | None = None
    approved: bool = False


def pending_objections(session: Session, municipality_id: UUID) -> dict[UUID, Pending]:
    """By objection of a municipality that was not decided on."""
    waiting = session.scalars(
        select(Objection).where(
            Objection.municipality_id == municipality_id,
            Objection.status == ObjectionStatus.RECEIVED,
        )
    ).all()
    ids = [objection.id for objection in waiting]
    steps: dict[UUID, list[StepFact]] = {}
    rows = select(ObjectionStep).where(ObjectionStep.objection_id.in_(ids))
    for step in session.scalars(rows.order_by(ObjectionStep.at, ObjectionStep.id)):
        fact = StepFact(StepKind(step.kind), step.on, step.until, step.detail)
        steps.setdefault(step.objection_id, []).append(fact)
    open_rulings = session.scalars(
        select(ObjectionRuling).where(
            ObjectionRuling.municipality_id == municipality_id,
            ObjectionRuling.status.in_([state.value for state in OPEN]),
        )
    )
    rulings = {
        key: ruling
        for ruling in open_rulings
        for key in (ruling.objection_id, *map(UUID, ruling.joined))
    }
    return {
        objection.id: Pending(
            _due_on(objection, steps.get(objection.id, [])),
            ruling.proposed_by if ruling else None,
            ruling is not None and ruling.status == DecisionStatus.APPROVED,
        )
        for objection in waiting
        for ruling in [rulings.get(objection.id)]
    }


def _due_on(objection: Objection, facts: list[StepFact]) -> date:
    """The day of what comes next, when that is before the last day to decide."""
    course = course_of(facts)
    step, until = course.next_step(in_time=objection.in_time), None
    if course.open_question is not None and step is NextStep.ANSWER:
        until = course.open_question.until
    elif course.invitation is not None and step is NextStep.HEARING:
        until = course.invitation.until
    return min(until or objection.decide_by, objection.decide_by)
