"""What went before a decision: those that were sent, and the objection that it answers."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.rules.kinds import ANSWERS, DecisionKind, DecisionStatus
from voorjebuurt.decisions.rules.objections import FOUNDED
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


def earlier_decisions(session: Session, application: Application) -> tuple[dict[str, Any], ...]:
    """The decisions that were sent before, in order."""
    decisions = session.execute(
        select(Decision.number, Decision.kind, Decision.amount_cents, Decision.sent_at)
        .where(
            Decision.application_id == application.id, Decision.status == DecisionStatus.SENT.value
        )
        .order_by(Decision.sent_at, Decision.id)
    )
    return tuple(
        {
            "number": row.number,
            "kind": row.kind,
            "amount_cents": row.amount_cents,
            "sent_on": clock.local(row.sent_at).date().isoformat(),
        }
        for row in decisions
    )


def decisions_for_the_court(session: Session, application_id: UUID) -> frozenset[UUID]:
    """The sent decisions that answer an objection: against those there is only appeal."""
    statement = select(Decision.id).where(
        Decision.application_id == application_id,
        Decision.status == DecisionStatus.SENT.value,
        Decision.snapshot.cast(JSONB)["objection"].astext.is_not(None),
    )
    return frozenset(session.scalars(statement))


def objection_behind(
    session: Session, application: Application, kind: str
) -> dict[str, Any] | None:
    """The objection that a decision of this kind answers (Awb 7:11, second paragraph), if any.

    It was upheld after the last decision that was sent, and such a decision comes in the place of
    the one that it was against.
    """
    row = session.execute(
        select(
            Objection.number,
            Objection.decided_at,
            Decision.number.label("decision"),
            Decision.kind,
        )
        .join(Decision, Decision.id == Objection.decision_id)
        .where(
            Objection.application_id == application.id,
            Objection.status.in_([status.value for status in FOUNDED]),
        )
        .order_by(Objection.decided_at.desc())
        .limit(1)
    ).one_or_none()
    if row is None or kind not in ANSWERS[DecisionKind(row.kind)]:
        return None
    last_sent_at = session.scalar(
        select(func.max(Decision.sent_at)).where(
            Decision.application_id == application.id, Decision.status == DecisionStatus.SENT.value
        )
    )
    if last_sent_at is not None and last_sent_at > row.decided_at:
        return None
    return {
        "number": row.number,
        "decision": row.decision,
        "decided_on": clock.local(row.decided_at).date().isoformat(),
    }
