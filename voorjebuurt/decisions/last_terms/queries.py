"""Reading last terms: which counts, and which cases wait for one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application


def last_terms_of(session: Session, application_id: UUID) -> Sequence[LastTerm]:
    """All last terms that were set in a case, the oldest first."""
    statement = select(LastTerm).where(LastTerm.application_id == application_id)
    return session.scalars(statement.order_by(LastTerm.until)).all()


def last_term_of(session: Session, application_id: UUID) -> LastTerm | None:
    """The last term that counts, if any was set."""
    terms = last_terms_of(session, application_id)
    return terms[-1] if terms else None


def last_terms_waited_for(
    session: Session, municipality_id: UUID | None = None
) -> dict[UUID, LastTerm]:
    """By application of which no account came yet: the last term that counts."""
    statement = (
        select(LastTerm)
        .join(Application, Application.id == LastTerm.application_id)
        .where(Application.status == ApplicationStatus.AWARDED)
        .order_by(LastTerm.until)
    )
    if municipality_id is not None:
        statement = statement.where(LastTerm.municipality_id == municipality_id)
    return {term.application_id: term for term in session.scalars(statement)}


def refuse_before_last_term(session: Session, application_id: UUID) -> None:
    """An award of which no account came is determined only after its last term (Awb 4:44, 4:47).

    Raises ``DomainError`` ``account_missing``, or ``last_term_runs`` with its last day. The
    database holds the same.
    """
    term = last_term_of(session, application_id)
    if term is None:
        raise DomainError("account_missing")
    if not is_over(term.until):
        raise DomainError("last_term_runs", day=term.until)


def is_over(until: date) -> bool:
    """Whether a last day has passed."""
    return clock.today() > until
