"""Reading cash: for who collects, for who gave, and for staff."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.models import LedgerAccount, LedgerBalance
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.tins.models import (
    CashArrival,
    CashDeposit,
    CashGift,
    CashHelper,
    CashReturn,
    CashReversal,
)
from voorjebuurt.pledges.tins.rows import returnable_cents
from voorjebuurt.pledges.tins.rules import (
    MOST_GIFTS,
    RUNNING,
    UNCERTAIN,
    ArrivalState,
    CashState,
    ReturnState,
    ReversalState,
)

_Enterer, _Confirmer = aliased(Person), aliased(Person)


class CashRow(NamedTuple):
    """Cash as who collects sees it (eurocents)."""

    id: UUID
    token: str
    giver: str
    name: str
    amount_cents: int
    got_on: date
    state: str
    number: int | None
    entered_by: UUID
    enterer: str
    confirmer: str | None
    note: str
    back_asked_at: datetime | None


class TinSums(NamedTuple):
    """How much cash is where (eurocents)."""

    entry_cents: int
    tin_cents: int
    way_cents: int
    bank_cents: int
    back_cents: int

    @property
    def uncertain_cents(self) -> int:
        """What is collected and does not count yet."""
        return self.entry_cents + self.tin_cents + self.way_cents


class DepositRow(NamedTuple):
    """A deposit (eurocents), with what two people saw of it at the bank."""

    id: UUID
    campaign_id: UUID
    reference: str
    amount_cents: int
    state: str
    made_at: datetime
    arrived_cents: int


class HelperRow(NamedTuple):
    """Somebody who collects, or a link that nobody opened yet (``name`` is None)."""

    id: UUID
    name: str | None
    ends_at: datetime
    helps_until: datetime | None


class CashPage(NamedTuple):
    """Cash as who gave it sees it (eurocents), without a name."""

    title: str
    slug: str
    amount_cents: int
    got_on: date
    state: str
    number: int | None
    back_asked_at: datetime | None
    can_be_asked_back: bool


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


def cash_of(session: Session, campaign_id: UUID) -> Sequence[CashRow]:
    """The cash of a campaign, the latest first, without what was crossed out."""
    statement = _cash().where(
        CashGift.campaign_id == campaign_id, CashGift.state != CashState.VOID.value
    )
    latest = statement.order_by(CashGift.entered_at.desc(), CashGift.id.desc()).limit(MOST_GIFTS)
    return [CashRow._make(row) for row in session.execute(latest)]


def one_cash(session: Session, campaign_id: UUID, gift_id: UUID) -> CashRow | None:
    """One of them."""
    statement = _cash().where(CashGift.campaign_id == campaign_id, CashGift.id == gift_id)
    row = session.execute(statement).one_or_none()
    return CashRow._make(row) if row else None


def _cash() -> Select[*tuple[Any, ...]]:
    return (
        select(
            CashGift.id,
            CashGift.token,
            CashGift.giver,
            CashGift.name,
            CashGift.amount_cents,
            CashGift.got_on,
            CashGift.state,
            CashGift.number,
            CashGift.entered_by,
            _Enterer.name,
            _Confirmer.name,
            CashGift.note,
            CashGift.back_asked_at,
        )
        .join(_Enterer, _Enterer.id == CashGift.entered_by)
        .outerjoin(_Confirmer, _Confirmer.id == CashGift.confirmed_by)
    )


def tin_sums(session: Session, campaign_id: UUID) -> TinSums:
    """How much of a campaign's cash is where."""
    statement = select(CashGift.state, func.sum(CashGift.amount_cents)).where(
        CashGift.campaign_id == campaign_id
    )
    sums: Mapping[str, int] = {
        state: int(cents) for state, cents in session.execute(statement.group_by(CashGift.state))
    }
    places = (CashState.ENTRY, CashState.TIN, CashState.WAY, CashState.BANK, CashState.BACK)
    return TinSums(*(sums.get(place.value, 0) for place in places))


