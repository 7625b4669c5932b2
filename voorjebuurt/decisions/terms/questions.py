"""An officer asks for what is missing: the clock stands still until it came, or the term ended."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions import mails
from voorjebuurt.decisions.case_letters.service import News, write_letter
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.cases.terms import add_event
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.terms import COMPLETION_DAYS, TermEventKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.legal_days import moved
from voorjebuurt.matching.applications.rows import locked_application, move_application
from voorjebuurt.matching.applications.service import written


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
    news = News(application.number, missing, until=event.until)
    write_letter(
        session,
        LetterKind.COMPLETION_QUESTION,
        news,
        application=application,
        signer_id=actor.person_id,
    )
