"""The court: an appeal is registered, its judgment too; one that annuls leads to a new decision."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions import objection_mails as mails
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import Appeal, ObjectionRuling
from voorjebuurt.decisions.objections.rows import (
    TRANSITION_ACTIONS,
    locked_objection,
    objection_subject,
    text_of,
)
from voorjebuurt.decisions.rules.court import JudgmentOutcome
from voorjebuurt.decisions.rules.kinds import DecisionStatus
from voorjebuurt.decisions.rules.objections import (
    OBJECTION_TRANSITIONS,
    ObjectionStatus,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError


def register_appeal(
    session: Session,
    *,
    objection_id: UUID,
    court: str,
    case_number: str,
    lodged_on: date,
    actor: Actor,
) -> UUID:
    """Somebody appealed against the decision on an objection; returns the appeal's id.

    Raises ``TransitionError`` before there is such a decision, and ``DomainError`` at the field.
    """
    case, objection = locked_objection(session, objection_id)
    impartial_officer(session, application=case.application, actor=actor)
    ruling = last_ruling(session, objection.id)
    if ruling is None or ruling.approved_at is None:
        raise TransitionError("ruling_not_sent")
    if _open_appeal(session, objection.id) is not None:
        raise DomainError("appeal_open_already")
    # One that comes before the letter is an appeal too, once it was decided (Awb 6:10).
    if not clock.local(ruling.approved_at).date() <= lodged_on <= clock.today():
        raise DomainError("lodged_on_wrong", field="lodged_on")
    appeal = Appeal(
        ruling_id=ruling.id,
        objection_id=objection.id,
        application_id=objection.application_id,
        municipality_id=objection.municipality_id,
        court=text_of(court, "court", "court_missing"),
        case_number=text_of(case_number, "case_number", "case_number_missing"),
        lodged_on=lodged_on,
        registered_at=clock.now(),
        registered_by=actor.person_id,
    )
    session.add(appeal)
    session.flush()
    _record(session, objection, appeal, Action.OBJECTION_APPEAL_REGISTERED, actor)
    mails.appeal_registered(
        session, application=case.application, objection=objection, appeal=appeal
    )
    return appeal.id


def register_judgment(
    session: Session,
    *,
    objection_id: UUID,
    outcome: str,
    judged_on: date,
    judgment: str,
    decide_by: date | None,
    actor: Actor,
) -> None:
    """What the court said. One that annuls opens the objection again, with the court's own term.

    What came in the place of the first decision does not hold any more then; the money stays as it
    is until the new decision.
    """
    case, objection = locked_objection(session, objection_id)
    impartial_officer(session, application=case.application, actor=actor)
    appeal = _open_appeal(session, objection.id)
    if appeal is None:
        raise TransitionError("appeal_not_open")
    if outcome not in set(JudgmentOutcome):
        raise DomainError("outcome_unknown", field="outcome")
    if not appeal.lodged_on <= judged_on <= clock.today():
        raise DomainError("judged_on_wrong", field="judged_on")
    annuls = outcome == JudgmentOutcome.ANNULMENT
    if annuls and (decide_by is None or decide_by <= judged_on):
        raise DomainError("court_term_missing", field="decide_by")
    with session.no_autoflush:
        appeal.outcome, appeal.judged_on = outcome, judged_on
        appeal.judgment = text_of(judgment, "judgment", "judgment_missing")
        appeal.decide_by = decide_by if annuls else None
        appeal.judged_at, appeal.judged_by = clock.now(), actor.person_id
    session.flush()
    _record(session, objection, appeal, Action.OBJECTION_JUDGMENT_REGISTERED, actor)
    if annuls and decide_by is not None:
        _reopen(session, objection, decide_by, actor)
    mails.appeal_judged(session, application=case.application, objection=objection, appeal=appeal)


def last_ruling(session: Session, objection_id: UUID) -> ObjectionRuling | None:
    """The last decision on an objection that was sent, on its own or joined with another."""
    statement = (
        select(ObjectionRuling)
        .where(
            (ObjectionRuling.objection_id == objection_id)
            | ObjectionRuling.joined.contains([str(objection_id)]),
            ObjectionRuling.status == DecisionStatus.SENT,
        )
        .order_by(ObjectionRuling.sent_at.desc())
        .limit(1)
    )
    return session.scalar(statement)


def appeals_of(session: Session, objection_id: UUID) -> list[Appeal]:
    """The appeals about an objection, the oldest first."""
    statement = select(Appeal).where(Appeal.objection_id == objection_id)
    return list(session.scalars(statement.order_by(Appeal.registered_at)))


def _open_appeal(session: Session, objection_id: UUID) -> Appeal | None:
    statement = select(Appeal).where(Appeal.objection_id == objection_id, Appeal.outcome.is_(None))
    return session.scalar(statement.with_for_update())


def _reopen(session: Session, objection: Objection, decide_by: date, actor: Actor) -> None:
    after = OBJECTION_TRANSITIONS.after(ObjectionStatus(objection.status), "reopen")
    objection.status, objection.decide_by = after.value, decide_by
    objection.first_decide_by = objection.clock_from = None
    objection.decided_at = objection.decided_by = None
    objection.outcome = ""
    audit.record(
        session,
        actor=actor,
        action=TRANSITION_ACTIONS["reopen"],
        subject=objection_subject(objection),
        detail={"decide_by": decide_by.isoformat()},
    )


def _record(
    session: Session, objection: Objection, appeal: Appeal, action: Action, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=objection_subject(objection),
        detail={"case_number": appeal.case_number, "outcome": appeal.outcome or ""},
    )
