"""What goes back to municipalities of settled funds, for staff."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import Appeal
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Application, Fund, FundDeposit
from voorjebuurt.payouts.fund_returns.sources import returnable_cents
from voorjebuurt.payouts.models import FundReturn
from voorjebuurt.payouts.rules import UNDER_WAY
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import called
from voorjebuurt.places.models import Municipality

_Proposer = aliased(Person)
_Releaser = aliased(Person)


@dataclass(frozen=True)
class FundReturnRow:
    """One with its fund and who did what (amount in eurocents)."""

    id: UUID
    fund_id: UUID
    fund: str
    municipality: str
    amount_cents: int
    status: str
    holder: str
    iban_mask: str
    end_to_end_id: str
    proposed_at: datetime
    proposer: str
    released_at: datetime | None
    releaser: str | None
    bank_file_id: UUID | None
    exported_at: datetime | None
    executed_on: date | None
    cancelled_at: datetime | None
    returned_at: datetime | None
    remark: str


@dataclass(frozen=True)
class FundRest:
    """What may go back of a fund (eurocents): left when all was decided, or paid too much."""

    fund_id: UUID
    fund: str
    municipality: str
    prepaid: bool
    free_cents: int
    disputes: int = 0
    """Objections and appeals about the fund's decisions that nobody decided on yet."""


_RETURNS = (
    select(
        FundReturn.id,
        FundReturn.fund_id,
        Fund.name,
        Municipality.name,
        FundReturn.amount_cents,
        FundReturn.status,
        FundReturn.holder,
        FundReturn.iban_mask,
        FundReturn.end_to_end_id,
        FundReturn.proposed_at,
        called(_Proposer),
        FundReturn.released_at,
        called(_Releaser),
        FundReturn.bank_file_id,
        FundReturn.exported_at,
        FundReturn.executed_on,
        FundReturn.cancelled_at,
        FundReturn.returned_at,
        FundReturn.remark,
    )
    .join(Fund, Fund.id == FundReturn.fund_id)
    .join(Municipality, Municipality.id == FundReturn.municipality_id)
    .join(_Proposer, _Proposer.id == FundReturn.proposed_by)
    .outerjoin(_Releaser, _Releaser.id == FundReturn.released_by)
)


def fund_returns(
    session: Session, *, statuses: Collection[str], limit: int
) -> Sequence[FundReturnRow]:
    """Those in these states, the latest proposal first."""
    statement = _RETURNS.where(FundReturn.status.in_(sorted(statuses)))
    by_age = statement.order_by(FundReturn.proposed_at.desc(), FundReturn.id.desc())
    return _rows(session, by_age.limit(limit))


def fund_returns_in_file(session: Session, bank_file_id: UUID) -> Sequence[FundReturnRow]:
    """Those in a bank file, in the file's order."""
    statement = _RETURNS.where(FundReturn.bank_file_id == bank_file_id)
    return _rows(session, statement.order_by(FundReturn.released_at, FundReturn.id))


def waiting_return_count(session: Session) -> int:
    """How many wait for a person: to release, to put into a bank file, or to note as paid."""
    statement = select(func.count()).where(FundReturn.status.in_(UNDER_WAY))
    return session.scalar(statement) or 0


def fund_return(session: Session, return_id: UUID) -> FundReturnRow | None:
    """One of them."""
    rows = _rows(session, _RETURNS.where(FundReturn.id == return_id))
    return rows[0] if rows else None


def iban_of_return(session: Session, return_id: UUID, *, sealer: Sealer) -> str:
    """The whole account number, for who holds it against the agreement."""
    return sealer.open(session.get_one(FundReturn, return_id).sealed_iban)


_was_paid_afterwards = and_(
    ~Fund.prepaid,
    select(FundDeposit.id)
    .where(FundDeposit.fund_id == Fund.id, FundDeposit.booked_at.is_not(None))
    .exists(),
)


def fund_rests(session: Session) -> Sequence[FundRest]:
    """Funds with something that may go back, and is not on its way yet.

    Settled ones that were paid beforehand, and those for which a municipality paid afterwards more
    than is committed now.
    """
    under_way = select(FundReturn.id).where(
        FundReturn.fund_id == Fund.id, FundReturn.status.in_(UNDER_WAY)
    )
    statement = (
        select(Fund.id, Fund.name, Municipality.name, Fund.prepaid)
        .join(Municipality, Municipality.id == Fund.municipality_id)
        .where(
            or_(and_(Fund.prepaid, Fund.status == FundStatus.SETTLED), _was_paid_afterwards),
            ~under_way.exists(),
        )
        .order_by(Municipality.name, Fund.name, Fund.id)
    )
    rests = [
        FundRest(*row, returnable_cents(session, row[0]), open_disputes(session, row[0]))
        for row in session.execute(statement)
    ]
    return [rest for rest in rests if rest.free_cents > 0]


def open_disputes(session: Session, fund_id: UUID) -> int:
    """Objections and appeals about decisions of a fund that nobody decided on yet.

    Who is right after all gets money that went back to the municipality.
    """
    of_fund = (
        select(func.count())
        .select_from(Objection)
        .join(Application, Application.id == Objection.application_id)
        .where(Application.fund_id == fund_id)
    )
    objections = session.scalar(of_fund.where(Objection.status == ObjectionStatus.RECEIVED))
    appeals = session.scalar(
        of_fund.join(Appeal, Appeal.objection_id == Objection.id).where(Appeal.outcome.is_(None))
    )
    return (objections or 0) + (appeals or 0)


def _rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[FundReturnRow]:
    return [FundReturnRow(*row) for row in session.execute(statement)]