def tin_shown(session: Session, campaign_id: UUID, status: str) -> int:
    """What everybody may know of a tin (eurocents): confirmed by two, and not at the bank yet.

    Only as long as it can still count; without what its giver asked back.
    """
    if status not in RUNNING:
        return 0
    places = (CashState.TIN.value, CashState.WAY.value)
    statement = select(func.coalesce(func.sum(CashGift.amount_cents), 0)).where(
        CashGift.campaign_id == campaign_id,
        CashGift.state.in_(places),
        CashGift.back_asked_at.is_(None),
    )
    return int(session.scalar(statement) or 0)


def deposits_of(session: Session, campaign_id: UUID) -> Sequence[DepositRow]:
    """The deposits of a campaign, the latest first."""
    statement = _deposits().where(CashDeposit.campaign_id == campaign_id)
    rows = session.execute(statement.order_by(CashDeposit.seq.desc()).limit(MOST_GIFTS))
    return [DepositRow._make(row) for row in rows]


def one_deposit(session: Session, campaign_id: UUID, deposit_id: UUID) -> DepositRow | None:
    """One of them."""
    statement = _deposits().where(
        CashDeposit.campaign_id == campaign_id, CashDeposit.id == deposit_id
    )
    row = session.execute(statement).one_or_none()
    return DepositRow._make(row) if row else None


def _deposits() -> Select[*tuple[Any, ...]]:
    arrivals = (
        select(func.coalesce(func.sum(CashArrival.amount_cents), 0))
        .where(
            CashArrival.deposit_id == CashDeposit.id,
            CashArrival.state == ArrivalState.BANK.value,
        )
        .scalar_subquery()
    )
    return select(
        CashDeposit.id,
        CashDeposit.campaign_id,
        CashDeposit.reference,
        CashDeposit.amount_cents,
        CashDeposit.state,
        CashDeposit.made_at,
        arrivals,
    )


def helpers_of(session: Session, campaign_id: UUID) -> Sequence[HelperRow]:
    """Who collects beside who runs the campaign, and links that still work."""
    statement = (
        select(CashHelper.id, Person.name, CashHelper.ends_at, CashHelper.helps_until)
        .outerjoin(Person, Person.id == CashHelper.person_id)
        .where(
            CashHelper.campaign_id == campaign_id,
            CashHelper.ended_at.is_(None),
            or_(CashHelper.person_id.is_not(None), CashHelper.ends_at > clock.now()),
            or_(CashHelper.helps_until.is_(None), CashHelper.helps_until > clock.now()),
        )
        .order_by(CashHelper.asked_at, CashHelper.id)
    )
    return [HelperRow._make(row) for row in session.execute(statement)]


def cash_page(session: Session, token: str) -> CashPage | None:
    """Cash behind the link on its receipt."""
    statement = (
        select(
            Campaign.title,
            Campaign.slug,
            CashGift.amount_cents,
            CashGift.got_on,
            CashGift.state,
            CashGift.number,
            CashGift.back_asked_at,
            and_(
                CashGift.state.in_(sorted(UNCERTAIN)),
                CashGift.back_asked_at.is_(None),
                Campaign.status == CampaignStatus.LIVE.value,
                Campaign.closes_at > clock.now(),
            ),
        )
        .join(Campaign, Campaign.id == CashGift.campaign_id)
        .where(CashGift.token == token)
    )
    row = session.execute(statement).one_or_none()
    return CashPage._make(row) if row else None


def arrivals_of(session: Session, campaign_id: UUID) -> Sequence[ArrivalRow]:
    """What staff entered of the bank statement, the latest first."""
    statement = (
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
        .order_by(CashArrival.entered_at.desc(), CashArrival.id.desc())
        .limit(MOST_GIFTS)
    )
    return [ArrivalRow._make(row) for row in session.execute(statement)]


def one_arrival(session: Session, campaign_id: UUID, arrival_id: UUID) -> ArrivalRow | None:
    """One of them."""
    rows = [row for row in arrivals_of(session, campaign_id) if row.id == arrival_id]
    return rows[0] if rows else None


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


def returnable(session: Session, campaign_id: UUID) -> int:
    """What came in cash and is to go back now (eurocents)."""
    return returnable_cents(session, session.get_one(Campaign, campaign_id))


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
