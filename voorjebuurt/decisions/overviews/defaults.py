"""A notice of default about an application or an objection, and what it costs now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import DefaultNotice
from voorjebuurt.decisions.objections.court.penalties import decided_on_of, payee_of, writer_of
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rules.penalties import (
    determine_by,
    first_penalty_day,
    penalty_cents,
    penalty_days,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.models import Application


@dataclass(frozen=True)
class DefaultView:
    """From when it costs, how many days so far, and how much (eurocents).

    ``about`` is the number of what is late; ``writer`` gets the letter, ``payee`` the money.
    ``determine_by`` is None when it was decided before a day cost any.
    """

    notice: DefaultNotice
    letter: bytes | None
    first_day: date
    decided_on: date | None
    days: int
    cents: int
    determine_by: date | None
    about: str
    writer: str
    payee: str


def default_view(
    session: Session, application_id: UUID, notice_id: UUID, bands: Sequence[int]
) -> DefaultView | None:
    """A notice of this application, or of an objection in it; None when there is none."""
    notice = session.scalar(
        select(DefaultNotice)
        .where(DefaultNotice.id == notice_id, DefaultNotice.application_id == application_id)
        .options(undefer(DefaultNotice.letter))
    )
    if notice is None:
        return None
    application = session.get_one(Application, application_id)
    about = application.number
    if notice.objection_id is not None:
        about = session.get_one(Objection, notice.objection_id).number
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
        determine_by=None if decided_on and not days else determine_by(first, decided_on),
        about=about,
        writer=writer_of(session, application, notice).name,
        payee=payee_of(session, application, notice),
    )


def penalty_parts(notice_id: UUID) -> Callable[[Session, UUID], Parts]:
    """What a page shows of the penalty that is proposed; for a version of the application."""

    def parts(session: Session, application_id: UUID) -> Parts:
        statement = select(DefaultNotice.snapshot).where(
            DefaultNotice.id == notice_id, DefaultNotice.application_id == application_id
        )
        return {"penalty": session.scalar(statement) or ""}

    return parts


class OpenObjection(NamedTuple):
    """An objection that waits, and who made it; no name when that is who applied."""

    number: str
    party: str


def open_objections(session: Session, application_id: UUID) -> dict[UUID, OpenObjection]:
    """The objections of an application that still wait, by id."""
    statement = (
        select(Objection.id, Objection.number, Objection.party_name)
        .where(
            Objection.application_id == application_id,
            Objection.status == ObjectionStatus.RECEIVED,
        )
        .order_by(Objection.number)
    )
    return {
        row.id: OpenObjection(row.number, row.party_name or "")
        for row in session.execute(statement)
    }
