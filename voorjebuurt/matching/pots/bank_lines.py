"""A line of the bank statement is entered once, or in parts that are no more than the line."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Fund, FundDeposit
from voorjebuurt.matching.pots.deposit_states import VALID


class Line(NamedTuple):
    """A line of the statement about money of a municipality.

    ``cents`` is the whole of it where it is divided (eurocents), None where it is entered at once.
    """

    municipality_id: UUID
    reference: str
    cents: int | None


def refuse_more_than_line(session: Session, line: Line, part_cents: int) -> None:
    """Refuse a part that is more than its line has left; held until the commit.

    Raises ``DomainError`` at ``line`` for a whole that is no more than its part, or is another than
    was entered with the first part, or has not so much left; at ``reference`` where the line was
    entered at once, for another fund or application. A trigger stands behind this.
    """
    if line.cents is not None and line.cents <= part_cents:
        raise DomainError("line_not_divided", field="line")
    key = func.hashtextextended(f"bank line:{line.municipality_id}:{line.reference}", 0)
    session.execute(select(func.pg_advisory_xact_lock(key)))
    statement = (
        select(FundDeposit.cents, FundDeposit.line_cents, Fund.name)
        .join(Fund, Fund.id == FundDeposit.fund_id)
        .where(
            FundDeposit.municipality_id == line.municipality_id,
            FundDeposit.reference == line.reference,
            FundDeposit.status.in_(sorted(VALID)),
        )
        .order_by(FundDeposit.entered_at)
    )
    parts = session.execute(statement).all()
    for part in parts:
        if part.line_cents is None:
            raise DomainError("line_entered_elsewhere", field="reference", fund=part.name)
        if part.line_cents != line.cents:
            raise DomainError("line_differs", field="line", line_cents=part.line_cents)
    left_cents = (line.cents or part_cents) - sum(part.cents for part in parts)
    if part_cents > left_cents:
        raise DomainError("line_parts_too_high", field="amount", left_cents=left_cents)
