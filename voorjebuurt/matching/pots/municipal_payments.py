"""Money that municipalities pay: beforehand into a fund, or afterwards what it committed."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.keys import deposit_key, deposit_reversed_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from voorjebuurt.ledger.queries import balance, guarded_balance
from voorjebuurt.ledger.rules import (
    BANK,
    AccountName,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    municipal_receivable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.models import FundDeposit, PotMove
from voorjebuurt.matching.pots.rows import MatchRows, hold, locked_pot, match_subject
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MATCH_TRANSITIONS, OWED_MATCH, MatchStatus

PREPAID_KINDS = (BookingKind.FUND_PREPAID, BookingKind.FUND_PREPAID_REVERSED)
ARREARS_KINDS = (BookingKind.ARREARS_RECEIVED, BookingKind.ARREARS_REVERSED)


def book_prepayment(session: Session, *, deposit: FundDeposit, actor: Actor) -> None:
    """Book money that a municipality paid into a fund beforehand."""
    locked_pot(session, deposit.fund_id)
    _book(session, deposit, BookingKind.FUND_PREPAID, into=fund_free(deposit.fund_id), actor=actor)


def undo_prepayment(session: Session, *, deposit: FundDeposit, actor: Actor) -> None:
    """Take such a booking back. Raises ``DomainError`` ``deposit_spoken_for`` when campaigns have
    a claim on the money already.
    """
    locked_pot(session, deposit.fund_id)
    free_cents = guarded_balance(session, fund_free(deposit.fund_id))
    if free_cents < deposit.cents:
        raise DomainError("deposit_spoken_for", left_cents=free_cents)
    _undo(
        session,
        deposit,
        BookingKind.FUND_PREPAID_REVERSED,
        out_of=fund_free(deposit.fund_id),
        actor=actor,
    )


def book_arrears(session: Session, *, deposit: FundDeposit, actor: Actor) -> None:
    """Book that a municipality paid what its fund committed; the oldest matches are paid first.

    A match is received when all of it is there. Raises ``DomainError`` for more than is due.
    """
    waiting = _locked_matches(session, deposit.fund_id, {MatchStatus.COMMITTED})
    receivable = municipal_receivable(deposit.fund_id)
    locked_pot(session, deposit.fund_id)
    due = balance(session, receivable)
    if deposit.cents > due:
        raise DomainError("receipt_too_high", field="amount", maximum_cents=max(0, due))
    _book(session, deposit, BookingKind.ARREARS_RECEIVED, into=receivable, actor=actor)
    _receive(session, waiting, deposit.fund_id, actor)


def undo_arrears(session: Session, *, deposit: FundDeposit, actor: Actor) -> None:
    """Take such a booking back: the newest matches wait for the municipality's money again."""
    matches = _locked_matches(session, deposit.fund_id, OWED_MATCH)
    locked_pot(session, deposit.fund_id)
    receivable = municipal_receivable(deposit.fund_id)
    _undo(session, deposit, BookingKind.ARREARS_REVERSED, out_of=receivable, actor=actor)
    still_due = _not_here(session, deposit.fund_id)
    paid_ids = {
        rows.match.application_id for rows in _fully_paid_matches(matches, still_due=still_due)
    }
    for rows in matches:
        if rows.match.status == MatchStatus.RECEIVED and rows.match.application_id not in paid_ids:
            rows.match.status = MATCH_TRANSITIONS.after(MatchStatus.RECEIVED, "raise").value
            audit.record(
                session,
                actor=actor,
                action=Action.MATCH_COMMITTED,
                subject=match_subject(rows),
                detail={"deposit_reversed": deposit.reference},
            )


