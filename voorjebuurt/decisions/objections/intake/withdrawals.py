"""An objection is taken back (Awb 6:21)."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions import objection_mails as mails
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.objections.others import tell_of_withdrawal
from voorjebuurt.decisions.objections.postings import post_notice
from voorjebuurt.decisions.objections.rows import course, locked_objection, objection_subject
from voorjebuurt.decisions.objections.rulings.stops import stop_rulings
from voorjebuurt.decisions.rules.objections import OBJECTION_TRANSITIONS, ObjectionStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applications.ownership import is_applicant
from voorjebuurt.matching.applications.service import written


def withdraw_objection(
    session: Session, *, objection_id: UUID, reason: str = "", actor: Actor
) -> None:
    """Who objected takes it back (Awb 6:21).

    The applicant on the site; else an officer writes down that it came in writing, or was said at
    the hearing, with how (``reason``). A decision on it that was proposed goes no further. Who
    objected gets a confirmation, and who applied hears of it also when somebody else objected.
    """
    case, objection = locked_objection(session, objection_id)
    is_own = is_applicant(session, case.application, actor) and objection.party == "applicant"
    if not is_own:
        impartial_officer(session, application=case.application, actor=actor)
        reason = written(reason, "reason", "reason_needed")
    before = ObjectionStatus(objection.status)
    objection.status = OBJECTION_TRANSITIONS.after(before, "withdraw").value
    objection.decided_at, objection.outcome = clock.now(), reason.strip()
    hearing = course(session, objection).hearing_ahead(clock.today())
    stop_rulings(session, objection, actor)
    audit.record(
        session,
        actor=actor,
        action=Action.OBJECTION_WITHDRAWN,
        subject=objection_subject(objection),
        reason=reason.strip() or None,
    )
    application = case.application
    mails.objection_withdrawn(session, application=application, objection=objection, until=hearing)
    if not is_own:
        post_notice(
            session,
            "withdrawal",
            subject_id=objection.id,
            application=application,
            objection=objection,
        )
    tell_of_withdrawal(
        session, objection, application=application, until=hearing, signer_id=actor.person_id
    )
