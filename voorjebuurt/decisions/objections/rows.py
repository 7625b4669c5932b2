"""An objection's row: held with its case, and written down."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.rulings.rows import Case, locked_decision
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError


def locked_objection(session: Session, objection_id: UUID) -> tuple[Case, Objection]:
    """Hold the case of an objection, then the objection. Raises ``NotFoundError``."""
    decision_id = session.scalar(select(Objection.decision_id).where(Objection.id == objection_id))
    if decision_id is None:
        raise NotFoundError("objection_not_found")
    case = locked_decision(session, decision_id)
    objection = session.get_one(
        Objection, objection_id, with_for_update=True, populate_existing=True
    )
    return case, objection


def record_objection(
    session: Session,
    objection: Objection,
    deed: str,
    actor: Actor,
    *,
    reason: str | None = None,
    **detail: Any,
) -> None:
    """Write a deed on an objection into the trail of its application."""
    audit.record(
        session,
        actor=actor,
        action=f"objection.{deed}",
        subject_kind="application",
        subject_id=objection.application_id,
        municipality_id=objection.municipality_id,
        reason=reason,
        detail={"objection": str(objection.id), "number": objection.number, **detail},
    )
