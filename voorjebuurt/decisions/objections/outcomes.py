"""Deciding on an objection; one that is upheld opens the case again."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.decisions import mails
from voorjebuurt.decisions.cases.officers import impartial_officer, require_mandate
from voorjebuurt.decisions.cases.terms import add_event
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.rows import (
    TRANSITION_ACTIONS,
    locked_objection,
    objection_subject,
)
from voorjebuurt.decisions.rules.kinds import DecisionKind, at_stake
from voorjebuurt.decisions.rules.objections import (
    ACTIONS,
    OBJECTION_TRANSITIONS,
    OUTCOMES,
    ObjectionStatus,
)
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rulings.rows import Case
from voorjebuurt.decisions.rulings.timeliness import refuse_open_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.matching.applications.rows import move_application
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.applications.states import ENDED, ApplicationStatus
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.corrections import undo_claw_back
from voorjebuurt.matching.pots.service import reopen_match

_K = DecisionKind
_ON_ACCOUNT = {_K.DETERMINATION, _K.LOWER_DETERMINATION}


def decide_objection(
    session: Session,
    *,
    objection_id: UUID,
    outcome: str,
    reason: str,
    excuse: str = "",
    actor: Actor,
) -> None:
    """Decide on an objection: ``upheld``, ``rejected`` or ``inadmissible``, with the reason.

    Neither who proposed nor who approved the decision decides (Awb 7:5 and 10:3, third paragraph).
    One that came too late is inadmissible unless there was an ``excuse`` (Awb 6:11). When it is
    upheld, the case is open again, and two officers decide anew by the objection's own last day.
    Raises ``ForbiddenError`` ``decided_before``, and ``DomainError`` at the field.
    """
    case, objection = locked_objection(session, objection_id)
    refuse_who_decided(session, case, actor)
    if outcome not in OUTCOMES:
        raise DomainError("outcome_unknown", field="outcome")
    status = ObjectionStatus(outcome)
    reason = written(reason, "reason", "reason_needed")
    if not objection.in_time and status is not ObjectionStatus.INADMISSIBLE:
        reason = f"{written(excuse, 'excuse', 'excuse_missing')}\n\n{reason}"
    before = ObjectionStatus(objection.status)
    objection.status = OBJECTION_TRANSITIONS.after(before, ACTIONS[status]).value
    objection.decided_at, objection.decided_by = clock.now(), actor.person_id
    objection.outcome = reason
    audit.record(
        session,
        actor=actor,
        action=TRANSITION_ACTIONS[ACTIONS[status]],
        subject=objection_subject(objection),
        reason=reason,
    )
    if status is ObjectionStatus.UPHELD:
        _reopen(session, case, objection, actor)
    mails.objection_decided(session, application=case.application, objection=objection)


def refuse_who_decided(session: Session, case: Case, actor: Actor) -> None:
    """Raises ``ForbiddenError`` for an officer who may not decide on an objection in this case."""
    person_id = impartial_officer(session, application=case.application, actor=actor)
    decision = case.decision
    if person_id in (decision.proposed_by, decision.approved_by):
        raise ForbiddenError("decided_before")
    stake = at_stake(
        case.kind,
        amount=decision.amount_cents,
        before=decision.before_cents,
        claim=decision.claim_cents,
    )
    require_mandate(session, municipality_id=decision.municipality_id, cents=stake, actor=actor)


def _reopen(session: Session, case: Case, objection: Objection, actor: Actor) -> None:
    application, reason = case.application, objection.outcome
    refuse_open_decision(session, application.id)
    if case.kind is _K.CLAWBACK:
        undo_claw_back(
            session,
            application_id=application.id,
            cents=case.decision.amount_cents,
            key=f"objection:{objection.id}",
            actor=actor,
        )
        return
    if case.kind in _ON_ACCOUNT:
        action = "reopen_account"
    else:
        action = "reopen" if application.admitted_at else "reopen_unadmitted"
        _refuse_second_active(session, application)
    move_application(session, application=application, action=action, actor=actor, reason=reason)
    if case.kind in _ON_ACCOUNT:
        return
    # A round's outcome does not change: after an objection a case is computed on its own.
    application.round_id = None
    reopen_match(session, application_id=application.id, actor=actor)
    add_event(
        session,
        application,
        TermEventKind.REOPENED,
        actor,
        reason=reason,
        until=max(objection.decide_by, clock.today()),
    )


def _refuse_second_active(session: Session, application: Application) -> None:
    """A campaign that has asked again meanwhile can't have two applications open at once."""
    if ApplicationStatus(application.status) not in ENDED:
        return
    others = select(Application.fund_id, Application.exclusive).where(
        Application.campaign_id == application.campaign_id,
        Application.id != application.id,
        Application.status.not_in([state.value for state in ENDED]),
    )
    for other in session.execute(others):
        if other.fund_id == application.fund_id or other.exclusive or application.exclusive:
            raise DomainError("other_fund_applied")
