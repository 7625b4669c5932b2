"""What a payout takes along: all that is payable, and interest that a municipality owes.

Interest stands on accounts of its own, as it is no gift and no match. It leaves last, so that what
is left of an older proposal is never money of neighbours.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.ledger.keys import payout_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import guarded_balance, posting_by_key
from voorjebuurt.ledger.rules import PAYOUTS_IN_FLIGHT, AccountName, Entry, credit, debit, payable
from voorjebuurt.matching.pots.owed_interest import payable_interest
from voorjebuurt.payouts.models import Payout


def payable_now(session: Session, campaign_id: UUID) -> int:
    """Everything that can be paid to a campaign (eurocents), held until the commit."""
    gifts_and_match = guarded_balance(session, payable(campaign_id))
    return gifts_and_match + sum(payable_interest(session, campaign_id).values())


def leaving_entries(session: Session, payout: Payout) -> list[Entry]:
    """By which accounts its amount leaves, interest last.

    Raises ``InvariantError`` where too little is payable.
    """
    campaign_id, rest = payout.campaign_id, payout.amount_cents
    balances = {payable(campaign_id): guarded_balance(session, payable(campaign_id))}
    entries = []
    for account, cents in {**balances, **payable_interest(session, campaign_id)}.items():
        part = min(rest, cents)
        rest -= part
        entries += [debit(account, part)] if part else []
    if rest:
        raise InvariantError(f"payout {payout.id} is {rest} cents above what is payable")
    return entries


def returning_entries(session: Session, payout: Payout) -> list[Entry]:
    """The same the other way round, for one that the bank sent back."""
    return [credit(account, cents) for account, cents in _left_by(session, payout).items()]


def is_interest_only(session: Session, payout: Payout) -> bool:
    """Whether no gift and no match left with it."""
    return payable(payout.campaign_id) not in _left_by(session, payout)


def _left_by(session: Session, payout: Payout) -> dict[AccountName, int]:
    posting = posting_by_key(session, payout_key(payout.id, BookingKind.PAYOUT_EXPORTED)) or {}
    return {
        AccountName.from_code(code): cents
        for code, cents in posting.items()
        if code != PAYOUTS_IN_FLIGHT.code
    }
