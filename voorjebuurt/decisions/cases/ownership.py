"""To which municipality things of decisions belong: what the guards of screens ask."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision, Delegation, Objection
from voorjebuurt.decisions.rules.objections import Party
from voorjebuurt.matching.models import Application


def decision_municipality_id(session: Session, decision_id: UUID) -> UUID | None:
    """The municipality in whose name was decided; None for a decision that is not there."""
    return session.scalar(select(Decision.municipality_id).where(Decision.id == decision_id))


def objection_municipality_id(session: Session, objection_id: UUID) -> UUID | None:
    """The municipality that deals with an objection; None for one that is not there."""
    return session.scalar(select(Objection.municipality_id).where(Objection.id == objection_id))


def delegation_municipality_id(session: Session, delegation_id: UUID) -> UUID | None:
    """The municipality in which somebody stands in; None for an arrangement that is not there."""
    return session.scalar(select(Delegation.municipality_id).where(Delegation.id == delegation_id))


def decision_applicant_id(session: Session, decision_id: UUID) -> UUID | None:
    """Who applied for what a decision is about; None for a decision that is not there."""
    statement = (
        select(Application.applicant_id)
        .join(Decision, Decision.application_id == Application.id)
        .where(Decision.id == decision_id)
    )
    return session.scalar(statement)


def objection_applicant_id(session: Session, objection_id: UUID) -> UUID | None:
    """The applicant whose own objection this is; None for one of somebody else, or none at all.

    What a neighbour wrote, and where they live, is not for the applicant's eyes.
    """
    statement = (
        select(Application.applicant_id)
        .join(Objection, Objection.application_id == Application.id)
        .where(Objection.id == objection_id, Objection.party == Party.APPLICANT)
    )
    return session.scalar(statement)
