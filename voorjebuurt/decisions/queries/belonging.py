"""To which municipality things of decisions belong: what the guards of screens ask."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision, Delegation, Objection


def decision_municipality_id(session: Session, decision_id: UUID) -> UUID | None:
    """The municipality in whose name was decided; None for a decision that is not there."""
    return session.scalar(select(Decision.municipality_id).where(Decision.id == decision_id))


def objection_municipality_id(session: Session, objection_id: UUID) -> UUID | None:
    """The municipality that deals with an objection; None for one that is not there."""
    return session.scalar(select(Objection.municipality_id).where(Objection.id == objection_id))


def delegation_municipality_id(session: Session, delegation_id: UUID) -> UUID | None:
    """The municipality in which somebody stands in; None for an arrangement that is not there."""
    return session.scalar(select(Delegation.municipality_id).where(Delegation.id == delegation_id))
