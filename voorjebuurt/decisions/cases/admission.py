"""Admitting an application: all of the checklist is met, and a live fund matches from now on."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions import mails
from voorjebuurt.decisions.cases.checklist import checklist_of
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.rows import locked_application, move_application
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.pots.service import start_match


def admit_application(session: Session, *, application_id: UUID, actor: Actor) -> None:
    """Admit an application that meets the whole checklist.

    A live fund deals with the campaign's gifts from now on, earlier ones too, in their order.
    Raises ``DomainError`` ``checklist_open`` with what is not met.
    """
    _, application = locked_application(session, application_id)
    impartial_officer(session, application=application, actor=actor)
    open_items = [check.item for check in checklist_of(session, application) if not check.met]
    if open_items:
        raise DomainError("checklist_open", items="; ".join(open_items))
    move_application(session, application=application, action="admit", actor=actor)
    application.admitted_at = clock.now()
    start_match(session, application_id=application.id, actor=actor)
    mails.application_admitted(
        session,
        application=application,
        fund=session.get_one(Fund, application.fund_id),
        admitted_at=application.admitted_at,
    )
