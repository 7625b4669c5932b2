"""What time does to a fund: it opens, it closes, and it is settled when all is decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.matching.funds.lifecycle import locked_fund, move_fund, officers_fund
from voorjebuurt.matching.funds.queries import fund_row, undecided_count
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Fund


def open_fund(session: Session, *, fund_id: UUID, actor: Actor) -> bool:
    """Take applications, once the opening has come. False when that is not the case."""
    fund = locked_fund(session, fund_id)
    if fund.status != FundStatus.PUBLISHED or not _has_come(fund.opens_at):
        return False
    move_fund(session, fund=fund, action="open", actor=actor)
    return True


def close_fund(session: Session, *, fund_id: UUID, actor: Actor) -> bool:
    """Take no more applications, once the closing has come. False when it has not."""
    fund = locked_fund(session, fund_id)
    if fund.status != FundStatus.OPEN or not _has_come(fund.closes_at):
        return False
    move_fund(session, fund=fund, action="close", actor=actor)
    return True


def close_early(session: Session, *, fund_id: UUID, reason: str, actor: Actor) -> Fund:
    """An officer closes a live fund that is empty: whoever applies now can get nothing.

    Otherwise the published period stands: people count on it. Raises ``DomainError``.
    """
    fund = officers_fund(session, fund_id, actor)
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    if fund.status != FundStatus.OPEN:
        raise TransitionError("wrong_state", state=fund.status, action="close")
    row = fund_row(session, fund_id)
    if not fund.live or row is None or row.left_cents > 0:
        raise DomainError("fund_period_stands")
    move_fund(session, fund=fund, action="close", actor=actor, reason=reason.strip())
    return fund


def settle(session: Session, *, fund_id: UUID, actor: Actor) -> bool:
    """Nothing waits for a decision any more. False when something does, or all is settled."""
    fund = locked_fund(session, fund_id)
    before = FundStatus.CLOSED if fund.live else FundStatus.DIVIDED
    if fund.status != before or undecided_count(session, fund_id):
        return False
    move_fund(session, fund=fund, action="settle_live" if fund.live else "settle", actor=actor)
    return True


def _has_come(moment: datetime | None) -> bool:
    return moment is not None and moment <= clock.now()
