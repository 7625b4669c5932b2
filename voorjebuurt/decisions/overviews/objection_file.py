"""One objection with all that belongs to it, and what is due next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, undefer

from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import (
    Appeal,
    DefaultNotice,
    ObjectionRuling,
    ObjectionStep,
)
from voorjebuurt.decisions.objections.court.appeals import appeals_of
from voorjebuurt.decisions.objections.court.penalties import notices_of
from voorjebuurt.decisions.objections.proceedings.step_checks import CHECKS
from voorjebuurt.decisions.objections.proceedings.steps import refuse_step
from voorjebuurt.decisions.objections.rulings.approvals import refuse_ruling_approver
from voorjebuurt.decisions.objections.rulings.joining import letters_of
from voorjebuurt.decisions.objections.steps_of import course_of_objection, steps_of
from voorjebuurt.decisions.overviews.obstacles import case_of
from voorjebuurt.decisions.rules.kinds import OPEN, DecisionStatus
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rules.proceedings import Course, NextStep, StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, refusal_of
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.people.queries import names_of


@dataclass(frozen=True)
class ObjectionFile:
    """The objection; everything oldest first. ``others`` are open ones to the same decision.

    ``costs_asked``: of it or of them, somebody asked for a payment of professional help.
    ``together`` are those that its open or last decision is about as well.
    """

    objection: Objection
    decision: Decision
    steps: Sequence[ObjectionStep]
    course: Course
    rulings: Sequence[ObjectionRuling]
    appeals: Sequence[Appeal]
    notices: Sequence[DefaultNotice]
    others: Sequence[Objection]
    costs_asked: bool
    together: Sequence[Objection]
    names: Mapping[UUID, str]

    @property
    def waits(self) -> bool:
        """Whether it is still to be decided on."""
        return self.objection.status == ObjectionStatus.RECEIVED

    @property
    def is_late(self) -> bool:
        """Whether its last day to decide is over: a notice of default counts from now on."""
        return self.waits and self.objection.decide_by < clock.today()

    @property
    def open_ruling(self) -> ObjectionRuling | None:
        """The decision on it that was proposed or approved, and was not sent yet."""
        states = {state.value for state in OPEN}
        return next((ruling for ruling in self.rulings if ruling.status in states), None)

    @property
    def sent_ruling(self) -> ObjectionRuling | None:
        """The last decision on it that was sent."""
        final = [ruling for ruling in self.rulings if ruling.status == DecisionStatus.SENT]
        return final[-1] if final else None

    @property
    def open_appeal(self) -> Appeal | None:
        """The appeal that the court did not judge yet."""
        return next((appeal for appeal in self.appeals if appeal.outcome is None), None)

    @property
    def next_step(self) -> NextStep:
        """What is due first."""
        return self.course.next_step(in_time=self.objection.in_time)

    @property
    def next_until(self) -> date:
        """The day by which that is due."""
        course = self.course
        if course.open_question is not None and self.next_step is NextStep.ANSWER:
            return course.open_question.until or self.objection.decide_by
        if course.invitation is not None and self.next_step is NextStep.HEARING:
            return course.invitation.until or self.objection.decide_by
        return self.objection.decide_by


def ruling_parts(session: Session, objection_id: UUID) -> Parts:
    """What a page shows of the decision that is on its way or was sent; empty where none is."""
    file = objection_file(session, objection_id)
    ruling = file and (file.open_ruling or file.sent_ruling)
    return {"ruling": f"{ruling.id} {ruling.status}" if ruling else ""}


def objection_file(session: Session, objection_id: UUID) -> ObjectionFile | None:
    """The file; None when there is no such objection."""
    objection = session.get(Objection, objection_id)
    if objection is None:
        return None
    steps = steps_of(session, objection_id)
    rulings = rulings_of(session, [objection_id])
    others = session.scalars(
        select(Objection)
        .where(
            Objection.decision_id == objection.decision_id,
            Objection.id != objection.id,
            Objection.status == ObjectionStatus.RECEIVED,
        )
        .order_by(Objection.number)
    ).all()
    course = course_of_objection(session, objection_id)
    people = {
        objection.received_by,
        objection.decided_by,
        *(step.by for step in steps),
        *(ruling.proposed_by for ruling in rulings),
        *(ruling.approved_by for ruling in rulings),
        *(ruling.returned_by for ruling in rulings),
    }
    return ObjectionFile(
        objection=objection,
        decision=session.get_one(Decision, objection.decision_id),
        steps=steps,
        course=course,
        rulings=rulings,
        appeals=appeals_of(session, objection_id),
        notices=[
            notice
            for notice in notices_of(session, objection.application_id)
            if notice.objection_id == objection_id
        ],
        others=others,
        costs_asked=course.costs_asked
        or any(course_of_objection(session, other.id).costs_asked for other in others),
        together=_together(session, objection_id, rulings),
        names=names_of(session, people),
    )


def _together(
    session: Session, objection_id: UUID, rulings: Sequence[ObjectionRuling]
) -> Sequence[Objection]:
    states = {*OPEN, DecisionStatus.SENT}
    last = [ruling for ruling in rulings if ruling.status in states][-1:]
    keys = {key for ruling in last for key in (ruling.objection_id, *map(UUID, ruling.joined))}
    statement = select(Objection).where(Objection.id.in_(keys - {objection_id}))
    return session.scalars(statement.order_by(Objection.number)).all() if keys else ()


def rulings_of(session: Session, objection_ids: Sequence[UUID]) -> Sequence[ObjectionRuling]:
    """The decisions on these objections, also those that came to nothing, and joined ones."""
    if not objection_ids:
        return ()
    about_these = or_(
        ObjectionRuling.objection_id.in_(objection_ids),
        *(ObjectionRuling.joined.contains([str(key)]) for key in objection_ids),
    )
    statement = select(ObjectionRuling).where(about_these)
    return session.scalars(statement.order_by(ObjectionRuling.proposed_at)).all()


def full_ruling(session: Session, ruling_id: UUID) -> ObjectionRuling | None:
    """A decision on an objection, with its letter."""
    statement = select(ObjectionRuling).where(ObjectionRuling.id == ruling_id)
    return session.scalar(statement.options(undefer(ObjectionRuling.letter)))


class RulingPaper(NamedTuple):
    """What one who objected is written: the snapshot, the words of the day, the letter's bytes."""

    snapshot: str
    announcement: str
    letter: bytes | None


