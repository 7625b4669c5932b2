"""What came in for funds, as staff entered it: what waits for a second person, and what was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, refusal_of
from voorjebuurt.matching.models import Application, Fund, FundDeposit
from voorjebuurt.matching.pots.deposit_states import WAITING, DepositStatus
from voorjebuurt.matching.pots.deposits import refuse_second
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import called
from voorjebuurt.places.models import Municipality

_enterer, _booker, _dismisser, _disputer, _reverser = (aliased(Person) for _ in range(5))


@dataclass(frozen=True)
class DepositRow:
    """One deposit with the names of who dealt with it (eurocents).

    ``about`` is the fund, or the number and title of the application that is paid back.
    """

    id: UUID
    kind: str
    status: str
    cents: int
    line_cents: int | None
    reference: str
    received_on: date
    above_ceiling: str
    remark: str
    fund: str
    municipality: str
    number: str | None
    title: str | None
    entered_at: datetime
    enterer: str
    booked_at: datetime | None
    booker: str | None
    dismissed_at: datetime | None
    dismisser: str | None
    disputed_at: datetime | None
    disputer: str | None
    reversed_at: datetime | None
    reverser: str | None

    @property
    def about(self) -> str:
        """What the money belongs to."""
        return self.fund if self.number is None else f"{self.number} · {self.title}"


def deposits(
    session: Session, *, statuses: Collection[str], limit: int, offset: int = 0
) -> Sequence[DepositRow]:
    """Deposits in these states: what waits the oldest first, what is over the newest first."""
    moment = FundDeposit.entered_at
    waits = set(statuses) <= WAITING
    statement = (
        _statement()
        .where(FundDeposit.status.in_(sorted(statuses)))
        .order_by(moment if waits else moment.desc(), FundDeposit.id)
        .limit(limit)
        .offset(offset)
    )
    return [DepositRow(*row) for row in session.execute(statement)]


def deposit(session: Session, deposit_id: UUID) -> DepositRow | None:
    """One deposit; None when there is none."""
    row = session.execute(_statement().where(FundDeposit.id == deposit_id)).one_or_none()
    return None if row is None else DepositRow(*row)


def deposits_of_fund(session: Session, fund_id: UUID) -> Sequence[DepositRow]:
    """What a municipality paid for one fund and was not dismissed, the oldest first."""
    statement = (
        _statement()
        .where(
            FundDeposit.fund_id == fund_id,
            FundDeposit.application_id.is_(None),
            FundDeposit.status != DepositStatus.DISMISSED.value,
        )
        .order_by(FundDeposit.received_on, FundDeposit.id)
    )
    return [DepositRow(*row) for row in session.execute(statement)]


def booked_clawbacks(session: Session, application_id: UUID) -> Sequence[DepositRow]:
    """What an initiator paid back of claims and stands booked, the oldest first."""
    statement = (
        _statement()
        .where(
            FundDeposit.application_id == application_id,
            FundDeposit.status.in_([DepositStatus.BOOKED.value, DepositStatus.DISPUTED.value]),
        )
        .order_by(FundDeposit.received_on, FundDeposit.id)
    )
    return [DepositRow(*row) for row in session.execute(statement)]


def waiting_deposit_count(session: Session) -> int:
    """How many deposits wait for a second person."""
    statement = select(func.count()).where(FundDeposit.status.in_(sorted(WAITING)))
    return session.scalar(statement) or 0


def obstacle_to_second(session: Session, deposit_id: UUID, actor: Actor) -> DomainError | None:
    """Why this actor can't be the second person of a deposit that waits for one; None if they can.

    Also None when it waits for nobody.
    """
    row = session.get_one(FundDeposit, deposit_id)
    if row.status not in WAITING:
        return None
    first_id = row.entered_by if row.status == DepositStatus.ENTERED else row.disputed_by
    return refusal_of(lambda: refuse_second(session, first_id, actor))


def _statement() -> Select[*tuple[Any, ...]]:
    deposit_columns = (
        getattr(FundDeposit, name)
        for name in (
            "id",
            "kind",
            "status",
            "cents",
            "line_cents",
            "reference",
            "received_on",
            "above_ceiling",
            "remark",
        )
    )
    return (
        select(
            *deposit_columns,
            Fund.name,
            Municipality.name,
            Application.number,
            Campaign.title,
            FundDeposit.entered_at,
            called(_enterer),
            FundDeposit.booked_at,
            called(_booker),
            FundDeposit.dismissed_at,
            called(_dismisser),
            FundDeposit.disputed_at,
            called(_disputer),
            FundDeposit.reversed_at,
            called(_reverser),
        )
        .join(Fund, Fund.id == FundDeposit.fund_id)
        .join(Municipality, Municipality.id == FundDeposit.municipality_id)
        .outerjoin(Application, Application.id == FundDeposit.application_id)
        .outerjoin(Campaign, Campaign.id == Application.campaign_id)
        .join(_enterer, _enterer.id == FundDeposit.entered_by)
        .outerjoin(_booker, _booker.id == FundDeposit.booked_by)
        .outerjoin(_dismisser, _dismisser.id == FundDeposit.dismissed_by)
        .outerjoin(_disputer, _disputer.id == FundDeposit.disputed_by)
        .outerjoin(_reverser, _reverser.id == FundDeposit.reversed_by)
    )
