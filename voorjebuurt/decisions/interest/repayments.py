"""What came in of what was claimed back, and of interest on it, as the books have it."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.rules.interest import Repayment
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.keys import clawback_offset_prefix, deposit_key, deposit_reversed_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerTransaction
from voorjebuurt.ledger.queries import posting_by_key
from voorjebuurt.ledger.rules import clawback_receivable, interest_receivable
from voorjebuurt.matching.models import FundDeposit
from voorjebuurt.matching.pots.deposit_states import DepositKind


def repayments_of(session: Session, application_id: UUID) -> tuple[Repayment, ...]:
    """What came in, by what it was booked on; and interest that was paid, written off since, and
    pays the sum from then on.
    """
    deposits = session.scalars(
        select(FundDeposit)
        .where(
            FundDeposit.application_id == application_id,
            FundDeposit.kind == DepositKind.CLAWBACK,
            FundDeposit.booked_at.is_not(None),
        )
        .order_by(FundDeposit.received_on, FundDeposit.booked_at, FundDeposit.id)
    )
    repayments, moved_back = list[Repayment](), 0
    for deposit in deposits:
        to_interest, to_sum = _booked(session, application_id, deposit_key(deposit.id))
        if deposit.reversed_at is not None:
            back, _ = _booked(session, application_id, deposit_reversed_key(deposit.id))
            moved_back += to_interest + back
        elif deposit.booked_at is not None:
            booked_at = clock.local(deposit.booked_at)
            repayments.append(Repayment(deposit.received_on, booked_at, to_interest, to_sum))
    repayments += _of_returns(session, application_id)
    return (*repayments, *_moved_to_sum(session, application_id, moved_back))


def _of_returns(session: Session, application_id: UUID) -> Iterator[Repayment]:
    """What payouts that came back paid of the sum, from the day that it was noted."""
    account = clawback_receivable(application_id).code
    statement = (
        select(LedgerTransaction.booked_at, LedgerTransaction.posting)
        .where(
            LedgerTransaction.kind == BookingKind.CLAWBACK_OFFSET,
            LedgerTransaction.key.startswith(clawback_offset_prefix(application_id)),
        )
        .order_by(LedgerTransaction.booked_at, LedgerTransaction.id)
    )
    for booked_at, posting in session.execute(statement):
        moment = clock.local(booked_at)
        yield Repayment(moment.date(), moment, 0, -posting.get(account, 0))


def _moved_to_sum(session: Session, application_id: UUID, taken_back: int) -> Iterator[Repayment]:
    """Interest that was paid and then written off, less what was taken back with its payment."""
    account = clawback_receivable(application_id).code
    rows: list[tuple[datetime, int]] = []
    statement = (
        select(LedgerTransaction.booked_at, LedgerTransaction.posting)
        .where(
            LedgerTransaction.kind == BookingKind.INTEREST_WRITTEN_OFF,
            LedgerTransaction.key.startswith(f"interest:{application_id}:"),
        )
        .order_by(LedgerTransaction.booked_at.desc(), LedgerTransaction.id.desc())
    )
    for booked_at, posting in session.execute(statement):
        cents = -posting.get(account, 0)
        rest = max(0, cents - taken_back)
        taken_back = max(0, taken_back - cents)
        rows += [(clock.local(booked_at), rest)] if rest else []
    for moment, cents in reversed(rows):
        yield Repayment(moment.date(), moment, 0, cents, moved=True)


def _booked(session: Session, application_id: UUID, key: str) -> tuple[int, int]:
    """What a booking took off the interest and off the sum (eurocents); negative for a reversal."""
    posting = posting_by_key(session, key) or {}
    return (
        -posting.get(interest_receivable(application_id).code, 0),
        -posting.get(clawback_receivable(application_id).code, 0),
    )
