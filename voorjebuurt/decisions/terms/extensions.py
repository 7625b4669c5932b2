"""An officer lengthens the term to decide, with the reason; the applicant is told."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions import mails
from voorjebuurt.decisions.case_letters.service import News, write_letter
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.cases.term_queries import term_of_application
from voorjebuurt.decisions.cases.terms import add_event
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.terms import EXTENSION_DAYS_MAX, TermEventKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.legal_days import moved
from voorjebuurt.matching.applications.rows import application_subject, locked_application
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.applications.states import UNDECIDED, ApplicationStatus


def extend_term(
    session: Session, *, application_id: UUID, until: date, reason: str, actor: Actor
) -> None:
    """Lengthen the term to decide, once, before it has ended (Awb 4:14); the applicant is told.

    Raises ``DomainError`` ``term_extended_before`` or ``term_ended``, or at ``until``.
    """
    _, application = locked_application(session, application_id)
    impartial_officer(session, application=application, actor=actor)
    reason = written(reason, "reason", "reason_needed")
    if ApplicationStatus(application.status) not in UNDECIDED:
        raise DomainError("term_ended")
    term = term_of_application(session, application)
    if term.extended:
        raise DomainError("term_extended_before")
    if clock.today() > term.end:
        raise DomainError("term_ended")
    latest = term.end + timedelta(days=EXTENSION_DAYS_MAX)
    if not term.end < until <= latest:
        raise DomainError("extension_wrong", field="until", earliest=term.end, latest=latest)
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_EXTENDED,
        subject=application_subject(application),
        reason=reason,
        detail={"before": str(term.end)},
    )
    event = add_event(
        session, application, TermEventKind.EXTENDED, actor, reason=reason, until=moved(until)
    )
    mails.term_extended(session, application=application, event=event)
    news = News(application.number, reason, until=application.decide_by, before=term.end)
    write_letter(
        session, LetterKind.TERM_EXTENSION, news, application=application, signer_id=actor.person_id
    )
