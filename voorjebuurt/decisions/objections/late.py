"""Notices of default that something is still to be done about: what, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.objection_models import DefaultNotice
from voorjebuurt.decisions.objections.court.penalties import decided_on_of
from voorjebuurt.decisions.rules.penalties import (
    MAX_DAYS,
    PenaltyTask,
    determine_by,
    first_penalty_day,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.matching.models import Application

_PAY_WEEKS = 6
"""A penalty is paid within six weeks after its decision was announced (Awb 4:87)."""


@dataclass(frozen=True)
class PendingPenalty:
    """What is due about a notice of default; ``cents`` is the penalty that was proposed or set."""

    notice_id: UUID
    application_id: UUID
    number: str
    step: PenaltyTask
    due_on: date
    proposed_by: UUID | None
    cents: int


def pending_penalties(session: Session, municipality_id: UUID) -> Sequence[PendingPenalty]:
    """The notices of a municipality that are not dealt with, the earliest first."""
    statement = (
        select(DefaultNotice, Application)
        .join(Application, Application.id == DefaultNotice.application_id)
        .where(
            DefaultNotice.municipality_id == municipality_id,
            or_(
                DefaultNotice.status != "sent",
                (DefaultNotice.penalty_cents > 0) & DefaultNotice.paid_on.is_(None),
            ),
        )
        .order_by(DefaultNotice.registered_at, DefaultNotice.id)
    )
    return [
        PendingPenalty(
            notice_id=notice.id,
            application_id=notice.application_id,
            number=notice.number,
            step=step,
            due_on=due_on,
            proposed_by=notice.proposed_by if notice.status == "proposed" else None,
            cents=notice.penalty_cents,
        )
        for notice, application in session.execute(statement).all()
        for step, due_on in [_due(session, notice, application)]
    ]


def _due(
    session: Session, notice: DefaultNotice, application: Application
) -> tuple[PenaltyTask, date]:
    if notice.status == "sent" and notice.sent_at is not None:
        return PenaltyTask.PAY, last_day(clock.local(notice.sent_at).date(), weeks=_PAY_WEEKS)
    first = first_penalty_day(notice.due_on, notice.received_on)
    if notice.status == "proposed":
        return PenaltyTask.APPROVE, determine_by(first, notice.decided_on)
    decided_on = decided_on_of(session, application, notice)
    is_full = clock.today() >= first + timedelta(days=MAX_DAYS)
    if decided_on is None and not is_full:
        # Until the day before, deciding costs nothing; after that each day costs a penalty.
        return PenaltyTask.DECIDE, first - timedelta(days=1)
    return PenaltyTask.DETERMINE, determine_by(first, decided_on)
