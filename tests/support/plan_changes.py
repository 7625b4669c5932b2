"""Changes of an award that its applicant asks for, and what two officers decide on them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.factories.towns import Town
from tests.support.last_terms import CLAIM
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.decisions.plans.rulings import kind_of, plan_terms
from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.plans import Wish
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.plan_requests import ask_plan_change
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision

WHY = "De bomen komen pas in het voorjaar."
LATER = date(2027, 3, 31)
"""Four months after the last day of ``last_terms.DUE_ON``."""
INSTEAD = "Geen bomen maar struiken."


def asked(
    session: Session, case: Town, until: date | None = LATER, activities: str = "", **fields: Any
) -> PlanRequest:
    """The applicant asks for more time, other activities, or both."""
    values = {"reason": WHY, "actor": case.initiator, **fields}
    request_id: UUID = ask_plan_change(
        session, application_id=case.application.id, wish=Wish(until, activities), **values
    )
    return session.get_one(PlanRequest, request_id)


def proposed(
    session: Session,
    case: Town,
    outcome: str = "whole",
    *,
    until: date | None = None,
    activities: str = "",
    reason: str = "",
    cents: int = CLAIM,
) -> UUID:
    """Olga proposes to give all of it, a part, or nothing."""
    terms = plan_terms(
        session,
        application_id=case.application.id,
        outcome=outcome,
        part=Wish(until, activities),
        reason=reason,
    )
    decision_id: UUID = propose(
        session,
        application_id=case.application.id,
        kind=kind_of(outcome),
        amount_cents=cents,
        grounds=(),
        reason=reason,
        terms=ChangeTerms(plan=terms),
        actor=case.olga,
    )
    return decision_id


def sent(session: Session, case: Town, outcome: str = "whole", **fields: Any) -> Decision:
    """The same, approved by Piet and sent at once."""
    decision_id = proposed(session, case, outcome, **fields)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    return session.get_one(Decision, decision_id)
