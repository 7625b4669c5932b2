"""Money that municipalities pay: beforehand into a fund, or afterwards what it committed."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.keys import deposit_key, deposit_reversed_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerBalance, LedgerEntry, LedgerTransaction
from voorjebuurt.ledger.queries import balance, guarded_balance
from voorjebuurt.ledger.rules import (
    BANK,
    AccountName,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.models import FundDeposit, PotMove
from voorjebuurt.matching.pots.owed_interest import (
    await_owed_interest,
    pending_of_fund,
    ready_of_fund,
    receive_owed_interest,
)
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
    """Take such a booking back: interest, and then the newest matches, wait for the municipality's
    money again.
    """
    matches = _locked_matches(session, deposit.fund_id, OWED_MATCH)
    locked_pot(session, deposit.fund_id)
    receivable = municipal_receivable(deposit.fund_id)
    _undo(session, deposit, BookingKind.ARREARS_REVERSED, out_of=receivable, actor=actor)
    _await_interest(session, deposit, matches)
    later = sum(cents for _, cents in pending_of_fund(session, deposit.fund_id))
    still_due = _not_here(session, deposit.fund_id) - later
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
            _tell_if_paid_out(session, rows, deposit)


def _await_interest(session: Session, deposit: FundDeposit, matches: Sequence[MatchRows]) -> None:
    """Interest that was not paid out gives way first: it was paid after the matches."""
    waiting_cents = sum(
        rows.match.match_cents for rows in matches if rows.match.status == MatchStatus.COMMITTED
    )
    pending = sum(cents for _, cents in pending_of_fund(session, deposit.fund_id))
    short_cents = _not_here(session, deposit.fund_id) - waiting_cents - pending
    for application_id, cents in ready_of_fund(session, deposit.fund_id):
        if short_cents <= 0:
            return
        short_cents -= await_owed_interest(
            session,
            application_id=application_id,
            deposit_id=deposit.id,
            cents=min(cents, short_cents),
        )


def _tell_if_paid_out(session: Session, rows: MatchRows, deposit: FundDeposit) -> None:
    """Whose money is not here after all was paid already: somebody must get it in.

    What is left of a payout that is not in a bank file waits by itself.
    """
    if balance(session, payable(rows.campaign.id)) >= rows.match.match_cents:
        return
    audit.raise_alert(
        session,
        key=f"match_not_covered:{deposit.id}:{rows.match.application_id}",
        kind=AlertKind.MATCH_NOT_COVERED,
        detail={
            "reference": deposit.reference,
            "fund": rows.match.fund_name,
            "campaign_id": str(rows.campaign.id),
            "amount_cents": deposit.cents,
            "match_cents": rows.match.match_cents,
        },
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
    if not waiting and not pending_of_fund(session, fund_id):
        return 0
    locked_pot(session, fund_id)
    return _receive(session, waiting, fund_id, actor)


def funds_in_arrears(session: Session) -> Sequence[UUID]:
    """Funds with matches, or interest, that wait for a municipality's money."""
    has_interest = (
        select(LedgerBalance.account_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerBalance.account_id)
        .where(
            LedgerAccount.base == "owed_interest_pending",
            LedgerAccount.owner_id == CampaignMatch.application_id,
            LedgerBalance.balance_cents > 0,
        )
        .exists()
    )
    statement = select(CampaignMatch.fund_id).where(
        or_(CampaignMatch.status == MatchStatus.COMMITTED, has_interest), ~CampaignMatch.prepaid
    )
    return session.scalars(statement.distinct()).all()


def _receive(session: Session, waiting: Sequence[MatchRows], fund_id: UUID, actor: Actor) -> int:
    # Interest that the municipality owes is paid after the matches, and counts as due until then.
    still_due, interest = _not_here(session, fund_id), pending_of_fund(session, fund_id)
    later = sum(cents for _, cents in interest)
    paid_matches = _fully_paid_matches(waiting, still_due=still_due - later)
    open_cents = later + sum(rows.match.match_cents for rows in waiting if rows not in paid_matches)
    for application_id, cents in interest:
        open_cents -= cents
        if len(paid_matches) == len(waiting) and open_cents >= still_due:
            receive_owed_interest(session, application_id=application_id, cents=cents)
    for rows in paid_matches:
        after = MATCH_TRANSITIONS.after(MatchStatus(rows.match.status), "receive")
        rows.match.status = after.value
        audit.record(
            session, actor=actor, action=Action.MATCH_RECEIVED, subject=match_subject(rows)
        )
    return len(paid_matches)


def overpaid_cents(session: Session, fund_id: UUID) -> int:
    """What a municipality paid for match that fell away since (eurocents): it is theirs again.

    The next match of the fund uses it, unless it goes back to them first. What an initiator still
    has to pay back is not here.
    """
    return max(0, -_not_here(session, fund_id))


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
    interest = (*pending_of_fund(session, fund_id), *ready_of_fund(session, fund_id))
    pending = [application_id for application_id, _ in interest]
    with_interest = session.scalars(
        select(CampaignMatch.campaign_id).where(CampaignMatch.application_id.in_(pending))
    )
    for campaign_id in sorted({row.campaign_id for row in ids} | set(with_interest)):
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
