"""Money above the ceiling, for a decision on an objection only (Awb 4:25, third paragraph).

On objection and appeal the ceiling counts as at the first decision, so an applicant who was right
gets the money although others have it now. The trigger on moves lets it happen only for a decision
on an objection that two officers approved with this very amount.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import fund_free
from voorjebuurt.matching.funds.ceilings import EXTRA
from voorjebuurt.matching.pots.rows import MatchRows, hold, moved_before, reserve


@dataclass(frozen=True)
class ExtraRoom:
    """What a decision on an objection, by its id, may take above the ceiling (eurocents)."""

    ruling_id: UUID
    cents: int


def take_extra(session: Session, rows: MatchRows, cents: int, extra: ExtraRoom) -> int:
    """Set the extra apart; returns what of ``cents`` is still to come out of the pot itself.

    Raises ``DomainError`` ``extra_above_need`` for more than is set apart at all, and
    ``fund_money_short`` where a prepaid fund has no money for it yet.
    """
    if extra.cents > cents:
        raise DomainError("extra_above_need", field="extra", highest_cents=cents)
    if rows.match.prepaid:
        free = guarded_balance(session, fund_free(rows.match.fund_id))
        if extra.cents > free:
            raise DomainError("fund_money_short", left_cents=free)
    key = f"extra:{extra.ruling_id}"
    if not moved_before(session, key, extra.cents):
        reserve(session, rows, kind=EXTRA, key=key, cents=extra.cents)
    return cents - extra.cents


def reserve_extra(session: Session, *, application_id: UUID, extra: ExtraRoom) -> None:
    """Set the extra of a match apart that is not owed yet, before the rest comes from the pot."""
    take_extra(session, hold(session, application_id), extra.cents, extra)


def refuse_short(session: Session, *, application_id: UUID, more: int, extra_cents: int) -> None:
    """Raises ``DomainError`` when ``more`` does not fit in the pot with this extra (eurocents).

    ``extra_short`` at ``extra`` says how much is short; ``extra_above_need`` that less is.
    """
    rows = hold(session, application_id)
    short = max(0, more - rows.left_cents)
    if extra_cents < short:
        raise DomainError("extra_short", field="extra", lowest_cents=short)
    if extra_cents > short:
        raise DomainError("extra_above_need", field="extra", highest_cents=short)
