"""What applicants are mailed about a last term to account."""

from sqlalchemy.orm import Session

from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.mails import tell
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


def last_term_set(session: Session, *, application: Application, term: LastTerm) -> bool:
    """Until when it can still be accounted for, why, and what follows if it isn't."""
    return _tell(session, application, term, "last_term_set")


def last_term_reminder(session: Session, *, application: Application, term: LastTerm) -> bool:
    """The last term ends soon; once for each."""
    return _tell(session, application, term, "last_term_reminder")


def _tell(session: Session, application: Application, term: LastTerm, template: str) -> bool:
    return tell(
        session,
        application,
        key=f"{template}:{term.id}",
        template=template,
        until=clock.noon(term.until).isoformat(),
        accounts_by=clock.noon(term.before).isoformat(),
        reason=term.reason,
    )
