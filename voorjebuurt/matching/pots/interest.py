"""Statutory interest on match money that is paid back late, on the books beside the sum.

``interest_receivable`` is what the initiator still has to pay, ``interest_pending`` the same for
the municipality: once it has come in, it goes where the sum goes, to the fund of a municipality
that pays beforehand, else off what it owes. It is no match: no pot and no ceiling knows of it.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.keys import interest_key, interest_written_off_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from voorjebuurt.ledger.queries import balance, guarded_balance
from voorjebuurt.ledger.rules import (
    AccountName,
    Entry,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    fund_reserved,
    interest_pending,
    interest_receivable,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.pots.rows import MatchRows, hold, match_subject, note_return


def open_interest(session: Session, application_id: UUID) -> int:
    """What was laid down and is not paid or written off (eurocents)."""
    return max(0, balance(session, interest_receivable(application_id)))


def interest_laid_down(session: Session, application_id: UUID) -> int:
    """What was laid down and stands, paid or not (eurocents)."""
    statement = (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerTransaction.kind == BookingKind.INTEREST_LAID_DOWN,
            LedgerAccount.code == interest_receivable(application_id).code,
        )
    )
    return int(session.execute(statement).scalar_one()) - _written_off(session, application_id)


def interest_paid(session: Session, application_id: UUID) -> int:
    """What was paid of the interest that stands (eurocents)."""
    return interest_laid_down(session, application_id) - open_interest(session, application_id)


def lay_down_interest(
    session: Session, *, application_id: UUID, decision_id: UUID, cents: int, actor: Actor
) -> None:
    """Book what a decision laid down (eurocents): the initiator owes it from now on."""
    rows = hold(session, application_id)
    is_new = post(
        session,
        kind=BookingKind.INTEREST_LAID_DOWN,
        key=interest_key(decision_id),
        entries=[
            debit(interest_receivable(application_id), cents),
            credit(interest_pending(application_id), cents),
        ],
        campaign_id=rows.campaign.id,
    )
    if is_new:
        _record(session, rows, Action.MATCH_INTEREST_LAID_DOWN, cents, actor)


def write_off_interest(session: Session, *, application_id: UUID, cents: int, actor: Actor) -> None:
    """Write ``cents`` of what was laid down off, because less is due.

    What is open of it is asked no more. What was paid of it already pays the sum, as far as that is
    open (Awb 4:93), and is the initiator's again for the rest. Raises ``DomainError``
    ``fund_money_short`` when that was given to others meanwhile, ``ValueError`` for more than was
    laid down.
    """
    rows = hold(session, application_id)
    if not 0 < cents <= interest_laid_down(session, application_id):
        raise ValueError(f"writing off {cents} cents of interest")
    open_cents = min(cents, open_interest(session, application_id))
    to_sum = min(cents - open_cents, max(0, balance(session, clawback_receivable(application_id))))
    back_cents = cents - open_cents - to_sum
    fund = _fund_account(rows)
    if rows.match.prepaid and back_cents and guarded_balance(session, fund) < back_cents:
        raise DomainError("fund_money_short", left_cents=guarded_balance(session, fund))
    source = fund_reserved(application_id) if rows.match.prepaid else fund
    key = interest_written_off_key(application_id, _times(session, application_id))
    post(
        session,
        kind=BookingKind.INTEREST_WRITTEN_OFF,
        key=key,
        entries=[
            debit(interest_pending(application_id), open_cents),
            credit(interest_receivable(application_id), open_cents),
            debit(source, to_sum),
            credit(clawback_receivable(application_id), to_sum),
            debit(fund, back_cents),
            credit(payable(rows.campaign.id), back_cents),
        ],
        campaign_id=rows.campaign.id,
    )
    if back_cents:
        note_return(session, rows, key=key, cents=back_cents, excess_cents=back_cents)
    _record(session, rows, Action.MATCH_INTEREST_WRITTEN_OFF, -cents, actor)


def received_entries(rows: MatchRows, cents: int) -> list[Entry]:
    """Entries by which so much interest came in, beside that on the bank account (eurocents)."""
    application_id = rows.match.application_id
    return [
        credit(interest_receivable(application_id), cents),
        debit(interest_pending(application_id), cents),
        credit(_fund_account(rows), cents),
    ]


def reversal_entries(rows: MatchRows, cents: int) -> list[Entry]:
    """The same the other way round, for a payment that was noted by mistake."""
    return [Entry(entry.account, -entry.cents) for entry in received_entries(rows, cents)]


def _written_off(session: Session, application_id: UUID) -> int:
    """What was written off so far (eurocents): what was open, and what was paid already."""
    statement = (
        select(func.coalesce(-func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(_of(application_id), LedgerEntry.amount_cents < 0)
    )
    return int(session.execute(statement).scalar_one())


def _times(session: Session, application_id: UUID) -> int:
    statement = select(func.count()).select_from(LedgerTransaction).where(_of(application_id))
    return int(session.execute(statement).scalar_one())


def _of(application_id: UUID) -> ColumnElement[bool]:
    """Whether a transaction wrote interest of this application off."""
    return and_(
        LedgerTransaction.kind == BookingKind.INTEREST_WRITTEN_OFF,
        LedgerTransaction.key.startswith(f"interest:{application_id}:"),
    )


def _record(session: Session, rows: MatchRows, action: Action, cents: int, actor: Actor) -> None:
    audit.record(
        session, actor=actor, action=action, subject=match_subject(rows), detail={"cents": cents}
    )


def _fund_account(rows: MatchRows) -> AccountName:
    """Where interest goes that comes in, as the sum does."""
    fund_id = rows.match.fund_id
    return fund_free(fund_id) if rows.match.prepaid else municipal_receivable(fund_id)
