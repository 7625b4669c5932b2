"""What was claimed back of an application, and which decisions an objection undid."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.rules.interest import Clawback
from voorjebuurt.decisions.rules.kinds import DecisionKind, DecisionStatus
from voorjebuurt.decisions.rules.objections import FOUNDED
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.kernel import clock

_FOUNDED = [status.value for status in FOUNDED]
_is_undone = (
    select(Objection.id)
    .where(Objection.decision_id == Decision.id, Objection.status.in_(_FOUNDED))
    .exists()
)


def valid_decisions(
    session: Session, kind: DecisionKind, *, application_id: UUID | None = None
) -> Sequence[Decision]:
    """Every decision of a kind that was sent and that no objection undid, the oldest first.

    ``application_id``: only those on one application.
    """
    statement = select(Decision).where(
        Decision.kind == kind, Decision.status == DecisionStatus.SENT, ~_is_undone
    )
    if application_id is not None:
        statement = statement.where(Decision.application_id == application_id)
    return session.scalars(
        statement.order_by(Decision.application_id, Decision.sent_at, Decision.id)
    ).all()


def clawbacks_of(session: Session, application_id: UUID) -> tuple[Clawback, ...]:
    """Every clawback that was sent, the oldest first, also those that an objection undid."""
    void_at = (
        select(func.min(Objection.decided_at))
        .where(Objection.decision_id == Decision.id, Objection.status.in_(_FOUNDED))
        .scalar_subquery()
    )
    statement = (
        select(Decision.number, Decision.amount_cents, Decision.sent_at, void_at)
        .where(
            Decision.application_id == application_id,
            Decision.kind == DecisionKind.CLAWBACK,
            Decision.status == DecisionStatus.SENT,
        )
        .order_by(Decision.sent_at, Decision.id)
    )
    clawbacks = []
    for number, cents, sent_at, undone_at in session.execute(statement):
        if sent_at is not None:
            moment = clock.local(sent_at)
            end = clock.local(undone_at) if undone_at else None
            clawbacks.append(Clawback(number, cents, pay_until(moment.date()), moment, end))
    return tuple(clawbacks)
