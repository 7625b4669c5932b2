"""Where a fund's own money stands, for the officers who award it: promised, paid in, lacking."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import fund_free, municipal_receivable
from voorjebuurt.matching.funds.ceilings import left_below
from voorjebuurt.matching.models import Fund, FundDeposit, FundPot
from voorjebuurt.matching.pots.deposit_states import DepositKind, DepositStatus
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus

_PAID_IN = (DepositStatus.BOOKED, DepositStatus.DISPUTED)
_FROM_MUNICIPALITY = (DepositKind.PREPAYMENT, DepositKind.ARREARS)


@dataclass(frozen=True)
class FundPosition:
    """The money behind a fund (eurocents).

    ``paid_in_cents`` by the municipality, as booked by two; ``entered_cents`` waits for the second.
    ``left_cents`` is below the ceiling; of that ``free_cents`` was paid in (None where it pays
    afterwards, and then ``owed_cents`` is what it still has to pay). ``promised_cents``: live funds
    awarded so much at most that gifts have not claimed yet, and nothing is kept for it.
    """

    paid_in_cents: int
    entered_cents: int
    left_cents: int
    free_cents: int | None
    owed_cents: int
    promised_cents: int

    @property
    def lacking_cents(self) -> int:
        """What could be awarded below the ceiling, and was not paid in."""
        return 0 if self.free_cents is None else max(0, self.left_cents - self.free_cents)

    @property
    def overpromised_cents(self) -> int:
        """By how much maximums that were awarded pass what there is for them."""
        room = self.left_cents if self.free_cents is None else min(self.left_cents, self.free_cents)
        return max(0, self.promised_cents - room)


def fund_position(session: Session, fund_id: UUID) -> FundPosition | None:
    """The money behind a fund, from the books; None before it is published."""
    pot = session.get(FundPot, fund_id)
    if pot is None:
        return None
    prepaid = session.get_one(Fund, fund_id).prepaid
    owed_cents = 0 if prepaid else balance(session, municipal_receivable(fund_id))
    return FundPosition(
        paid_in_cents=_deposited(session, fund_id, _PAID_IN),
        entered_cents=_deposited(session, fund_id, (DepositStatus.ENTERED,)),
        left_cents=left_below(session, pot, pot.ceiling_cents),
        free_cents=balance(session, fund_free(fund_id)) if prepaid else None,
        owed_cents=max(0, owed_cents),
        promised_cents=_promised(session, fund_id),
    )


def _deposited(session: Session, fund_id: UUID, statuses: tuple[DepositStatus, ...]) -> int:
    statement = select(func.coalesce(func.sum(FundDeposit.cents), 0)).where(
        FundDeposit.fund_id == fund_id,
        FundDeposit.kind.in_([kind.value for kind in _FROM_MUNICIPALITY]),
        FundDeposit.status.in_([status.value for status in statuses]),
    )
    return int(session.scalar(statement) or 0)


def _promised(session: Session, fund_id: UUID) -> int:
    rest_cents = func.greatest(CampaignMatch.maximum_cents - CampaignMatch.match_cents, 0)
    statement = select(func.coalesce(func.sum(rest_cents), 0)).where(
        CampaignMatch.fund_id == fund_id,
        CampaignMatch.live,
        CampaignMatch.status == MatchStatus.AWARDED.value,
    )
    return int(session.scalar(statement) or 0)
