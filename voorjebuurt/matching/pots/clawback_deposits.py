"""What initiators pay back of match money, booked and taken back."""

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.ledger.keys import deposit_key, deposit_reversed_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance, guarded_balance
from voorjebuurt.ledger.rules import (
    BANK,
    AccountName,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    fund_reserved,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.models import FundDeposit
from voorjebuurt.matching.pots.rows import MatchRows, hold, match_subject


def book_clawback_deposit(session: Session, *, deposit: FundDeposit, actor: Actor) -> None:
    """Book that an initiator paid back (part of) what was claimed.

    Raises ``DomainError`` ``receipt_too_high`` for more than is claimed.
    """
    rows, receivable = _claimed_match(session, deposit)
    open_cents = balance(session, receivable)
    cents = deposit.cents
    if cents > open_cents:
        raise DomainError("receipt_too_high", field="amount", maximum_cents=max(0, open_cents))
    entries = [debit(BANK, cents), credit(receivable, cents)]
    if rows.match.prepaid:
        entries += [
            debit(fund_reserved(rows.match.application_id), cents),
            credit(fund_free(rows.match.fund_id), cents),
        ]
    post(
        session,
        kind=BookingKind.CLAWBACK_RECEIVED,
        key=deposit_key(deposit.id),
        entries=entries,
        campaign_id=rows.campaign.id,
    )
    _tell(session, rows, deposit, Action.MATCH_CLAWBACK_RECEIVED, actor)
    jobs.defer(
        session,
        "decisions.mail_clawback_payment",
        application_id=str(rows.match.application_id),
        cents=cents,
        open_cents=open_cents - cents,
        deposit_id=str(deposit.id),
    )


def undo_clawback_deposit(session: Session, *, deposit: FundDeposit, actor: Actor) -> None:
    """Take such a booking back: the initiator owes it again, and is told.

    Raises ``DomainError`` ``deposit_spoken_for`` when a prepaid fund has promised it to others.
    """
    rows, receivable = _claimed_match(session, deposit)
    cents = deposit.cents
    entries = [debit(receivable, cents), credit(BANK, cents)]
    if rows.match.prepaid:
        free_cents = guarded_balance(session, fund_free(rows.match.fund_id))
        if free_cents < cents:
            raise DomainError("deposit_spoken_for", left_cents=free_cents)
        entries += [
            debit(fund_free(rows.match.fund_id), cents),
            credit(fund_reserved(rows.match.application_id), cents),
        ]
    post(
        session,
        kind=BookingKind.CLAWBACK_REVERSED,
        key=deposit_reversed_key(deposit.id),
        entries=entries,
        campaign_id=rows.campaign.id,
    )
    _tell(session, rows, deposit, Action.MATCH_CLAWBACK_REVERSED, actor)
    jobs.defer(
        session,
        "decisions.mail_clawback_reversal",
        application_id=str(rows.match.application_id),
        cents=cents,
        open_cents=balance(session, receivable),
        deposit_id=str(deposit.id),
    )


def _claimed_match(session: Session, deposit: FundDeposit) -> tuple[MatchRows, AccountName]:
    if deposit.application_id is None:
        raise InvariantError(f"deposit {deposit.id} is of no application")
    return hold(session, deposit.application_id), clawback_receivable(deposit.application_id)


def _tell(
    session: Session, rows: MatchRows, deposit: FundDeposit, action: Action, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=match_subject(rows),
        detail={"cents": deposit.cents, "reference": deposit.reference},
    )
