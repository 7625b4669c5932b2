"""How the clock of an application stands, from what happened to it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import ClockEvent
from voorjebuurt.decisions.rules.terms import ClockFact, ClockKind, Term, term_of
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund


def clock_events(session: Session, application_id: UUID) -> Sequence[ClockEvent]:
    """Everything that happened to the clock, in order."""
    statement = select(ClockEvent).where(ClockEvent.application_id == application_id)
    return session.scalars(statement.order_by(ClockEvent.at, ClockEvent.id)).all()


def term_of_application(session: Session, application: Application) -> Term:
    """The term to decide on an application as it stands now."""
    weeks = session.scalar(select(Fund.decision_weeks).where(Fund.id == application.fund_id)) or 8
    facts = [
        ClockFact(ClockKind(event.kind), clock.local(event.at).date(), event.until)
        for event in clock_events(session, application.id)
    ]
    return term_of(clock.local(application.received_at).date(), weeks=weeks, facts=facts)


def completion_terms(session: Session, municipality_id: UUID) -> dict[UUID, date]:
    """The last day to complete, by application that waits for it."""
    statement = (
        select(ClockEvent.application_id, ClockEvent.until)
        .join(Application, Application.id == ClockEvent.application_id)
        .where(
            Application.municipality_id == municipality_id,
            Application.status == ApplicationStatus.INCOMPLETE,
            ClockEvent.kind == ClockKind.COMPLETION_ASKED,
        )
        .order_by(ClockEvent.at, ClockEvent.id)
    )
    return {key: until for key, until in session.execute(statement) if until is not None}
