"""To which municipality and to whom an application belongs: what the guards of screens ask."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import acts_for, everybody_now
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.matching.models import Application


def application_municipality_id(session: Session, application_id: UUID) -> UUID | None:
    """The municipality whose fund was applied to; None for an application that is not there."""
    statement = select(Application.municipality_id).where(Application.id == application_id)
    return session.scalar(statement)


def applicants_of(session: Session, application_id: UUID | None) -> frozenset[UUID]:
    """Who applied, and everybody who runs the campaign; nobody for one that is not there."""
    application = session.get(Application, application_id) if application_id else None
    if application is None:
        return frozenset()
    campaign = session.get_one(Campaign, application.campaign_id)
    members = () if campaign.guest_name is not None else everybody_now(session, campaign)
    return frozenset({application.applicant_id, *(member.id for member in members)})


def is_applicant(session: Session, application: Application, actor: Actor) -> bool:
    """Whether somebody applied, or may act for the campaign that did."""
    is_signer = actor.person_id == application.applicant_id
    return is_signer or acts_for(session, application.campaign_id, actor.person_id)


def require_applicant(session: Session, application: Application, actor: Actor) -> None:
    """Raise ``ForbiddenError`` for everybody else."""
    if actor.person_id is None or not is_applicant(session, application, actor):
        raise ForbiddenError("not_your_campaign")


def campaign_of_application(session: Session, application_id: UUID) -> UUID | None:
    """The campaign that was applied for; None for an application that is not there."""
    return session.scalar(select(Application.campaign_id).where(Application.id == application_id))
