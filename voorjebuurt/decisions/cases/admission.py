"""Admitting an application: all of the checklist is met, and it can be decided on."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions import mails
from voorjebuurt.decisions.cases.checklist import refuse_open_items
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applications.rows import locked_application, move_application
from voorjebuurt.matching.models import Application, Fund


def admit_application(session: Session, *, application_id: UUID, actor: Actor) -> None:
    """Admit an application that meets the whole checklist.

    No money moves: a live fund matches gifts once its award is announced. Raises ``DomainError``
    ``checklist_open`` with what is not met.
    """
    _, application = locked_application(session, application_id)
    impartial_officer(session, application=application, actor=actor)
    admit_locked(session, application, actor)


def admit_locked(session: Session, application: Application, actor: Actor) -> None:
    """The same on a row that is held, for whoever has the right."""
    refuse_open_items(session, application)
    move_application(session, application=application, action="admit", actor=actor)
    application.admitted_at = clock.now()
    mails.application_admitted(
        session,
        application=application,
        fund=session.get_one(Fund, application.fund_id),
        admitted_at=application.admitted_at,
    )
