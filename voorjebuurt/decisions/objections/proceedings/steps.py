"""What officers do with an objection before it is decided on: each a step with its day.

All take the objection's id and an officer without a stake; none of them decides.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions import objection_mails as mails
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling, ObjectionStep
from voorjebuurt.decisions.objections.files import objection_answer_form, submit_files
from voorjebuurt.decisions.objections.others import tell_of_step
from voorjebuurt.decisions.objections.postings import post_notice
from voorjebuurt.decisions.objections.proceedings.step_checks import (
    CHECKS,
    Entry,
    completion,
    refuse_out_of_turn,
)
from voorjebuurt.decisions.objections.rows import course, locked_objection, objection_subject
from voorjebuurt.decisions.objections.steps import StepNote, add_step
from voorjebuurt.decisions.rules.kinds import OPEN
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rules.proceedings import Course, StepKind
from voorjebuurt.decisions.rulings.rows import Case
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.matching.applications.ownership import require_applicant

_K = StepKind


def record_step(
    session: Session, *, objection_id: UUID, kind: StepKind, note: StepNote, actor: Actor
) -> UUID:
    """Write down one step of an objection; returns its id.

    Raises ``TransitionError`` for an objection that is over or on which a decision is proposed,
    ``ForbiddenError`` for who may not, and ``DomainError`` at ``on``, ``until``, ``detail``,
    ``place`` or ``body`` for what can't be.
    """
    case, objection = locked_objection(session, objection_id)
    person_id = impartial_officer(session, application=case.application, actor=actor)
    refuse_closed(session, objection)
    so_far = course(session, objection)
    check = CHECKS.get(kind)
    if check is None:
        raise DomainError("nothing_asked")
    refuse_out_of_turn(kind, so_far, objection)
    entry = check(Entry(note, so_far, objection))
    _refuse_day(objection, entry.on)
    _refuse_hearing_of_decider(case, kind, so_far, person_id)
    step = add_step(session, objection, kind, entry, actor)
    if kind is _K.COMPLETION:
        objection.grounds = objection.grounds or entry.body
        submit_files(session, objection, objection_answer_form(objection_id), actor)
    if kind is _K.EXTENSION:
        objection.extended_reason = entry.body
    audit.record(
        session,
        actor=actor,
        action=Action.OBJECTION_EXTENDED
        if kind is _K.EXTENSION
        else Action.OBJECTION_STEP_RECORDED,
        subject=objection_subject(objection),
        reason=entry.body or None,
        detail={"step": kind.value, "until": str(entry.until or "")},
    )
    mails.step_taken(session, application=case.application, objection=objection, step=step)
    post_notice(
        session, kind, subject_id=step.id, application=case.application, objection=objection
    )
    tell_of_step(session, step, objection, application=case.application, signer_id=actor.person_id)
    return step.id


def complete_objection(session: Session, *, objection_id: UUID, body: str, actor: Actor) -> UUID:
    """Who objected answers what was asked, on the site (Awb 6:6)."""
    case, objection = locked_objection(session, objection_id)
    require_applicant(session, case.application, actor)
    if objection.party != "applicant":
        raise ForbiddenError("not_your_campaign")
    refuse_closed(session, objection)
    entry = Entry(StepNote(clock.today(), body=body), course(session, objection), objection)
    refuse_out_of_turn(_K.COMPLETION, entry.so_far, objection)
    note = completion(entry)
    step = add_step(session, objection, _K.COMPLETION, note, actor)
    objection.grounds = objection.grounds or note.body
    submit_files(session, objection, objection_answer_form(objection_id), actor)
    audit.record(
        session,
        actor=actor,
        action=Action.OBJECTION_STEP_RECORDED,
        subject=objection_subject(objection),
        detail={"step": _K.COMPLETION.value},
    )
    mails.step_taken(session, application=case.application, objection=objection, step=step)
    return step.id


def lapse_answers(session: Session) -> int:
    """Write down where the term to mend an objection ended unused; returns how many did."""
    question = (
        select(ObjectionStep.objection_id)
        .join(Objection, Objection.id == ObjectionStep.objection_id)
        .where(
            Objection.status == ObjectionStatus.RECEIVED,
            ObjectionStep.kind == _K.QUESTION,
            ObjectionStep.until < clock.today(),
        )
        .distinct()
    )
    count = 0
    for objection_id in session.scalars(question).all():
        _, objection = locked_objection(session, objection_id)
        open_question = course(session, objection).open_question
        if (
            open_question is None
            or open_question.until is None
            or open_question.until >= clock.today()
        ):
            continue
        add_step(session, objection, _K.LAPSE, StepNote(open_question.until), SYSTEM)
        audit.record(
            session,
            actor=SYSTEM,
            action=Action.OBJECTION_STEP_RECORDED,
            subject=objection_subject(objection),
            detail={"step": _K.LAPSE.value},
        )
        count += 1
    return count


def refuse_closed(session: Session, objection: Objection) -> None:
    """Raises ``TransitionError`` for an objection that is over, or is being decided on."""
    if objection.status != ObjectionStatus.RECEIVED:
        raise TransitionError("objection_decided")
    under_way = select(ObjectionRuling.id).where(
        or_(
            ObjectionRuling.objection_id == objection.id,
            ObjectionRuling.joined.contains([str(objection.id)]),
        ),
        ObjectionRuling.status.in_([state.value for state in OPEN]),
    )
    if session.scalar(under_way) is not None:
        raise TransitionError("ruling_open_already")


def refuse_step(
    session: Session,
    case: Case,
    objection: Objection,
    *,
    kind: StepKind,
    so_far: Course,
    actor: Actor,
) -> None:
    """Raises what ``record_step`` raises whatever the note would say: who may not, and when not."""
    person_id = impartial_officer(session, application=case.application, actor=actor)
    refuse_closed(session, objection)
    refuse_out_of_turn(kind, so_far, objection)
    _refuse_hearing_of_decider(case, kind, so_far, person_id)


def _refuse_hearing_of_decider(case: Case, kind: StepKind, so_far: Course, person_id: UUID) -> None:
    """Who had a part in the decision does not lead the hearing (Awb 7:5); a committee may."""
    deciders = (case.decision.proposed_by, case.decision.approved_by)
    if kind is _K.HEARING and not so_far.committee and person_id in deciders:
        raise ForbiddenError("decided_before")


def _refuse_day(objection: Objection, on: date) -> None:
    received_on = clock.local(objection.received_at).date()
    if not received_on <= on <= clock.today():
        raise DomainError("step_day_wrong", field="on")
