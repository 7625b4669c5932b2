"""Reading cash for staff: what came to the bank, what goes back, and what waits for a second."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.models import LedgerAccount, LedgerBalance
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.tins.models import (
    CashArrival,
    CashDeposit,
    CashReturn,
    CashReversal,
)
from voorjebuurt.pledges.tins.rules import (
    MOST_GIFTS,
    ArrivalState,
    ReturnState,
    ReversalState,
)

_Enterer = aliased(Person)


class ArrivalRow(NamedTuple):
    """A line of the bank statement about a deposit (eurocents)."""

    id: UUID
    reference: str
    line: str
    amount_cents: int
    received_on: date
    state: str
    entered_by: UUID
    enterer: str


class ReversalRow(NamedTuple):
    """Taking back a line of the bank (eurocents) that was booked wrongly."""

    id: UUID
    arrival_id: UUID
    line: str
    amount_cents: int
    reason: str
    state: str
    proposed_by: UUID
    proposer: str


class ReturnRow(NamedTuple):
    """A transfer back (eurocents)."""

    id: UUID
    amount_cents: int
    state: str
    proposed_by: UUID
    proposer: str
    sent_on: date | None


class TinRow(NamedTuple):
    """A campaign with cash, as staff list it; ``booked_cents`` is on the account of deposits."""

    campaign_id: UUID
    title: str
    booked_cents: int
    waiting: int


def arrivals_of(session: Session, campaign_id: UUID) -> Sequence[ArrivalRow]:
    """What staff entered of the bank statement, the latest first."""
    latest = _arrivals(campaign_id).order_by(CashArrival.entered_at.desc(), CashArrival.id.desc())
    return [ArrivalRow._make(row) for row in session.execute(latest.limit(MOST_GIFTS))]


def one_arrival(session: Session, campaign_id: UUID, arrival_id: UUID) -> ArrivalRow | None:
    """One of them, however many came after it."""
    statement = _arrivals(campaign_id).where(CashArrival.id == arrival_id)
    row = session.execute(statement).one_or_none()
    return ArrivalRow._make(row) if row else None


def _arrivals(campaign_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(
            CashArrival.id,
            CashDeposit.reference,
            CashArrival.line,
            CashArrival.amount_cents,
            CashArrival.received_on,
            CashArrival.state,
            CashArrival.entered_by,
            _Enterer.name,
        )
        .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
        .join(_Enterer, _Enterer.id == CashArrival.entered_by)
        .where(CashDeposit.campaign_id == campaign_id)
    )


def reversals_of(session: Session, campaign_id: UUID) -> Sequence[ReversalRow]:
    """Lines that were taken back, or of which somebody proposes it, the latest first."""
    statement = (
        select(
            CashReversal.id,
            CashReversal.arrival_id,
            CashArrival.line,
            CashReversal.amount_cents,
            CashReversal.reason,
            CashReversal.state,
            CashReversal.proposed_by,
            _Enterer.name,
        )
        .join(CashArrival, CashArrival.id == CashReversal.arrival_id)
        .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
        .join(_Enterer, _Enterer.id == CashReversal.proposed_by)
        .where(CashDeposit.campaign_id == campaign_id)
        .order_by(CashReversal.proposed_at.desc(), CashReversal.id.desc())
        .limit(MOST_GIFTS)
    )
    return [ReversalRow._make(row) for row in session.execute(statement)]


def returns_of(session: Session, campaign_id: UUID) -> Sequence[ReturnRow]:
    """What was transferred back, or is proposed to be, the latest first."""
    statement = (
        select(
            CashReturn.id,
            CashReturn.amount_cents,
            CashReturn.state,
            CashReturn.proposed_by,
            _Enterer.name,
            CashReturn.sent_on,
        )
        .join(_Enterer, _Enterer.id == CashReturn.proposed_by)
        .where(CashReturn.campaign_id == campaign_id)
        .order_by(CashReturn.proposed_at.desc(), CashReturn.id.desc())
        .limit(MOST_GIFTS)
    )
    return [ReturnRow._make(row) for row in session.execute(statement)]


def tins(session: Session) -> Sequence[TinRow]:
    """Campaigns with deposits: those for which something waits first, then by what is booked."""
    waiting = (
        select(func.count(CashArrival.id))
        .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
        .where(
            CashDeposit.campaign_id == Campaign.id,
            CashArrival.state == ArrivalState.ENTRY.value,
        )
        .scalar_subquery()
    )
    reversals = (
        select(func.count(CashReversal.id))
        .join(CashArrival, CashArrival.id == CashReversal.arrival_id)
        .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
        .where(
            CashDeposit.campaign_id == Campaign.id,
            CashReversal.state == ReversalState.PROPOSAL.value,
        )
        .scalar_subquery()
    )
    returns = (
        select(func.count(CashReturn.id))
        .where(
            CashReturn.campaign_id == Campaign.id,
            CashReturn.state == ReturnState.PROPOSAL.value,
        )
        .scalar_subquery()
    )
    balance = (
        select(func.coalesce(func.sum(LedgerBalance.balance_cents), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerBalance.account_id)
        .where(LedgerAccount.base == "cash_received", LedgerAccount.owner_id == Campaign.id)
        .scalar_subquery()
    )
    to_look_at = waiting + reversals + returns
    statement = (
        select(Campaign.id, Campaign.title, balance.label("balance"), to_look_at.label("waiting"))
        .where(Campaign.id.in_(select(CashDeposit.campaign_id)))
        .order_by(to_look_at.desc(), balance.desc(), Campaign.title, Campaign.id)
        .limit(MOST_GIFTS)
    )
    rows: Sequence[Row[tuple[UUID, str, int, int]]] = session.execute(statement).all()
    return [TinRow._make(row) for row in rows]


class WaitingCash(NamedTuple):
    """Money of deposits (eurocents) that a second member of staff looks at."""

    fact: str
    campaign_id: UUID
    title: str
    since: datetime
    first_by: UUID
    amount_cents: int


def waiting_cash(session: Session, *, limit: int) -> Sequence[WaitingCash]:
    """Lines of the bank statement to book, and what is to go back or is taken back: the oldest
    first.
    """
    lines = (
        select(
            CashArrival.id,
            Campaign.id,
            Campaign.title,
            CashArrival.entered_at,
            CashArrival.entered_by,
            CashArrival.amount_cents,
        )
        .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
        .join(Campaign, Campaign.id == CashDeposit.campaign_id)
        .where(CashArrival.state == ArrivalState.ENTRY.value)
        .order_by(CashArrival.entered_at, CashArrival.id)
        .limit(limit)
    )
    returns = (
        select(
            CashReturn.id,
            Campaign.id,
            Campaign.title,
            CashReturn.proposed_at,
            CashReturn.proposed_by,
            CashReturn.amount_cents,
        )
        .join(Campaign, Campaign.id == CashReturn.campaign_id)
        .where(CashReturn.state == ReturnState.PROPOSAL.value)
        .order_by(CashReturn.proposed_at, CashReturn.id)
        .limit(limit)
    )
    reversals = (
        select(
            CashReversal.id,
            Campaign.id,
            Campaign.title,
            CashReversal.proposed_at,
            CashReversal.proposed_by,
            CashReversal.amount_cents,
        )
        .join(CashArrival, CashArrival.id == CashReversal.arrival_id)
        .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
        .join(Campaign, Campaign.id == CashDeposit.campaign_id)
        .where(CashReversal.state == ReversalState.PROPOSAL.value)
        .order_by(CashReversal.proposed_at, CashReversal.id)
        .limit(limit)
    )
    rows = [
        WaitingCash(f"cash_{kind}:{row[0]}", *row[1:])
        for kind, statement in (("arrival", lines), ("return", returns), ("reversal", reversals))
        for row in session.execute(statement)
    ]
    return sorted(rows, key=lambda each: each.since)[:limit]
