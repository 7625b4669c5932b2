"""What of a fund may go back to its municipality, and the account that it comes from."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import AccountName, fund_free, municipal_receivable
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.pots.municipal_payments import overpaid_cents
from voorjebuurt.matching.pots.rows import locked_pot


def source_of(session: Session, fund_id: UUID) -> AccountName:
    """Where the money is: free in a fund that was paid beforehand, else paid too much."""
    prepaid = session.get_one(Fund, fund_id).prepaid
    return fund_free(fund_id) if prepaid else municipal_receivable(fund_id)


def returnable_cents(session: Session, fund_id: UUID) -> int:
    """How much may go back now (eurocents)."""
    if session.get_one(Fund, fund_id).prepaid:
        return balance(session, fund_free(fund_id))
    return overpaid_cents(session, fund_id)


def locked_returnable_cents(session: Session, fund_id: UUID) -> int:
    """The same, with the pot held until the commit: whatever moves money of a fund holds that."""
    locked_pot(session, fund_id)
    return returnable_cents(session, fund_id)
