"""A fund with all that it is divided over, locked in the order that holds everywhere."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.matching.funds.lifecycle import locked_fund
from voorjebuurt.matching.models import Application, Fund


def fund_with_applications(session: Session, fund_id: UUID) -> Fund:
    """The fund, held until the commit after every application to it with its campaign.

    Campaigns come before their fund: who applies holds one and waits for the other (``docs/adr``,
    26). Raises ``NotFoundError``, or ``DomainError`` when somebody applied in between.
    """
    statement = (
        select(Application.id)
        .where(Application.fund_id == fund_id)
        .order_by(Application.campaign_id, Application.id)
    )
    held_ids = session.scalars(statement).all()
    for application_id in held_ids:
        locked_application(session, application_id)
    fund = locked_fund(session, fund_id)
    if new_ids := set(session.scalars(statement)) - set(held_ids):
        raise DomainError("applications_waiting", number=len(new_ids))
    return fund
