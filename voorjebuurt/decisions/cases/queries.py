"""Single decisions, and the other applications of a campaign."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision
from voorjebuurt.matching.models import Application


def decision_by_id(session: Session, decision_id: UUID) -> Decision | None:
    """One decision; its snapshot and letter are read when they are asked for."""
    return session.get(Decision, decision_id)


def other_applications(session: Session, application: Application) -> Sequence[UUID]:
    """Ids of applications of the same campaign to other funds, or to this one before."""
    statement = select(Application.id).where(
        Application.campaign_id == application.campaign_id, Application.id != application.id
    )
    return session.scalars(statement.order_by(Application.received_at)).all()
