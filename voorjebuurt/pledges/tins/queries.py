"""Reading cash: for who collects, and for who gave. What staff read: ``staff_queries``."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.tins.models import (
    CashArrival,
    CashDeposit,
    CashGift,
    CashHelper,
)
from voorjebuurt.pledges.tins.rows import returnable_cents
from voorjebuurt.pledges.tins.rules import (
    MOST_GIFTS,
    RUNNING,
    UNCERTAIN,
    ArrivalState,
    CashState,
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


def returnable(session: Session, campaign_id: UUID) -> int:
    """What came in cash and is to go back now (eurocents)."""
    return returnable_cents(session, session.get_one(Campaign, campaign_id))
