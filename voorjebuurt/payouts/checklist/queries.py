"""Reading what was found of an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.kernel.versions import Parts
from voorjebuurt.payouts.checklist.models import PayeeTick, PayeeWaiver
from voorjebuurt.payouts.checklist.rules import CheckItem, Verdict, WaiverAnswer
from voorjebuurt.people.models import Person

_Asker = aliased(Person)
_Answerer = aliased(Person)


@dataclass(frozen=True)
class Tick:
    """One look at one item, and by whom."""

    id: UUID
    item: str
    number: int
    verdict: str
    note: str
    ticked_at: datetime
    ticked_by: UUID
    ticker: str


@dataclass(frozen=True)
class Waiver:
    """A wish to pay out without the whole list, and what a second person said."""

    id: UUID
    reason: str
    asked_at: datetime
    asked_by: UUID
    asker: str
    answer: str | None
    answered_at: datetime | None
    answerer: str | None

    @property
    def waits(self) -> bool:
        """Whether nobody answered yet."""
        return self.answer is None


@dataclass(frozen=True)
class Checklist:
    """All of one account: every look, the latest of an item first, and every wish for a waiver."""

    ticks: Mapping[CheckItem, list[Tick]]
    waivers: list[Waiver]
    is_checked: bool

    @property
    def done(self) -> int:
        """Items of which the latest look found nothing wrong."""
        return sum(
            bool(ticks) and ticks[0].verdict != Verdict.UNFIT for ticks in self.ticks.values()
        )

    @property
    def unfit(self) -> int:
        """Items of which the latest look found something wrong."""
        return sum(
            bool(ticks) and ticks[0].verdict == Verdict.UNFIT for ticks in self.ticks.values()
        )

    @property
    def total(self) -> int:
        """Items there are."""
        return len(self.ticks)

    @property
    def waiver(self) -> Waiver | None:
        """The wish that waits, or that was granted."""
        open_ones = [row for row in self.waivers if row.answer != WaiverAnswer.REFUSAL]
        return open_ones[0] if open_ones else None


def checklist_of(session: Session, payee_id: UUID) -> Checklist:
    """What was found of one account."""
    statement = (
        select(
            PayeeTick.id,
            PayeeTick.item,
            PayeeTick.number,
            PayeeTick.verdict,
            PayeeTick.note,
            PayeeTick.ticked_at,
            PayeeTick.ticked_by,
            Person.name,
        )
        .join(Person, Person.id == PayeeTick.ticked_by)
        .where(PayeeTick.payee_id == payee_id)
        .order_by(PayeeTick.number.desc())
    )
    ticks = [Tick(*row) for row in session.execute(statement)]
    by_item = {item: [tick for tick in ticks if tick.item == item] for item in CheckItem}
    return Checklist(by_item, _waivers(session, payee_id), is_checked(session, payee_id))


def is_checked(session: Session, payee_id: UUID) -> bool:
    """Whether money may go to this account: the same question as the database asks."""
    return bool(session.scalar(select(func.payee_is_checked(payee_id))))


def check_parts(session: Session, payee_id: UUID, item: CheckItem) -> Parts:
    """What decides whether somebody who looks at an item saw the look before theirs."""
    statement = select(func.max(PayeeTick.number)).where(
        PayeeTick.payee_id == payee_id, PayeeTick.item == item
    )
    return {"payee_check": session.scalar(statement) or 0}


def payee_of_waiver(session: Session, waiver_id: UUID) -> UUID | None:
    """The account that a wish is about."""
    return session.scalar(select(PayeeWaiver.payee_id).where(PayeeWaiver.id == waiver_id))


def _waivers(session: Session, payee_id: UUID) -> list[Waiver]:
    statement = (
        select(
            PayeeWaiver.id,
            PayeeWaiver.reason,
            PayeeWaiver.asked_at,
            PayeeWaiver.asked_by,
            _Asker.name,
            PayeeWaiver.answer,
            PayeeWaiver.answered_at,
            _Answerer.name,
        )
        .join(_Asker, _Asker.id == PayeeWaiver.asked_by)
        .outerjoin(_Answerer, _Answerer.id == PayeeWaiver.answered_by)
        .where(PayeeWaiver.payee_id == payee_id)
        .order_by(PayeeWaiver.asked_at.desc(), PayeeWaiver.id.desc())
    )
    return [Waiver(*row) for row in session.execute(statement)]
