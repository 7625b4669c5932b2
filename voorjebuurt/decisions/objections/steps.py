"""A step of an objection, written down."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import ObjectionStep
from voorjebuurt.decisions.objections.steps_of import course_of_objection
from voorjebuurt.decisions.rules.proceedings import StepKind, decide_by_after
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor


@dataclass(frozen=True)
class StepNote:
    """What is written down of one step; what each holds depends on its kind."""

    on: date
    until: date | None = None
    detail: str = ""
    place: str = ""
    body: str = ""


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
