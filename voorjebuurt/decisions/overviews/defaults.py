"""The last notice of default about an application, and what it costs now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import DefaultNotice
from voorjebuurt.decisions.objections.court.penalties import decided_on_of
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rules.penalties import (
    determine_by,
    first_penalty_day,
    penalty_cents,
    penalty_days,
)
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


@dataclass(frozen=True)
class DefaultView:
    """From when it costs, how many days so far, and how much (eurocents)."""

    notice: DefaultNotice
    letter: bytes | None
    first_day: date
    decided_on: date | None
    days: int
    cents: int
    determine_by: date


def default_view(
    session: Session, application_id: UUID, bands: Sequence[int]
) -> DefaultView | None:
    """The last notice; None when there is none."""
    notice = session.scalar(
        select(DefaultNotice)
        .where(DefaultNotice.application_id == application_id)
        .order_by(DefaultNotice.registered_at.desc())
        .limit(1)
        .options(undefer(DefaultNotice.letter))
    )
    if notice is None:
        return None
    application = session.get_one(Application, application_id)
    first = first_penalty_day(notice.due_on, notice.received_on)
    decided_on = decided_on_of(session, application, notice)
    days = penalty_days(first, decided_on or clock.today())
    return DefaultView(
        notice=notice,
        letter=notice.letter,
        first_day=first,
        decided_on=decided_on,
        days=days,
        cents=penalty_cents(days, bands),
        determine_by=determine_by(first, decided_on),
    )


def open_objection_numbers(session: Session, application_id: UUID) -> dict[UUID, str]:
    """The objections of an application that still wait, by id."""
    statement = (
        select(Objection.id, Objection.number)
        .where(
            Objection.application_id == application_id,
            Objection.status == ObjectionStatus.RECEIVED,
        )
        .order_by(Objection.number)
    )
    return {row.id: row.number for row in session.execute(statement)}
