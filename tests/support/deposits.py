"""Money that came in for a fund, entered by one and booked by another."""

from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory, actor_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.pots import deposits
from voorjebuurt.matching.pots.deposit_entries import enter_clawback_deposit, enter_fund_deposit


def colleague() -> Actor:
    """Somebody new of staff."""
    return actor_of(PersonFactory(), "staff")


def fund_paid(session: Session, *, fund_id: UUID, cents: int, reference: str) -> UUID:
    """Book what a municipality paid for its fund, whatever its ceiling; returns the deposit."""
    deposit_id = enter_fund_deposit(
        session,
        fund_id=fund_id,
        cents=cents,
        reference=reference,
        received_on=clock.today(),
        above_ceiling="Voor volgend jaar.",
        actor=colleague(),
    )
    deposits.book_deposit(session, deposit_id=deposit_id, actor=colleague())
    return deposit_id


def paid_back(session: Session, *, application_id: UUID, cents: int, reference: str) -> UUID:
    """Book what an initiator paid back of a claim; returns the deposit."""
    deposit_id = enter_clawback_deposit(
        session,
        application_id=application_id,
        cents=cents,
        reference=reference,
        received_on=clock.today(),
        actor=colleague(),
    )
    deposits.book_deposit(session, deposit_id=deposit_id, actor=colleague())
    return deposit_id
