"""The clock of an application runs again: it was completed, or the term for that ended unused."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions import mails
from voorjebuurt.decisions.cases.term_queries import term_of_application
from voorjebuurt.decisions.models import TermEvent
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.matching.applicants.rules import ApplicantDetails
from voorjebuurt.matching.applications.additions import add_details, completion_form
from voorjebuurt.matching.applications.rows import (
    locked_application,
    move_application,
    own_application,
)
from voorjebuurt.matching.applications.service import Statement, restate, written
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application


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
