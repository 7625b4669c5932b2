"""To which municipality things of decisions belong: what the guards of screens ask."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision, Delegation, Objection
from voorjebuurt.decisions.rules.objections import Party
from voorjebuurt.matching.applications.ownership import applicants_of


def decision_municipality_id(session: Session, decision_id: UUID) -> UUID | None:
    """The municipality in whose name was decided; None for a decision that is not there."""
    return session.scalar(select(Decision.municipality_id).where(Decision.id == decision_id))


def objection_municipality_id(session: Session, objection_id: UUID) -> UUID | None:
    """The municipality that deals with an objection; None for one that is not there."""
    return session.scalar(select(Objection.municipality_id).where(Objection.id == objection_id))


def delegation_municipality_id(session: Session, delegation_id: UUID) -> UUID | None:
    """The municipality in which somebody stands in; None for an arrangement that is not there."""
    return session.scalar(select(Delegation.municipality_id).where(Delegation.id == delegation_id))


def decision_applicants(session: Session, decision_id: UUID) -> frozenset[UUID]:
    """Who may act for the applicant that a decision is about; nobody for one that is not there."""
    statement = select(Decision.application_id).where(Decision.id == decision_id)
    return applicants_of(session, session.scalar(statement))


def objection_applicants(session: Session, objection_id: UUID) -> frozenset[UUID]:
    """Who may act for the applicant whose own objection this is; nobody for one of somebody else.

    What a neighbour wrote, and where they live, is not for the applicant's eyes.
    """
    statement = select(Objection.application_id).where(
        Objection.id == objection_id, Objection.party == Party.APPLICANT
    )
    return applicants_of(session, session.scalar(statement))
