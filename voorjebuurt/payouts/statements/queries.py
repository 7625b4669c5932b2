"""What came in for a campaign, what left it, and what is left: added up from the ledger.

The lines are all entries on the accounts that are the campaign's: what is held for it, what is
payable to it, and interest that its municipality owes it. So they add up to what still stands
there, to the cent, whatever kinds of booking there will be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import chargeback_receivable
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.rules import PayoutStatus
from voorjebuurt.payouts.seals import SHOWN_MASK
from voorjebuurt.pledges.models import CampaignMatch

PAYOUT_KINDS = frozenset({BookingKind.PAYOUT_EXPORTED, BookingKind.PAYOUT_RETURNED})
"""What leaves for the initiator's account, or comes back from it."""
_SHOWN = [
    status.value
    for status in PayoutStatus
    if status not in {PayoutStatus.PROPOSED, PayoutStatus.RELEASED, PayoutStatus.CANCELLED}
]
"""Payouts that stand in the ledger: before they are in a bank file nothing is booked."""


@dataclass(frozen=True)
class StatementLine:
    """All bookings of one kind: how many, and what they came to (eurocents, a loss below zero)."""

    kind: BookingKind
    number: int
    cents: int


@dataclass(frozen=True)
class StatementPayout:
    """A payout that is or was on its way; ``reference`` is what the bank statement says."""

    amount_cents: int
    status: str
    holder: str
    iban_mask: str
    reference: str
    exported_at: datetime | None
    executed_on: date | None
    returned_at: datetime | None


@dataclass(frozen=True)
class Statement:
    """The lines, and the payouts they tell of. All amounts in eurocents.

    ``receivable_cents``: what banks took back after it had been paid out.
    """

    lines: Sequence[StatementLine]
    payouts: Sequence[StatementPayout]
    receivable_cents: int

    @property
    def money(self) -> Sequence[StatementLine]:
        """The lines of what came and went, without the payouts."""
        return [line for line in self.lines if line.kind not in PAYOUT_KINDS]

    @property
    def money_cents(self) -> int:
        """What is the campaign's in all, paid out or not."""
        return sum(line.cents for line in self.money)

    @property
    def payout_cents(self) -> int:
        """What left for the initiator's account and did not come back."""
        return -sum(line.cents for line in self.lines if line.kind in PAYOUT_KINDS)

    @property
    def rest_cents(self) -> int:
        """What still stands on its accounts."""
        return self.money_cents - self.payout_cents


def statement_of(session: Session, campaign_id: UUID) -> Statement:
    """The statement of one campaign. Take a ``snapshot``, so that all of it is of one moment."""
    return Statement(
        lines=_lines(session, campaign_id),
        payouts=_payouts(session, campaign_id),
        receivable_cents=balance(session, chargeback_receivable(campaign_id)),
    )


def _lines(session: Session, campaign_id: UUID) -> list[StatementLine]:
    matches = select(CampaignMatch.application_id).where(CampaignMatch.campaign_id == campaign_id)
    is_own = or_(
        and_(LedgerAccount.base.in_(["held", "payable"]), LedgerAccount.owner_id == campaign_id),
        and_(LedgerAccount.base == "owed_interest", LedgerAccount.owner_id.in_(matches)),
    )
    cents = -func.sum(LedgerEntry.amount_cents)
    statement = (
        select(
            LedgerTransaction.kind,
            func.count(LedgerTransaction.id.distinct()),
            cents,
            func.min(LedgerTransaction.booked_at).label("first"),
        )
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(is_own)
        .group_by(LedgerTransaction.kind)
        .having(cents != 0)
        .order_by(func.min(LedgerTransaction.booked_at), LedgerTransaction.kind)
    )
    return [
        StatementLine(BookingKind(kind), number, int(total))
        for kind, number, total, _first in session.execute(statement)
    ]


def _payouts(session: Session, campaign_id: UUID) -> list[StatementPayout]:
    statement = (
        select(
            Payout.amount_cents,
            Payout.status,
            Payee.holder,
            SHOWN_MASK,
            Payout.end_to_end_id,
            Payout.exported_at,
            Payout.executed_on,
            Payout.returned_at,
        )
        .join(Payee, Payee.id == Payout.payee_id)
        .where(Payout.campaign_id == campaign_id, Payout.status.in_(_SHOWN))
        .order_by(Payout.exported_at, Payout.id)
    )
    return [StatementPayout(*row) for row in session.execute(statement)]
