"""Where the decisions of a fund stand, application by application."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import DecisionStatus

_COUNTS = [
    DecisionStatus.PROPOSED.value,
    DecisionStatus.APPROVED.value,
    DecisionStatus.SENT.value,
]


@dataclass(frozen=True)
class LastDecision:
    """The last decision on an application that was not taken back (eurocents)."""

    decision_id: UUID
    number: str
    kind: str
    status: str
    amount_cents: int
    proposed_by: UUID


def last_decisions(session: Session, fund_id: UUID) -> dict[UUID, LastDecision]:
    """By application of a fund; what was sent back or recalled does not count."""
    rows = session.execute(
        select(
            Decision.application_id,
            Decision.id,
            Decision.number,
            Decision.kind,
            Decision.status,
            Decision.amount_cents,
            Decision.proposed_by,
        )
        .where(Decision.fund_id == fund_id, Decision.status.in_(_COUNTS))
        .order_by(Decision.proposed_at, Decision.id)
    )
    return {row[0]: LastDecision(*row[1:]) for row in rows}
