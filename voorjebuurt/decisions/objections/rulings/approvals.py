"""A second officer approves a decision on an objection; until it is sent, it can be taken back."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import require_mandate
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.rows import locked_objection, text_of
from voorjebuurt.decisions.objections.rulings.joining import refuse_left_out
from voorjebuurt.decisions.objections.rulings.outcomes import record_ruling, refuse_who_decided
from voorjebuurt.decisions.objections.rulings.replacements import rehearse_again
from voorjebuurt.decisions.objections.rulings.stops import take_back
from voorjebuurt.decisions.rules.kinds import DECISION_TRANSITIONS, DecisionStatus
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rulings.rows import Case
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError, NotFoundError
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, MandateKind, Role


def approve_ruling(session: Session, *, ruling_id: UUID, recall_minutes: int, actor: Actor) -> None:
    """Approve it as a second officer; it is sent ``recall_minutes`` from now.

    Raises ``ForbiddenError`` for the proposer, for who decided before and for a mandate that is too
    low, and ``DomainError`` when what was proposed can't be carried out any more.
    """
    case, objection, ruling = locked_ruling(session, ruling_id)
    after = DECISION_TRANSITIONS.after(DecisionStatus(ruling.status), "approve")
    person_id = refuse_ruling_approver(session, case, ruling, actor)
    refuse_left_out(session, objection, ObjectionStatus(ruling.outcome), map(UUID, ruling.joined))
    rehearse_again(session, case, objection, ruling, actor)
    ruling.status, ruling.approved_by = after.value, person_id
    ruling.approved_at = clock.now()
    ruling.send_at = ruling.approved_at + timedelta(minutes=recall_minutes)
    record_ruling(session, objection, ruling, Action.OBJECTION_RULING_APPROVED, actor)
    jobs.defer(session, "decisions.send_ruling", at=ruling.send_at, ruling_id=str(ruling.id))


def return_ruling(session: Session, *, ruling_id: UUID, reason: str, actor: Actor) -> None:
    """Send a proposal back, or recall an approved one before it is sent; with the reason.

    Raises ``ForbiddenError`` for who decided before, as approving it does (Awb 10:3).
    """
    case, objection, ruling = locked_ruling(session, ruling_id)
    refuse_who_decided(session, case, actor)
    take_back(session, objection, ruling, text_of(reason, "reason", "reason_needed"), actor)


def locked_ruling(session: Session, ruling_id: UUID) -> tuple[Case, Objection, ObjectionRuling]:
    """Hold the case, the objection and the decision on it. Raises ``NotFoundError``."""
    objection_id = session.scalar(
        select(ObjectionRuling.objection_id).where(ObjectionRuling.id == ruling_id)
    )
    if objection_id is None:
        raise NotFoundError("objection_not_found")
    case, objection = locked_objection(session, objection_id)
    ruling = session.get_one(
        ObjectionRuling, ruling_id, with_for_update=True, populate_existing=True
    )
    return case, objection, ruling


def refuse_ruling_approver(
    session: Session, case: Case, ruling: ObjectionRuling, actor: Actor
) -> UUID:
    """The officer, if they may approve this. Raises ``ForbiddenError`` as ``approve_ruling``."""
    person_id = refuse_who_decided(session, case, actor)
    if person_id == ruling.proposed_by:
        raise ForbiddenError("own_decision")
    if gave_role_lately(
        session,
        giver_id=ruling.proposed_by,
        holder_id=person_id,
        role=Role.OFFICER,
        municipality_id=ruling.municipality_id,
    ):
        raise ForbiddenError("role_from_decision_proposer", days=ROLE_GIVER_DAYS)
    require_mandate(
        session,
        municipality_id=ruling.municipality_id,
        kind=MandateKind.OBJECTION,
        cents=ruling.stake_cents,
        actor=actor,
    )
    return person_id
