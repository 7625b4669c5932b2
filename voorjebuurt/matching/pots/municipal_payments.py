"""Money that municipalities pay: beforehand into a fund, or afterwards what it committed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.ledger.keys import municipal_payment_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance, posting_by_key
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
from voorjebuurt.matching.models import Fund, PotMove
from voorjebuurt.matching.pots.rows import (
    MatchRows,
    checked_reference,
    hold,
    locked_pot,
    match_subject,
)
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MATCH_TRANSITIONS, MatchStatus


def receive_prepayment(
    session: Session, *, fund_id: UUID, cents: int, reference: str, actor: Actor
) -> None:
    """Book money that a municipality paid into a fund beforehand.

    Raises ``DomainError`` at the field: no amount or reference, a reference that was booked
    before, or a fund that is paid in arrears.
    """
    fund = _fund(session, fund_id, prepaid=True)
    _book(
        session,
        fund,
        cents=cents,
        reference=reference,
        kind=BookingKind.FUND_PREPAID,
        into=fund_free(fund.id),
        actor=actor,
    )


def receive_arrears(
    session: Session, *, fund_id: UUID, cents: int, reference: str, actor: Actor
) -> None:
    """Book that a municipality paid what its fund committed; the oldest matches are paid first.

    A match is received when all of it is there. Raises ``DomainError`` at the field as
    ``receive_prepayment`` does, and for more than the municipality owes.
    """
    fund = _fund(session, fund_id, prepaid=False)
    waiting = _locked_committed_matches(session, fund_id)
    receivable = municipal_receivable(fund_id)
    locked_pot(session, fund_id)
    due = balance(session, receivable)
    if cents > due:
        raise DomainError("receipt_too_high", field="amount", maximum_cents=max(0, due))
    _book(
        session,
        fund,
        cents=cents,
        reference=reference,
        kind=BookingKind.ARREARS_RECEIVED,
        into=receivable,
        actor=actor,
    )
    _receive(session, waiting, fund_id, actor)


def settle_arrears(session: Session, *, fund_id: UUID, actor: Actor) -> int:
    """Find matches whose money is here without a new receipt; returns how many.

    After money went back to a municipality that had paid, its next match costs it less or nothing;
    and what an initiator still has to pay back is not here before it comes in.
    """
    waiting = _locked_committed_matches(session, fund_id)
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


def _fund(session: Session, fund_id: UUID, *, prepaid: bool) -> Fund:
    fund = session.get(Fund, fund_id)
    if fund is None:
        raise NotFoundError("fund_not_found")
    if fund.prepaid is not prepaid:
        raise DomainError("fund_pays_otherwise")
    return fund


def _locked_committed_matches(session: Session, fund_id: UUID) -> list[MatchRows]:
    """Lock the matches that wait for the municipality's money; the oldest first."""
    ids = session.execute(
        select(CampaignMatch.application_id, CampaignMatch.campaign_id)
        .where(CampaignMatch.fund_id == fund_id, CampaignMatch.status == MatchStatus.COMMITTED)
        .order_by(CampaignMatch.committed_at, CampaignMatch.application_id)
    ).all()
    # All campaigns before any pot, in one order for everybody.
    for campaign_id in sorted({row.campaign_id for row in ids}):
        locked_campaign(session, campaign_id)
    matches = [hold(session, row.application_id) for row in ids]
    return [rows for rows in matches if rows.match.status == MatchStatus.COMMITTED]


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
    fund: Fund,
    *,
    cents: int,
    reference: str,
    kind: BookingKind,
    into: AccountName,
    actor: Actor,
) -> None:
    reference = checked_reference(cents, reference)
    key = municipal_payment_key(fund.id, reference)
    if posting_by_key(session, key) is not None:
        raise DomainError("receipt_known", field="reference")
    post(session, kind=kind, key=key, entries=[debit(BANK, cents), credit(into, cents)])
    audit.record(
        session,
        actor=actor,
        action=Action.FUND_MONEY_RECEIVED,
        subject=Subject(SubjectKind.FUND, fund.id, fund.municipality_id),
        detail={"kind": kind.value, "cents": cents, "reference": reference},
    )
