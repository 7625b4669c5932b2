"""To which municipality and to whom an application belongs: what the guards of screens ask."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.matching.models import Application


def application_municipality_id(session: Session, application_id: UUID) -> UUID | None:
    """The municipality whose fund was applied to; None for an application that is not there."""
    statement = select(Application.municipality_id).where(Application.id == application_id)
    return session.scalar(statement)


def applicant_id(session: Session, application_id: UUID) -> UUID | None:
    """Who applied; None for an application that is not there."""
    return session.scalar(select(Application.applicant_id).where(Application.id == application_id))


def campaign_of_application(session: Session, application_id: UUID) -> UUID | None:
    """The campaign that was applied for; None for an application that is not there."""
    return session.scalar(select(Application.campaign_id).where(Application.id == application_id))
