"""A decision on an objection goes no further: the objection was taken back."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.rows import objection_subject
from voorjebuurt.decisions.rules.kinds import (
    DECISION_TRANSITIONS,
    OPEN,
    DecisionStatus,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor

_WHY = "Het bezwaar is ingetrokken."


def stop_rulings(session: Session, objection: Objection, actor: Actor) -> None:
    """Take back what was proposed or approved about a held objection, also with others."""
    open_rulings = select(ObjectionRuling).where(
        or_(
            ObjectionRuling.objection_id == objection.id,
            ObjectionRuling.joined.contains([str(objection.id)]),
        ),
        ObjectionRuling.status.in_([state.value for state in OPEN]),
    )
    for ruling in session.scalars(open_rulings.with_for_update()):
        take_back(session, objection, ruling, _WHY, actor)


def take_back(
    session: Session, objection: Objection, ruling: ObjectionRuling, reason: str, actor: Actor
) -> None:
    """Dismiss a held proposal, or recall it once approved; its objection is open again."""
    status = DecisionStatus(ruling.status)
    action = "dismiss" if status is DecisionStatus.PROPOSED else "recall"
    ruling.status = DECISION_TRANSITIONS.after(status, action).value
    ruling.returned_at, ruling.returned_by = clock.now(), actor.person_id
    ruling.return_reason = reason
    audit.record(
        session,
        actor=actor,
        action=Action.OBJECTION_RULING_RETURNED,
        subject=objection_subject(objection),
        reason=reason,
        detail={"ruling": ruling.number},
    )
