"""The clock of an application: stopped, running again, lengthened; each with who and why."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions import mails
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.cases.term_queries import term_of_application
from voorjebuurt.decisions.models import TermEvent
from voorjebuurt.decisions.rules.terms import COMPLETION_DAYS, EXTENSION_DAYS_MAX, TermEventKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.legal_days import moved
from voorjebuurt.matching.applicants.rules import ApplicantDetails
from voorjebuurt.matching.applications.additions import add_details, completion_form
from voorjebuurt.matching.applications.rows import (
    application_subject,
    locked_application,
    move_application,
    own_application,
)
from voorjebuurt.matching.applications.service import Statement, restate, written
from voorjebuurt.matching.applications.states import UNDECIDED, ApplicationStatus
from voorjebuurt.matching.models import Application


def ask_completion(
    session: Session, *, application_id: UUID, missing: str, until: date, actor: Actor
) -> None:
    """Ask the applicant for what is missing, by ``until`` (Awb 4:5); the clock stands still.

    An ``until`` on a free day becomes the next working day. Raises ``DomainError`` at ``missing``
    or ``until``, and ``TransitionError`` for an application that is not just received.
    """
    _, application = locked_application(session, application_id)
    impartial_officer(session, application=application, actor=actor)
    missing = written(missing, "missing", "missing_needed")
    shortest, longest = COMPLETION_DAYS
    days = (until - clock.today()).days
    if not shortest <= days <= longest:
        raise DomainError(
            "completion_term_wrong", field="until", shortest=shortest, longest=longest
        )
    move_application(
        session, application=application, action="ask_completion", actor=actor, reason=missing
    )
    application.suspended_at = clock.now()
    event = add_event(
        session,
        application,
        TermEventKind.COMPLETION_ASKED,
        actor,
        reason=missing,
        until=moved(until),
    )
    mails.completion_asked(session, application=application, event=event)


def complete_application(
    session: Session,
    *,
    application_id: UUID,
    reach: str,
    groups: list[str],
    undertaking: bool,
    de_minimis: str,
    answer: str,
    details: ApplicantDetails | None = None,
    actor: Actor,
) -> None:
    """The applicant completes it: the statement as it now is, and an answer to what was asked."""
    take_completion(
        session,
        own_application(session, application_id, actor),
        statement=Statement(reach, groups, undertaking, de_minimis),
        answer=answer,
        details=details,
        form=completion_form(application_id),
        actor=actor,
    )


def take_completion(
    session: Session,
    application: Application,
    *,
    statement: Statement,
    answer: str,
    details: ApplicantDetails | None,
    form: str,
    came_at: datetime | None = None,
    actor: Actor,
) -> None:
    """Complete a held application; who may is judged by the caller.

    ``came_at``: it came on paper at that moment, from which the clock runs again (Awb 4:15). That
    may be found out after the term for it was written down as lapsed.
    """
    answer = written(answer, "reason", "answer_missing")
    restate(session, application, statement)
    add_details(session, application, details, form=form, actor=actor)
    if application.status == ApplicationStatus.INCOMPLETE or came_at is None:
        move_application(
            session, application=application, action="complete", actor=actor, reason=answer
        )
    application.suspended_at = None
    event = add_event(
        session, application, TermEventKind.COMPLETED, actor, reason=answer, came_at=came_at
    )
    mails.completion_received(
        session, application=application, event=event, on_paper=came_at is not None
    )


def lapse_completion(session: Session, *, application_id: UUID) -> bool:
    """The term for completing ended unused: the clock runs again; returns whether that was so.

    An officer may then refuse the application, or ask again.
    """
    _, application = locked_application(session, application_id)
    if application.status != ApplicationStatus.INCOMPLETE:
        return False
    until = term_of_application(session, application).complete_by
    if until is None or clock.today() <= until:
        return False
    move_application(session, application=application, action="lapse", actor=SYSTEM)
    application.suspended_at = None
    add_event(session, application, TermEventKind.COMPLETION_EXPIRED, SYSTEM)
    return True


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


def add_event(
    session: Session,
    application: Application,
    kind: TermEventKind,
    actor: Actor,
    *,
    reason: str = "",
    until: date | None = None,
    came_at: datetime | None = None,
) -> TermEvent:
    """Write what happened to the clock of a held application, and when it ends by that.

    Now, or at the moment at which it came on paper.
    """
    event = TermEvent(
        application_id=application.id,
        municipality_id=application.municipality_id,
        kind=kind.value,
        at=came_at or clock.now(),
        until=until,
        reason=reason,
        by=actor.person_id,
    )
    session.add(event)
    session.flush()
    application.decide_by = term_of_application(session, application).end
    return event


def incomplete_applications(session: Session) -> list[UUID]:
    """Applications that wait to be completed; those whose term ended can lapse."""
    statement = select(Application.id).where(Application.status == ApplicationStatus.INCOMPLETE)
    return list(session.scalars(statement.order_by(Application.received_at)))
