"""The rest of a fund at the bank: into a file, seen to have gone, or refused.

Its money leaves the fund when it goes into a bank file, as that of a payout leaves the campaign.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.ledger.keys import fund_return_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import BANK, PAYOUTS_IN_FLIGHT, Entry, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.funds.lifecycle import locked_fund
from voorjebuurt.matching.models import Fund
from voorjebuurt.payouts.fund_returns.service import (
    given_reason,
    locked_return,
    note_return,
    refuse_short,
)
from voorjebuurt.payouts.fund_returns.sources import locked_returnable_cents, source_of
from voorjebuurt.payouts.models import BankFile, FundReturn
from voorjebuurt.payouts.pain001 import Transfer
from voorjebuurt.payouts.rules import PAYOUT_TRANSITIONS, PayoutStatus


def locked_released_returns(session: Session) -> Sequence[FundReturn]:
    """Everything that is released, held for the next bank file with its fund and its pot."""
    is_released = FundReturn.status == PayoutStatus.RELEASED
    fund_ids = session.scalars(select(FundReturn.fund_id).where(is_released)).all()
    for fund_id in sorted(fund_ids):
        locked_fund(session, fund_id)
    for fund_id in sorted(fund_ids):
        locked_returnable_cents(session, fund_id)
    statement = select(FundReturn).where(is_released, FundReturn.fund_id.in_(fund_ids))
    by_release = statement.order_by(FundReturn.released_at, FundReturn.id).with_for_update()
    return session.scalars(by_release.execution_options(populate_existing=True)).all()


def transfer_of(session: Session, row: FundReturn, sealer: Sealer) -> Transfer:
    """Its line in a bank file. Raises ``DomainError`` when the fund has not so much any more."""
    refuse_short(session, row)
    return Transfer(
        end_to_end_id=row.end_to_end_id,
        cents=row.amount_cents,
        holder=row.holder,
        iban=sealer.open(row.sealed_iban),
        remittance=session.get_one(Fund, row.fund_id).name,
    )


def export_return(session: Session, row: FundReturn, file: BankFile, actor: Actor) -> None:
    """Note that a held one is in this bank file: its money has left the fund."""
    row.status = PAYOUT_TRANSITIONS.after(PayoutStatus(row.status), "export").value
    row.bank_file_id, row.exported_at = file.id, file.created_at
    entries = [
        debit(source_of(session, row.fund_id), row.amount_cents),
        credit(PAYOUTS_IN_FLIGHT, row.amount_cents),
    ]
    _book(session, row, BookingKind.FUND_RETURN_EXPORTED, entries)
    note_return(session, row, Action.FUND_RETURN_EXPORTED, actor)


def execute_return(
    session: Session, *, return_id: UUID, executed_on: date, remark: str, actor: Actor
) -> None:
    """Note that the bank carried it out on ``executed_on`` (a field of that name)."""
    row = locked_return(session, return_id)
    after = PAYOUT_TRANSITIONS.after(PayoutStatus(row.status), "execute")
    if executed_on > clock.today():
        raise DomainError("executed_in_future", field="executed_on")
    if row.exported_at is not None and executed_on < clock.local(row.exported_at).date():
        raise DomainError("executed_before_export", field="executed_on")
    row.status, row.executed_on, row.remark = after.value, executed_on, remark.strip()
    row.executed_at, row.executed_by = clock.now(), actor.person_id
    entries = [debit(PAYOUTS_IN_FLIGHT, row.amount_cents), credit(BANK, row.amount_cents)]
    _book(session, row, BookingKind.FUND_RETURN_EXECUTED, entries)
    note_return(session, row, Action.FUND_RETURN_EXECUTED, actor, row.remark or None)


def refuse_return(session: Session, *, return_id: UUID, reason: str, actor: Actor) -> None:
    """Note that the bank refused it or sent it back: the money is free in the fund again."""
    row = locked_return(session, return_id)
    before = PayoutStatus(row.status)
    after = PAYOUT_TRANSITIONS.after(before, "return")
    row.remark = given_reason(reason)
    row.status = after.value
    row.returned_at, row.returned_by = clock.now(), actor.person_id
    source = BANK if before is PayoutStatus.EXECUTED else PAYOUTS_IN_FLIGHT
    owner = source_of(session, row.fund_id)
    entries = [debit(source, row.amount_cents), credit(owner, row.amount_cents)]
    _book(session, row, BookingKind.FUND_RETURN_REFUSED, entries)
    note_return(session, row, Action.FUND_RETURN_REFUSED, actor, row.remark)


def _book(session: Session, row: FundReturn, kind: BookingKind, entries: list[Entry]) -> None:
    post(session, kind=kind, key=fund_return_key(row.id, kind), entries=entries)