def ruling_paper(session: Session, ruling_id: UUID, objection_id: UUID) -> RulingPaper | None:
    """The letter of a decision about this very objection, also when it leads and others joined."""
    ruling = full_ruling(session, ruling_id)
    if ruling is None:
        return None
    if ruling.objection_id == objection_id:
        return RulingPaper(ruling.snapshot, ruling.announcement, ruling.letter)
    own = next(
        (row for row in letters_of(session, ruling_id) if row.objection_id == objection_id), None
    )
    return RulingPaper(own.snapshot, own.announcement, own.letter) if own else None


def obstacle_to_ruling(
    session: Session, ruling: ObjectionRuling, actor: Actor
) -> DomainError | None:
    """Why this officer can't approve a decision on an objection; None when they can."""
    case = case_of(session, ruling.decision_id)
    return refusal_of(lambda: refuse_ruling_approver(session, case, ruling, actor))


def possible_steps(session: Session, file: ObjectionFile, actor: Actor) -> frozenset[StepKind]:
    """The steps that this officer can write down now: none for who has a stake (Awb 2:4)."""
    case = case_of(session, file.decision.id)

    def check(kind: StepKind) -> None:
        refuse_step(session, case, file.objection, kind=kind, so_far=file.course, actor=actor)

    return frozenset(kind for kind in CHECKS if refusal_of(partial(check, kind)) is None)