def prepaid_cents(session: Session, fund_id: UUID) -> int:
    """What a municipality paid into a fund beforehand, mistakes taken back (eurocents)."""
    statement = (
        select(func.coalesce(func.sum(-LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerTransaction.kind.in_(PREPAID_KINDS),
            LedgerAccount.code == fund_free(fund_id).code,
        )
    )
    return int(session.scalar(statement) or 0)


def settle_arrears(session: Session, *, fund_id: UUID, actor: Actor) -> int:
    """Find matches whose money is here without a new deposit; returns how many.

    After money went back to a municipality that had paid, its next match costs it less or nothing;
    and what an initiator still has to pay back is not here before it comes in.
    """
    waiting = _locked_matches(session, fund_id, {MatchStatus.COMMITTED})
    if not waiting:
        return 0
    locked_pot(session, fund_id)
    return _receive(session, waiting, fund_id, actor)


def funds_in_arrears(session: Session) -> Sequence[UUID]:
    """Funds with matches that wait for a municipality's money."""
    statement = select(CampaignMatch.fund_id).where(
        CampaignMatch.status == MatchStatus.COMMITTED, ~CampaignMatch.prepaid
    )
    return session.scalars(statement.distinct()).all()


def _receive(session: Session, waiting: Sequence[MatchRows], fund_id: UUID, actor: Actor) -> int:
    paid_matches = _fully_paid_matches(waiting, still_due=_not_here(session, fund_id))
    for rows in paid_matches:
        after = MATCH_TRANSITIONS.after(MatchStatus(rows.match.status), "receive")
        rows.match.status = after.value
        audit.record(
            session, actor=actor, action=Action.MATCH_RECEIVED, subject=match_subject(rows)
        )
    return len(paid_matches)


def _not_here(session: Session, fund_id: UUID) -> int:
    """What is not here of all that was committed (eurocents): due from the municipality, and
    claimed back from initiators. The latter lowers what is due before it is here itself, and
    nobody else's money may stand in for it.
    """
    claims = (
        select(PotMove.application_id)
        .where(PotMove.fund_id == fund_id, PotMove.kind == "claw_back")
        .distinct()
    )
    outstanding = (
        balance(session, clawback_receivable(application_id))
        for application_id in session.scalars(claims)
    )
    return balance(session, municipal_receivable(fund_id)) + sum(outstanding)


def _locked_matches(
    session: Session, fund_id: UUID, statuses: Collection[MatchStatus]
) -> list[MatchRows]:
    """Lock the matches of these states, by when they were committed, the oldest first."""
    ids = session.execute(
        select(CampaignMatch.application_id, CampaignMatch.campaign_id)
        .where(CampaignMatch.fund_id == fund_id, CampaignMatch.status.in_(sorted(statuses)))
        .order_by(CampaignMatch.committed_at, CampaignMatch.application_id)
    ).all()
    # All campaigns before any pot, in one order for everybody.
    for campaign_id in sorted({row.campaign_id for row in ids}):
        locked_campaign(session, campaign_id)
    matches = [hold(session, row.application_id) for row in ids]
    return [rows for rows in matches if rows.match.status in statuses]


def _fully_paid_matches(waiting: Sequence[MatchRows], *, still_due: int) -> list[MatchRows]:
    """The matches that are paid in full when ``still_due`` cents of all are outstanding."""
    open_cents = sum(rows.match.match_cents for rows in waiting)
    paid_matches = []
    for rows in waiting:
        open_cents -= rows.match.match_cents
        if open_cents < still_due:
            break
        paid_matches.append(rows)
    return paid_matches


def _book(
    session: Session,
    deposit: FundDeposit,
    kind: BookingKind,
    *,
    into: AccountName,
    actor: Actor,
) -> None:
    entries = [debit(BANK, deposit.cents), credit(into, deposit.cents)]
    post(session, kind=kind, key=deposit_key(deposit.id), entries=entries)
    _record(session, deposit, Action.FUND_MONEY_RECEIVED, kind, actor)


def _undo(
    session: Session,
    deposit: FundDeposit,
    kind: BookingKind,
    *,
    out_of: AccountName,
    actor: Actor,
) -> None:
    entries = [debit(out_of, deposit.cents), credit(BANK, deposit.cents)]
    post(session, kind=kind, key=deposit_reversed_key(deposit.id), entries=entries)
    _record(session, deposit, Action.FUND_MONEY_REVERSED, kind, actor)


def _record(
    session: Session, deposit: FundDeposit, action: Action, kind: BookingKind, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(SubjectKind.FUND, deposit.fund_id, deposit.municipality_id),
        detail={"kind": kind.value, "cents": deposit.cents, "reference": deposit.reference},
    )
