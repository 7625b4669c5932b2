"""A completion and a withdrawal that came on paper, with the effect that they have online."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.cases.term_queries import term_events
from voorjebuurt.decisions.cases.terms import take_completion
from voorjebuurt.decisions.models import TermEvent
from voorjebuurt.decisions.paper.filings import case_paper_form, has_scan, write_filing
from voorjebuurt.decisions.rules.papers import Paper, PaperKind, checked_paper, moment_of
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rulings.withdrawals import withdraw_locked
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applicants.rules import ApplicantDetails
from voorjebuurt.matching.applications.rows import application_subject, locked_application
from voorjebuurt.matching.applications.service import Statement, take_change
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application

_ANSWERED = frozenset({TermEventKind.COMPLETED, TermEventKind.DECIDED, TermEventKind.REOPENED})


def register_completion(
    session: Session,
    *,
    application_id: UUID,
    paper: Paper,
    statement: Statement,
    details: ApplicantDetails | None,
    actor: Actor,
) -> None:
    """Register what an applicant added on paper; ``paper.note`` is their answer, in short.

    The clock runs again from the moment it came in (Awb 4:15), also when the term for it was
    written down as lapsed since. When nothing was asked, or it came after the last day, it changes
    what the application says and no term.

    Raises ``DomainError`` at the field, ``TransitionError`` where the applicant could not either,
    and ``ForbiddenError`` as for an application.
    """
    _, application = locked_application(session, application_id)
    officer_id = impartial_officer(session, application=application, actor=actor)
    came_at = _moment(application, paper)
    form = case_paper_form(application_id, PaperKind.COMPLETION)
    is_scanned = has_scan(session, form=form, actor=actor)
    if not paper.note.strip():
        raise DomainError("answer_missing", field="note")
    paper = checked_paper(paper, has_scan=is_scanned)
    question = _open_question(session, application)
    if question is not None and came_at < question.at:
        raise DomainError("paper_before_question", field="on")
    if question is not None and _is_in_time(application, question, came_at):
        take_completion(
            session,
            application,
            statement=statement,
            answer=paper.note,
            details=details,
            form=form,
            came_at=came_at,
            actor=actor,
        )
    else:
        take_change(
            session,
            application,
            statement=statement,
            details=details,
            form=form,
            on_paper=paper.on,
            actor=actor,
        )
    write_filing(
        session,
        application,
        PaperKind.COMPLETION,
        paper,
        received_at=came_at,
        is_scanned=is_scanned,
        overtaken=[],
        officer_id=officer_id,
        actor=actor,
    )


def register_withdrawal(
    session: Session, *, application_id: UUID, paper: Paper, actor: Actor
) -> None:
    """Register that an applicant took an application back on paper; ``paper.note`` says why, if
    they did. Raises as for a completion; ``TransitionError`` after a decision."""
    _, application = locked_application(session, application_id)
    officer_id = impartial_officer(session, application=application, actor=actor)
    came_at = _moment(application, paper)
    form = case_paper_form(application_id, PaperKind.WITHDRAWAL)
    is_scanned = has_scan(session, form=form, actor=actor)
    paper = checked_paper(paper, has_scan=is_scanned)
    withdraw_locked(session, application, reason=paper.note, on_paper=paper.on, actor=actor)
    submit_drafts(
        session,
        form=form,
        owner=Owner(application_id=application_id),
        subject=application_subject(application),
        actor=actor,
    )
    write_filing(
        session,
        application,
        PaperKind.WITHDRAWAL,
        paper,
        received_at=came_at,
        is_scanned=is_scanned,
        overtaken=[],
        officer_id=officer_id,
        actor=actor,
    )


def _moment(application: Application, paper: Paper) -> datetime:
    """When it came in: not before the application itself."""
    came_at = moment_of(paper, now=clock.now())
    if came_at < application.received_at:
        raise DomainError("paper_before_application", field="on")
    return came_at


def _open_question(session: Session, application: Application) -> TermEvent | None:
    """What was asked last and not answered; also when the term for it was found to have lapsed."""
    question = None
    for event in term_events(session, application.id):
        if event.kind == TermEventKind.COMPLETION_ASKED:
            question = event
        elif event.kind in _ANSWERED:
            question = None
    return question


def _is_in_time(application: Application, question: TermEvent, came_at: datetime) -> bool:
    """Whether it came while the application waited for it."""
    if application.status == ApplicationStatus.INCOMPLETE:
        return True
    return question.until is not None and clock.local(came_at).date() <= question.until
